"""Who the signed-in person is, in Brightspace's words."""

from portal.brightspace import Block, Id, Read, Route, action
from portal.brightspace.gateway import Gateway
from portal.brightspace.http.client import Client
from portal.brightspace.tenant import site_versions


class WhoAmI(Block, frozen=True, kw_only=True):
    """The block of ``GET lp/users/whoami``."""

    identifier: Id
    first_name: str | None = None
    last_name: str | None = None
    unique_name: str | None = None


class OrgUnitType(Block, frozen=True, kw_only=True):
    id: Id


class OrgUnit(Block, frozen=True, kw_only=True):
    id: Id
    type: OrgUnitType
    name: str | None = None
    code: str | None = None


class Access(Block, frozen=True, kw_only=True):
    classlist_role_name: str | None = None
    is_active: bool = True


class MyOrgUnit(Block, frozen=True, kw_only=True):
    """One of the caller's own enrolments."""

    org_unit: OrgUnit
    access: Access


WHOAMI = Route("lp", "/users/whoami")
MY_ENROLMENTS = Route("lp", "/enrollments/myenrollments/")
ORGANISATION = 1  # the org unit type of the organisation itself


@action("GET", WHOAMI, "users:own_profile:read", supporting=True)
def who_am_i(client: Client) -> WhoAmI:
    """``GET lp/users/whoami``: whose token the client has. Scope ``users:own_profile:read``.

    Raises any BrightspaceError.
    """
    return client.get(WHOAMI.path(site_versions(client)), WhoAmI)


@action("GET", MY_ENROLMENTS, "enrollment:own_enrollment:read", supporting=True)
def organisation_roles(brightspace: Gateway) -> frozenset[str]:
    """``GET lp/enrollments/myenrollments/?orgUnitTypeId=1``: names of my roles at the organisation.

    Scope ``enrollment:own_enrollment:read``. Raises any BrightspaceError.
    """
    enrolments = brightspace.read(Read(MY_ENROLMENTS, list[MyOrgUnit], query=(("orgUnitTypeId", ORGANISATION),)))
    mine = [each for each in enrolments if each.org_unit.type.id == ORGANISATION and each.access.is_active]
    return frozenset(each.access.classlist_role_name or "" for each in mine)
