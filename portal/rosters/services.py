"""Services about people and who belongs to whom: auditors, classlists, user attributes, users."""

from typing import Any, TypeVar

from portal.brightspace import Block, Id, Origin, Page, Query, Read, Service, get

T = TypeVar("T")
# Short, because somebody who is unknown now may be added a minute later.
LOOKUP_FRESH_SECONDS = 60
# Long, because somebody's manager changes rarely and reading it costs a call for each member.
ATTRIBUTES_FRESH_SECONDS = 3600
# Short, because a page of all users is read once.
PAGE_FRESH_SECONDS = 10


class Auditee(Block, frozen=True, kw_only=True):
    """Somebody whom an auditor may look at."""

    auditee_id: Id
    display_name: str | None = None


class Member(Block, frozen=True, kw_only=True):
    """Somebody in an org unit's classlist."""

    identifier: Id
    display_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    classlist_role_display_name: str | None = None

    @property
    def name(self) -> str:
        return self.display_name or " ".join(part for part in (self.first_name, self.last_name) if part)


class Activation(Block, frozen=True, kw_only=True):
    """Whether a user can sign in."""

    is_active: bool = True


class UserData(Block, frozen=True, kw_only=True):
    """A user, as far as the portal uses the block."""

    user_id: Id
    user_name: str | None = None
    org_defined_id: str | None = None
    display_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    activation: Activation | None = None

    @property
    def name(self) -> str:
        """The name that Brightspace shows; empty if it gives none."""
        parts = (self.first_name, self.last_name)
        return (self.display_name or " ".join(part for part in parts if part)).strip()

    @property
    def is_active(self) -> bool:
        """False for somebody who has left, as far as Brightspace says so."""
        return self.activation is None or self.activation.is_active


class AuditorService(Service):
    """Auditors and the people they audit: the only relation between two people that is documented."""

    product, source = "le", "https://docs.valence.desire2learn.com/res/auditing.html"
    origin = Origin.SUPPORTING

    @get("/auditing/auditors/(auditorId)/auditees/")
    def auditees(self, person_id: int) -> Read[list[Auditee]]:
        """The people whom a person audits. Raises NotPermitted, and NotFound for somebody who is no auditor."""
        return self.read(list[Auditee], auditorId=person_id)


class ClasslistService(Service):
    """The people of an org unit."""

    product, source = "le", "https://docs.valence.desire2learn.com/res/enroll.html"
    scope = "enrollment:orgunit:read"
    origin = Origin.SUPPORTING

    @get("/(orgUnitId)/classlist/")
    def members(self, org_unit_id: int) -> Read[list[Member]]:
        """Everybody in an org unit, with their role there. Raises NotPermitted, NotFound."""
        return self.read(list[Member], orgUnitId=org_unit_id)


class AttributeService(Service):
    """User attributes. Their JSON is not documented: see ``providers.attribute_shapes``."""

    product, source = "lp", "https://docs.valence.desire2learn.com/res/user.html"
    origin = Origin.SUPPORTING

    @get("/attributes/users/(userId)", scope="attributes:users:read")
    def attributes(self, person_id: int) -> Read[Any]:
        """A person's user attributes. Raises NotPermitted, NotFound."""
        return self.read(Any, fresh_seconds=ATTRIBUTES_FRESH_SECONDS, userId=person_id)

    @get("/attributes/schemas/", scope="attributes:schemas:read")
    def schemas(self) -> Read[Any]:
        """The attributes there are, with id and name. Raises NotPermitted."""
        return self.read(Any, fresh_seconds=ATTRIBUTES_FRESH_SECONDS)


class UserService(Service):
    """Users: one by one, or all of them."""

    product, source = "lp", "https://docs.valence.desire2learn.com/res/user.html"
    scope = "users:userdata:read"
    origin = Origin.SUPPORTING

    @get("/users/(userId)")
    def by_id(self, person_id: int) -> Read[UserData]:
        """One person by id. Raises NotPermitted, NotFound."""
        return self.read(UserData, fresh_seconds=LOOKUP_FRESH_SECONDS, userId=person_id)

    @get("/users/")
    def search(self, answer: type[T], query: Query = (), seconds: int = LOOKUP_FRESH_SECONDS) -> Read[T]:
        """All users in pages; with a query those it names. Raises NotPermitted. See the methods below."""
        return self.read(answer, query=query, fresh_seconds=seconds)

    def by_user_name(self, user_name: str) -> Read[UserData]:
        """One person by user name, in any case. Raises NotPermitted, NotFound."""
        return self.search(UserData, (("userName", user_name),))

    def by_org_defined_id(self, org_defined_id: str) -> Read[list[UserData]]:
        """The people with one OrgDefinedId, which need not be unique; empty if there are none. Raises NotPermitted."""
        return self.search(list[UserData], (("orgDefinedId", org_defined_id),))

    def page(self, cursor: str = "") -> Read[Page[UserData]]:
        """One page of all users; ``cursor`` is that of the page before. Raises NotPermitted."""
        return self.search(list[UserData], seconds=PAGE_FRESH_SECONDS).by_page(cursor)
