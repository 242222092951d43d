"""Measurements of a benchmark, and the table that shows them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Measured:
    """A measurement as it is shown. One without a ``bar`` is for information; ``holds`` says whether the bar is met."""

    benchmark: str
    what: str
    value: str
    bar: str = ""
    holds: bool = True

    def __str__(self) -> str:
        return f"{self.value}  {'ok' if self.holds else 'MISSED'}" if self.bar else self.value

    def line(self) -> str:
        """The measurement as a line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_line(cls, line: str) -> "Measured":
        """The measurement that ``line`` has written."""
        return cls(**json.loads(line))


def at_most(benchmark: str, what: str, value: float, most: float, unit: str = "") -> Measured:
    """A measurement that must not be larger than ``most``."""
    return Measured(benchmark, what, shown(value, unit), f"≤ {shown(most, unit)}", value <= most)


def at_least(benchmark: str, what: str, value: float, least: float, unit: str = "") -> Measured:
    """A measurement that must not be smaller than ``least``."""
    return Measured(benchmark, what, shown(value, unit), f"≥ {shown(least, unit)}", value >= least)


def info(benchmark: str, what: str, value: float, unit: str = "") -> Measured:
    """A measurement for information, without a bar."""
    return Measured(benchmark, what, shown(value, unit))


def shown(value: float, unit: str = "") -> str:
    """A value with its unit, to three digits."""
    number = f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:.3g}"
    return f"{number} {unit}".rstrip() if unit != "×" else f"{number}×"


def table(columns: Mapping[str, Sequence[Measured]]) -> str:
    """A table with a line for each measurement and a column for each kind of stores."""
    keys = list(dict.fromkeys((one.benchmark, one.what) for each in columns.values() for one in each))
    found = {name: {(one.benchmark, one.what): one for one in each} for name, each in columns.items()}
    lines: list[Sequence[str]] = []
    heading = ""
    for key in keys:
        if key[0] != heading:
            heading = key[0]
            lines.append((f"\n{heading}", "bar", *columns))
        cells = [each.get(key) for each in found.values()]
        bar = next(cell.bar for cell in cells if cell)
        lines.append((f"  {key[1]}", bar, *(str(cell) if cell else "" for cell in cells)))
    return _aligned(lines)


def _aligned(lines: Iterable[Sequence[str]]) -> str:
    rows = list(lines)
    widths = [max(len(row[place].lstrip("\n")) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "  ".join(f"{cell:<{width + cell.count(chr(10))}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
