"""What the awards lists can be narrowed by, checked."""

from typing import Any

from awards.schemas import AwardType
from portal.brightspace.endpoints.validators import validate_between, validate_choice, validate_flag, validate_text

MAX_PAGE_SIZE = 200
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
    kind = None if award_type is None else int(validate_choice(award_type, "award type", AwardType))
    words = None if search is None else validate_text(search, "search")
    pairs = {"awardType": kind, "search": words, **others}
    given = tuple((name, value) for name, value in pairs.items() if value is not None)
    for name, value in given:
        if name in _FLAGS:
            validate_flag(value, _FLAGS[name])
    return given


def paging(limit: int = MAX_PAGE_SIZE, offset: int = 0) -> dict[str, int | None]:
    """``limit`` (1 to 200 records a page) and ``offset`` (records to skip)."""
    validate_between(offset, "offset", 0, 2**31 - 1)
    return {"limit": validate_between(limit, "limit", 1, MAX_PAGE_SIZE), "offset": offset or None}
