"""The organisation's id, name and time zone."""

from __future__ import annotations

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import Response
from tests.sandbox.api.routing import action


@action("GET", "/d2l/api/lp/(version)/organization/info")
def organization_info(call: Call) -> Response:
    """The organisation; its id is a string here."""
    organisation = call.world.organisation
    return Response(
        {
            "Identifier": str(organisation.org_unit_id),
            "Name": organisation.name,
            "TimeZone": call.world.time_zone,
        }
    )
