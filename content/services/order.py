"""The order of modules and topics among their siblings."""

from content.validators import validate_position
from portal.brightspace import Service, Write, post


class OrderService(Service):
    """The order of modules and topics among their siblings."""

    product, since, source = "le", "1.67", "https://docs.valence.desire2learn.com/res/content.html"
    scope = "content:modules:manage content:topics:manage"

    @post("/(orgUnitId)/content/order/objectId/(objectId)")
    def move(self, org_unit_id: int, object_id: int, position: int | str) -> Write[None]:
        """Moves a module or topic within its parent, never to another one.

        ``position`` is ``first``, ``last``, or the id of the sibling behind which it goes. Raises NotPermitted,
        NotFound, Refused.
        """
        query = (("position", validate_position(position, object_id)),)
        return self.write(query=query, orgUnitId=org_unit_id, objectId=object_id)
