"""What the awards lists can be narrowed by, checked."""

from typing import Any

from awards.schemas import AwardType
from portal.brightspace.endpoints.validators import between, flag, one_of, text

LARGEST_PAGE = 200
_FLAGS = {
    "includeExpired": "include expired",
    "sortFieldIsAscending": "ascending",
    "fetchLatest": "latest",
    "showMine": "mine only",
}


def filters(
    award_type: AwardType | int | str | None = None, search: str | None = None, **others: Any
) -> tuple[tuple[str, Any], ...]:
    """Query parameters ``awardType`` and ``search``, and ``others``, whose flags are checked; None is left out."""
    kind = None if award_type is None else int(one_of(award_type, "award type", AwardType))
    words = None if search is None else text(search, "search")
    pairs = {"awardType": kind, "search": words, **others}
    given = tuple((name, value) for name, value in pairs.items() if value is not None)
    for name, value in given:
        if name in _FLAGS:
            flag(value, _FLAGS[name])
    return given


def paging(limit: int = LARGEST_PAGE, offset: int = 0) -> dict[str, int | None]:
    """``limit`` (1 to 200 records a page) and ``offset`` (records to skip)."""
    between(offset, "offset", 0, 2**31 - 1)
    return {"limit": between(limit, "limit", 1, LARGEST_PAGE), "offset": offset or None}
