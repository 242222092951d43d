"""What the caller may do with awards."""

from awards.schemas import Configuration
from portal.brightspace import Read, Route, action

MINE = Route("bas", "/orgunits/(orgUnitId)/myConfiguration", since="1.2")


@action("GET", MINE)
def my_configuration(org_unit_id: int) -> Read[Configuration]:
    """``GET bas/orgunits/(orgUnitId)/myConfiguration``: rights and defaults.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound (no such org unit).
    """
    return Read(MINE, Configuration, ids=(("orgUnitId", org_unit_id),))
