"""The order of a module or topic among its siblings."""

from __future__ import annotations

from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.content_access import manager
from tests.sandbox.content_model import Place
from tests.sandbox.routing import Call, action


@action(
    "POST",
    "/d2l/api/le/(version)/(orgUnitId)/content/order/objectId/(objectId)",
    scopes=("content:modules:manage", "content:topics:manage"),
    since="1.63",
)
def set_order(call: Call) -> Answer:
    """Moves an object to be first, last or right after a sibling; never to another parent."""
    view = manager(call)
    place = view.place(call.id("objectId"))
    position = call.text("position")
    if not position:
        raise Refusal.invalid_parameters("position is required.")
    if place.found.is_locked or (place.above and place.above[-1].is_locked):
        raise Refusal.invalid_parameters("The order is locked.")
    others = [one for one in place.siblings if one is not place.found]
    others.insert(_index(call, place, position), place.found)
    place.siblings[:] = others
    return Answer.empty()


def _index(call: Call, place: Place, position: str) -> int:
    """Where in the list of the others the object goes."""
    if position in ("first", "last"):
        return 0 if position == "first" else len(place.siblings) - 1
    before_id = call.number("position")
    others = [one.object_id for one in place.siblings if one is not place.found]
    if before_id not in others:
        raise Refusal.invalid_parameters("position is first, last or the id of a sibling.")
    return others.index(before_id) + 1
