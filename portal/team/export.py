"""The team table as a CSV file: codes, minutes and UTC times for programs, safe to open in Excel."""

import csv
import io
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain

from portal.team.columns import column_providers
from portal.team.rows import Row
from portal.team.statuses import Status

# A cell that starts with one of these is run as a formula; the wide ones are in Japanese and Chinese Excel.
DANGEROUS = tuple("=+-@|%＝＋－＠")
UNSEEN = "CZ"  # control, invisible and unassigned characters, spaces: they may hide a formula behind them
BYTE_ORDER_MARK = "\ufeff"


def team_csv(rows: Iterable[Row]) -> str:
    """The rows with their exported columns; times are UTC, unknown figures are empty."""
    text = io.StringIO()
    names = exported_columns()
    writer = csv.DictWriter(text, names, restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        values = row.exported | {
            "person_id": row.person_id,
            "name": row.name,
            "status": str(row.standing.status if row.standing else Status.NO_DATA),
            "as_of": utc_text(row.as_of),
        }
        writer.writerow({name: safe(values.get(name)) for name in names})
    return text.getvalue()


def exported_columns() -> list[str]:
    """The names of the columns: the same in every language."""
    provided = chain.from_iterable(provider.exported for provider in column_providers())
    return ["person_id", "name", "status", *provided, "as_of"]


def safe(value: object) -> object:
    """Text that no spreadsheet takes for a formula; numbers stay numbers."""
    if not isinstance(value, str):
        return "" if value is None else value
    cleaned = value.replace("\0", "")
    first = next((letter for letter in cleaned if unicodedata.category(letter)[0] not in UNSEEN), "")
    hides = cleaned[:1] in {"\t", "\r", "\n"}
    return f"'{cleaned}" if first in DANGEROUS or hides else cleaned


def utc_text(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""
