"""The organisation itself."""

from __future__ import annotations

from tests.sandbox.answers import Answer
from tests.sandbox.routing import Call, action


@action("GET", "/d2l/api/lp/(version)/organization/info")
def organization_info(call: Call) -> Answer:
    """The organisation's id (a string here), name and time zone."""
    organisation = call.world.organisation
    return Answer(
        {
            "Identifier": str(organisation.org_unit_id),
            "Name": organisation.name,
            "TimeZone": call.world.time_zone,
        }
    )
