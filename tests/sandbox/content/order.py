"""The order of a module or topic among its siblings."""

from __future__ import annotations

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.content.permissions import content_manager


@action(
    "POST",
    "/d2l/api/le/(version)/(orgUnitId)/content/order/objectId/(objectId)",
    scopes=("content:modules:manage", "content:topics:manage"),
    since="1.63",
)
def set_order(call: Call) -> Response:
    """Moves an object to be first, last or right after a sibling; never to another parent."""
    place = content_manager(call).place(call.id("objectId"))
    position = call.text("position")
    if not position:
        raise ApiError.invalid_parameters("position is required.")
    if place.found.is_locked or (place.ancestors and place.ancestors[-1].is_locked):
        raise ApiError.invalid_parameters("The order is locked.")
    others = [sibling for sibling in place.siblings if sibling is not place.found]
    index = _new_index(call, position, [sibling.object_id for sibling in others])
    others.insert(index, place.found)
    place.siblings[:] = others
    return Response.empty()


def _new_index(call: Call, position: str, other_ids: list[int]) -> int:
    """The object's index among its siblings; ``other_ids`` are theirs in order."""
    if position == "first":
        return 0
    if position == "last":
        return len(other_ids)
    before_id = call.number("position")
    if before_id not in other_ids:
        raise ApiError.invalid_parameters("position is first, last or the id of a sibling.")
    return other_ids.index(before_id) + 1
