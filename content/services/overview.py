"""The overview of a course."""

from content.schemas import Overview
from portal.brightspace import FileRead, Read, Service, get


class OverviewService(Service):
    """The overview of a course. Every action may raise NotPermitted and NotFound."""

    product, since, source = "le", "1.67", "https://docs.valence.desire2learn.com/res/content.html"

    @get("/(orgUnitId)/overview")
    def overview(self, org_unit_id: int) -> Read[Overview]:
        """The text, whose HTML may come from anybody, and whether a file is attached."""
        return self.read(Overview, orgUnitId=org_unit_id)

    @get("/(orgUnitId)/overview/attachment")
    def attachment(self, org_unit_id: int) -> FileRead:
        """The attached file. Raises NotFound if there is none."""
        return self.file(orgUnitId=org_unit_id)
