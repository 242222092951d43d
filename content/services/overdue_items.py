"""Overdue items of people."""

from collections.abc import Iterable

from content.schemas import OverdueItem
from content.services.filters import in_org_units
from portal.brightspace import Read, Service, d2l_id, get


class OverdueItemService(Service):
    """Topics that a person should have completed by now; exempt topics are not among them.

    Those of others are for their auditors and for those who manage the content of their courses. Every action may
    raise NotPermitted and NotFound.
    """

    product, since, source = "le", "1.67", "https://docs.valence.desire2learn.com/res/content.html"

    @get("/overdueItems/")
    def of_person(self, person_id: int, org_unit_ids: Iterable[int] | None = None) -> Read[list[OverdueItem]]:
        """A person's overdue items in these org units; in all of them without ``org_unit_ids``."""
        query = (("userId", d2l_id(person_id, "userId")), *in_org_units(org_unit_ids))
        return self.read(list[OverdueItem], query=query)

    @get("/overdueItems/myItems")
    def my_items(self, org_unit_ids: Iterable[int] | None = None) -> Read[list[OverdueItem]]:
        """The caller's overdue items in these org units; in all of them without ``org_unit_ids``."""
        return self.read(list[OverdueItem], query=in_org_units(org_unit_ids))
