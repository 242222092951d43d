"""Service classes about the caller: who they are, and their enrolments in the organisation."""

from portal.brightspace import Block, Id, Origin, Read, Service, get

ORGANISATION = 1  # the org unit type of the organisation itself


class WhoAmI(Block, frozen=True, kw_only=True):
    """The block of ``GET lp/users/whoami``."""

    identifier: Id
    first_name: str | None = None
    last_name: str | None = None
    unique_name: str | None = None


class OrgUnitType(Block, frozen=True, kw_only=True):
    """The type of an org unit; ``ORGANISATION`` is the organisation itself."""

    id: Id


class OrgUnit(Block, frozen=True, kw_only=True):
    """An org unit that the caller is enrolled in."""

    id: Id
    type: OrgUnitType
    name: str | None = None
    code: str | None = None


class Access(Block, frozen=True, kw_only=True):
    """The caller's role in an org unit."""

    classlist_role_name: str | None = None
    is_active: bool = True


class MyOrgUnit(Block, frozen=True, kw_only=True):
    """One of the caller's own enrolments."""

    org_unit: OrgUnit
    access: Access


class WhoAmIService(Service):
    """The person whose token is used."""

    product, source = "lp", "https://docs.valence.desire2learn.com/res/user.html"
    scope = "users:own_profile:read"
    origin = Origin.SUPPORTING

    @get("/users/whoami")
    def who_am_i(self) -> Read[WhoAmI]:
        """The signed-in person's id and names."""
        return self.read(WhoAmI)


class MyEnrolmentService(Service):
    """The caller's own enrolments."""

    product, source = "lp", "https://docs.valence.desire2learn.com/res/enroll.html"
    scope = "enrollment:own_enrollment:read"
    origin = Origin.SUPPORTING

    @get("/enrollments/myenrollments/")
    def in_organisation(self) -> Read[list[MyOrgUnit]]:
        """The caller's enrolments in the organisation itself, with the role of each."""
        return self.read(list[MyOrgUnit], query=(("orgUnitTypeId", ORGANISATION),))
