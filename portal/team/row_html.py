"""A row's HTML, rendered once for each content and language: a warm page then costs no more than an empty one.

Cached per process by everything the HTML is made of, so equal rows, whoever they belong to, are equal HTML.
"""

from functools import lru_cache

import msgspec
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal.team.columns import Column
from portal.team.rows import Row

MAX_CACHED_ROWS = 4096  # about 2 kB each


def row_html(row: Row, columns: tuple[Column, ...]) -> SafeString:
    """``team/row.html`` for this row, its figures in the order of ``columns``, in the active language."""
    return _rendered(msgspec.msgpack.encode(row), columns, get_language())


@lru_cache(maxsize=MAX_CACHED_ROWS)
def _rendered(encoded: bytes, columns: tuple[Column, ...], language: str | None) -> SafeString:
    row = msgspec.msgpack.decode(encoded, type=Row)
    figures = [{"column": column, "cell": row.cells.get(column.key)} for column in columns]
    template = get_template("team/row.html").template  # type: ignore[attr-defined]  # Django's own engine
    return template.render(Context({"row": row, "figures": figures}))  # type: ignore[no-any-return]
