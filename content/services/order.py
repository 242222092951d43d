"""The order of modules and topics among their siblings. LE 1.67."""

from portal.brightspace import InvalidArgument, Route, Write, action, d2l_id

ORDER = Route("le", "/(orgUnitId)/content/order/objectId/(objectId)", since="1.67")
ENDS = ("first", "last")


@action("POST", ORDER, "content:modules:manage", "content:topics:manage")
def move(org_unit_id: int, object_id: int, position: int | str) -> Write[None]:
    """``POST le/(orgUnitId)/content/order/objectId/(objectId)``: to be ``first``, ``last`` or behind a sibling.

    ``position`` is one of these two words or the sibling's id; nothing moves to another module. Scopes
    ``content:modules:manage`` and ``content:topics:manage``. Raises NotPermitted, NotFound, Refused.
    """
    if position not in ENDS:
        position = d2l_id(position, "position")
        if position == d2l_id(object_id, "objectId"):
            raise InvalidArgument("“position” must be another module or topic, not the one that is moved.")
    ids = (("orgUnitId", org_unit_id), ("objectId", object_id))
    return Write("POST", ORDER, ids=ids, query=(("position", position),))
