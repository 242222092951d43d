"""What a benchmark measured, and the table of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Measured:
    """One figure as it is shown. Without a ``bar`` it is for information; ``holds`` says whether the bar is met."""

    benchmark: str
    what: str
    value: str
    bar: str = ""
    holds: bool = True

    def __str__(self) -> str:
        return f"{self.value}  {'ok' if self.holds else 'MISSED'}" if self.bar else self.value

    def line(self) -> str:
        """For another process to read."""
        return json.dumps(asdict(self))

    @classmethod
    def from_line(cls, line: str) -> "Measured":
        return cls(**json.loads(line))


def at_most(benchmark: str, what: str, value: float, most: float, unit: str = "") -> Measured:
    """A figure that must not be larger than ``most``."""
    return Measured(benchmark, what, shown(value, unit), f"≤ {shown(most, unit)}", value <= most)


def at_least(benchmark: str, what: str, value: float, least: float, unit: str = "") -> Measured:
    """A figure that must not be smaller than ``least``."""
    return Measured(benchmark, what, shown(value, unit), f"≥ {shown(least, unit)}", value >= least)


def told(benchmark: str, what: str, value: float, unit: str = "") -> Measured:
    """A figure without a bar."""
    return Measured(benchmark, what, shown(value, unit))


def shown(value: float, unit: str = "") -> str:
    number = f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:.3g}"
    return f"{number} {unit}".rstrip() if unit != "×" else f"{number}×"


def table(columns: Mapping[str, Sequence[Measured]]) -> str:
    """A line a figure, a column for each kind of stores."""
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
