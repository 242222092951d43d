"""Query parameters of the awards actions, checked before anything is sent.

A parameter that is None is left out of the query. InvalidArgument names a parameter that Brightspace would not take.
"""

from enum import IntEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from awards.schemas.enums import AwardType, ClasslistSort
from portal.brightspace import Query, d2l_id
from portal.brightspace.endpoints.validators import (
    validate_between,
    validate_choice,
    validate_flag,
    validate_optional_text,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_PAGE_SIZE = 200  # records
MAX_OFFSET = 2**31 - 1

# A value of an enumeration is given as its member, its number, or its name in any case.
AwardTypeValue = AwardType | int | str
SortValue = ClasslistSort | int | str


def filters(
    *,
    award_type: AwardTypeValue | None = None,
    search: str | None = None,
    org_unit_id: int | None = None,
    mine_only: bool | None = None,
    include_expired: bool | None = None,
) -> Query:
    """What lists of awards can be narrowed by."""
    return _query(
        awardType=_validate_optional_choice(award_type, gettext_lazy("award type"), AwardType),
        search=validate_optional_text(search, gettext_lazy("search")),
        orgUnitId=None if org_unit_id is None else d2l_id(org_unit_id, "orgUnitId"),
        showMine=_validate_optional_flag(mine_only, gettext_lazy("mine only")),
        includeExpired=_validate_optional_flag(include_expired, gettext_lazy("include expired")),
    )


def classlist_options(
    *,
    section_id: int | None = None,
    sort_field: SortValue | None = None,
    ascending: bool | None = None,
    latest: bool | None = None,
) -> Query:
    """Which section of the classlist, in which order, and with which ten awards a person."""
    return _query(
        sectionId=None if section_id is None else d2l_id(section_id, "sectionId"),
        sortField=_validate_optional_choice(sort_field, gettext_lazy("sort field"), ClasslistSort),
        sortFieldIsAscending=_validate_optional_flag(ascending, gettext_lazy("ascending")),
        fetchLatest=_validate_optional_flag(latest, gettext_lazy("latest")),
    )


def issue_options(expiry_from_issue_date: bool | None) -> Query:
    """Whether the expiry counts from the date of issue instead of from now."""
    field = gettext_lazy("expiry from date of issue")
    return _query(useIssueDateToCalcExpiry=_validate_optional_flag(expiry_from_issue_date, field))


def paging(limit: int = MAX_PAGE_SIZE, offset: int = 0) -> Query:
    """``limit`` records a page, and ``offset`` records skipped before the first page."""
    validate_between(offset, gettext_lazy("offset"), 0, MAX_OFFSET)
    return _query(limit=validate_between(limit, gettext_lazy("limit"), 1, MAX_PAGE_SIZE), offset=offset or None)


def _query(**parameters: object) -> Query:
    return tuple((name, value) for name, value in parameters.items() if value is not None)


def _validate_optional_choice(value: object, field: "StrOrPromise", choices: type[IntEnum]) -> int | None:
    return None if value is None else int(validate_choice(value, field, choices))


def _validate_optional_flag(value: object, field: "StrOrPromise") -> bool | None:
    return None if value is None else validate_flag(value, field)
