"""The query parameters that choose which CPD records are listed, or count towards a target."""

from datetime import datetime
from typing import Any

from portal.brightspace import Query, d2l_id
from portal.brightspace.endpoints.validators import validate_optional_moment, validate_optional_text


def filters(
    method_id: int | None,
    category_id: int | None,
    record_name: str | None,
    start: datetime | None,
    end: datetime | None,
    **others: Any,
) -> Query:
    """The parameters that are not None, validated; ``others`` as they are. ``start`` and ``end`` are both included."""
    pairs = {
        "methodId": None if method_id is None else d2l_id(method_id, "method"),
        "categoryId": None if category_id is None else d2l_id(category_id, "category"),
        "recordName": validate_optional_text(record_name, "record name"),
        "startDate": validate_optional_moment(start, "start"),
        "endDate": validate_optional_moment(end, "end"),
        **others,
    }
    return tuple((name, value) for name, value in pairs.items() if value is not None)
