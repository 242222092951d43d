"""The pacing of courses and modules."""

from content.schemas import ModulePacingData, PacingData, PacingInfo
from content.validators import validate_pacing
from portal.brightspace import Read, Service, Write, get, put


class PacingService(Service):
    """The first and last day on which a course or a module is meant to be worked through.

    Days have no time; None erases one. Every action may raise NotPermitted, NotFound and Refused.
    """

    product, since, source = "le", "1.67", "https://docs.valence.desire2learn.com/res/content.html"

    @get("/(orgUnitId)/content/pacing")
    def of_course(self, org_unit_id: int) -> Read[PacingInfo]:
        """The days of a course."""
        return self.read(PacingInfo, orgUnitId=org_unit_id)

    @put("/(orgUnitId)/content/pacing")
    def update_course(self, org_unit_id: int, changed: PacingData) -> Write[None]:
        """Sets the days of a course, and whether the days of its modules avoid weekends."""
        return self.write(body=validate_pacing(changed), orgUnitId=org_unit_id)

    @put("/(orgUnitId)/content/pacing/modules/(moduleId)")
    def update_module(self, org_unit_id: int, module_id: int, changed: ModulePacingData) -> Write[None]:
        """Sets the days of a module."""
        return self.write(body=validate_pacing(changed), orgUnitId=org_unit_id, moduleId=module_id)
