"""A row's markup, rendered once for each content: a warm page then costs no more than an empty one.

Kept per process by everything the markup is made of, so equal rows of whomever are equal markup.
"""

from functools import lru_cache

import msgspec
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString

from portal.team.columns import Column
from portal.team.team_table import Row

MAX_CACHED_ROWS = 4096  # about 2 kB each


def row_markup(row: Row, columns: tuple[Column, ...]) -> SafeString:
    """``team/row.html`` for this row, its figures in the order of ``columns``."""
    return _rendered(msgspec.msgpack.encode(row), columns)


@lru_cache(maxsize=MAX_CACHED_ROWS)
def _rendered(encoded: bytes, columns: tuple[Column, ...]) -> SafeString:
    row = msgspec.msgpack.decode(encoded, type=Row)
    figures = [{"column": column, "cell": row.cells.get(column.key)} for column in columns]
    template = get_template("team/row.html").template  # type: ignore[attr-defined]  # Django's own engine
    markup: SafeString = template.render(Context({"row": row, "figures": figures}))
    return markup
