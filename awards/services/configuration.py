"""How the awards tool is set up for the caller."""

from awards.schemas import Configuration
from portal.brightspace import Read, Service, get


class AwardConfigurationService(Service):
    """How the awards tool is set up for the caller."""

    product, since, source = "bas", "1.2", "https://docs.valence.desire2learn.com/res/awards.html"

    @get("/orgunits/(orgUnitId)/myConfiguration")
    def my_configuration(self, org_unit_id: int) -> Read[Configuration]:
        """The caller's permissions in an org unit, and the defaults of awards.

        Raises NotPermitted, NotFound (no such org unit).
        """
        return self.read(Configuration, orgUnitId=org_unit_id)
