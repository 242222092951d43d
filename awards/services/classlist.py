"""Who in a course can earn awards, and ten of each person's."""

from awards.schemas import AwardType, ClasslistSort, IssuedAward, UserIssuedAwardSummary
from awards.services.filters import MAX_PAGE_SIZE, filters, paging
from awards.services.issued import issued_to
from portal.brightspace import Page, Read, Route, action, cursor_of, d2l_id
from portal.brightspace.endpoints.validators import validate_choice

IN_ORG_UNIT = Route("bas", "/orgunits/(orgUnitId)/classlist/", since="1.2")
OF_PERSON = Route("bas", "/orgunits/(orgUnitId)/classlist/users/(userId)", since="1.2")

Kind = AwardType | int | str | None
Sort = ClasslistSort | int | str | None


@action("GET", IN_ORG_UNIT)
def classlist(
    org_unit_id: int,
    *,
    award_type: Kind = None,
    search: str | None = None,
    include_expired: bool | None = None,
    section_id: int | None = None,
    sort_field: Sort = None,
    ascending: bool | None = None,
    latest: bool | None = None,
    limit: int = MAX_PAGE_SIZE,
    offset: int = 0,
) -> Read[list[UserIssuedAwardSummary]]:
    """``GET bas/orgunits/(orgUnitId)/classlist/``: people with their first (or ``latest``) ten awards.

    Without ``sort_field`` and ``ascending`` the organisation's own order holds.
    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound (no such org unit), Refused (filters).
    """
    query = filters(
        award_type,
        search,
        includeExpired=include_expired,
        sectionId=None if section_id is None else d2l_id(section_id, "sectionId"),
        sortField=_sort(sort_field),
        sortFieldIsAscending=ascending,
        fetchLatest=latest,
        **paging(limit, offset),
    )
    return Read(IN_ORG_UNIT, list[UserIssuedAwardSummary], ids=(("orgUnitId", org_unit_id),), query=query)


@action("GET", OF_PERSON)
def classlist_entry(
    org_unit_id: int, person_id: int, *, award_type: Kind = None, sort_field: Sort = None
) -> Read[UserIssuedAwardSummary]:
    """``GET bas/orgunits/(orgUnitId)/classlist/users/(userId)``: one person with their ten oldest awards.

    Scope ``core:*:*``, BAS 1.2.
    Raises NotPermitted, NotFound (not in the classlist, or cannot earn awards), Refused (filters).
    """
    query = filters(award_type, sortField=_sort(sort_field))
    ids = (("orgUnitId", org_unit_id), ("userId", person_id))
    return Read(OF_PERSON, UserIssuedAwardSummary, ids=ids, query=query)


def more_awards_of(row: UserIssuedAwardSummary) -> Read[Page[IssuedAward]] | None:
    """Where the ``Next`` of a classlist row leads: the person's awards behind the ten; None if there are no more.

    It is a page of ``issued_to``, which not everybody may read who may read the classlist. Behind the ``latest``
    ten it may hold those ten again.
    """
    cursor = cursor_of(row.issued_awards.next)
    return issued_to(row.user_id).by_page(cursor) if cursor else None


def _sort(field: Sort) -> int | None:
    return None if field is None else int(validate_choice(field, "sort field", ClasslistSort))
