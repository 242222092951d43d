"""Credit of the caller's own awards."""

from awards.filters import AwardTypeValue, filters
from awards.schemas import CreditSummary
from portal.brightspace import Read, Service, get


class AwardCreditService(Service):
    """Credit of the caller's own awards."""

    product, since, source = "bas", "1.2", "https://docs.valence.desire2learn.com/res/awards.html"

    @get("/creditSummary")
    def summary(
        self,
        *,
        org_unit_id: int | None = None,
        award_type: AwardTypeValue | None = None,
        include_expired: bool | None = None,
        search: str | None = None,
    ) -> Read[CreditSummary]:
        """The caller's credit by type of award; None for a type that ``award_type`` leaves out.

        Raises Refused for a wrong filter.
        """
        query = filters(award_type=award_type, search=search, org_unit_id=org_unit_id, include_expired=include_expired)
        return self.read(CreditSummary, query=query)
