"""The actions covered as tables: for people, for machines, and the scopes for the documents. Pure."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from portal.brightspace.endpoints.routes import Endpoint

HEADINGS = ("method", "path", "service", "scope", "since", "page")
NO_PAGE, NOT_ASKED = "-", "nothing yet"
BEGIN, END = "<!-- scopes: made by manage.py brightspace_actions --update-docs -->", "<!-- end of scopes -->"


class Row(NamedTuple):
    """An action and the addresses of the pages that use it."""

    endpoint: Endpoint
    pages: Sequence[str]

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of ``HEADINGS``."""
        each = self.endpoint
        return (each.method, each.path, each.service, each.scope, each.since or "-", self.page)

    @property
    def page(self) -> str:
        return ", ".join(self.pages) or NO_PAGE


def as_text(rows: Iterable[Row]) -> str:
    """Columns as wide as what is in them."""
    lines = [HEADINGS, *(row.cells for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = ((cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    return "\n".join("  ".join(line).rstrip() for line in padded)


def as_markdown(rows: Iterable[Row]) -> str:
    """A table with addresses, functions and scopes as code."""
    coded = [[*row.cells[:1], *(f"`{cell}`" for cell in row.cells[1:4]), *row.cells[4:]] for row in rows]
    return _table(HEADINGS, coded)


def as_json(rows: Iterable[Row]) -> str:
    """A list of objects: the headings, and the ``document`` that has the action."""
    objects = [{**dict(zip(HEADINGS, row.cells, strict=True)), "document": row.endpoint.document} for row in rows]
    return json.dumps(objects, indent=2)


def scopes_table(rows: Iterable[Row]) -> str:
    """Each scope, what it opens, and the pages for which it is asked; those asked for first."""
    by_scope: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for scope in row.endpoint.scope.split():
            by_scope[scope].append(row)
    lines = [(f"`{scope}`", _opened(found), _asked_for_by(found)) for scope, found in sorted(by_scope.items())]
    return _table(("scope", "opens", "asked for by"), sorted(lines, key=lambda line: line[2] == NOT_ASKED))


def _opened(rows: Iterable[Row]) -> str:
    """``read content: files; change content: captions, files``, from the names of the service classes."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        feature = row.endpoint.service.removeprefix("portal.").partition(".")[0]
        resource = row.endpoint.service.split(".")[-2].removesuffix("Service")
        verb = "read" if row.endpoint.method == "GET" else "change"
        found[f"{verb} {feature}"].add(_in_words(resource))
    return "; ".join(f"{what}: {', '.join(sorted(resources))}" for what, resources in sorted(found.items()))


def _in_words(name: str) -> str:
    """``ScheduledItem`` as ``scheduled item``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _asked_for_by(rows: Iterable[Row]) -> str:
    pages = sorted({page for row in rows for page in row.pages})
    return ", ".join(f"`{page}`" for page in pages) or NOT_ASKED


def updated(document: str, table: str) -> str:
    """``document`` with ``table`` between its two markers. ValueError if it has none."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the document has no place for the table of scopes")
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"


def _table(headings: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rule = ["---"] * len(headings)
    return "\n".join(f"| {' | '.join(line)} |" for line in (headings, rule, *lines))


def rows_of(endpoints: Iterable[Endpoint], pages: Mapping[str, Sequence[str]]) -> list[Row]:
    """Each action with its pages, by service method."""
    return [Row(endpoint, pages.get(endpoint.service, ())) for endpoint in endpoints]
