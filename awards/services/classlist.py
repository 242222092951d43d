"""The classlist of an org unit with the awards that people hold."""

from awards.filters import MAX_PAGE_SIZE, AwardTypeValue, SortValue, classlist_options, filters, paging
from awards.schemas import UserIssuedAwardSummary
from portal.brightspace import Read, Service, get


class AwardClasslistService(Service):
    """The people in an org unit who can earn awards, with ten awards each. Every action may raise NotPermitted."""

    product, since, source = "bas", "1.2", "https://docs.valence.desire2learn.com/res/awards.html"

    @get("/orgunits/(orgUnitId)/classlist/")
    def people(
        self,
        org_unit_id: int,
        *,
        award_type: AwardTypeValue | None = None,
        search: str | None = None,
        include_expired: bool | None = None,
        section_id: int | None = None,
        sort_field: SortValue | None = None,
        ascending: bool | None = None,
        latest: bool | None = None,
        limit: int = MAX_PAGE_SIZE,
        offset: int = 0,
    ) -> Read[list[UserIssuedAwardSummary]]:
        """Everybody with their ten oldest awards, or their ten newest if ``latest``.

        Without ``sort_field`` and ``ascending`` they come in the order that the organisation has set. Raises NotFound
        (no such org unit), Refused for a wrong filter.
        """
        narrowed = filters(award_type=award_type, search=search, include_expired=include_expired)
        options = classlist_options(section_id=section_id, sort_field=sort_field, ascending=ascending, latest=latest)
        query = narrowed + options + paging(limit, offset)
        return self.read(list[UserIssuedAwardSummary], query=query, orgUnitId=org_unit_id)

    @get("/orgunits/(orgUnitId)/classlist/users/(userId)")
    def person(
        self,
        org_unit_id: int,
        person_id: int,
        *,
        award_type: AwardTypeValue | None = None,
        sort_field: SortValue | None = None,
    ) -> Read[UserIssuedAwardSummary]:
        """One person with their ten oldest awards.

        Raises NotFound (not in the classlist, or cannot earn awards), Refused for a wrong filter.
        """
        query = filters(award_type=award_type) + classlist_options(sort_field=sort_field)
        return self.read(UserIssuedAwardSummary, query=query, orgUnitId=org_unit_id, userId=person_id)
