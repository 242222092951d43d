"""The rows and rules behind a CPD figure, for whoever wants to check it."""

from cpd.credit import Credit, Unit, figure, goal, plain, quantity
from cpd.pace import behind_threshold
from cpd.period import written
from cpd.progress import Progress


def explanation(progress: Progress) -> tuple[str, ...]:
    """Return the working of a person's progress, one line after another."""
    lines = [_type_line(name, credit) for name, credit in progress.tally.types]
    if progress.tally.has_target:
        lines.append(f"Together {progress.summary}: each type counts up to its own target.")
    lines += [progress.pace_note] if progress.pace is None else _pace_lines(progress)
    return tuple(lines)


def _type_line(name: str, credit: Credit) -> str:
    logged = quantity(credit.logged, credit.unit)
    if credit.unit is Unit.MINUTES:
        logged = f"{plain(credit.numerator)} minutes, that is {logged}"
    if not credit.has_target:
        return f"{name.capitalize()}: {logged}; nothing is required."
    over = f", {quantity(credit.excess, credit.unit)} more than counts" if credit.excess else ""
    return f"{name.capitalize()}: {logged} of {goal(credit.target, credit.unit)}{over}."


def _pace_lines(progress: Progress) -> list[str]:
    pace, period = progress.pace, progress.period
    if pace is None:
        return []
    share = f"{period.passed(progress.today)} of {period.days} days ({round(pace.marker * 100)} %)"
    expected = quantity(pace.expected, pace.unit)
    structured = figure(pace.expected_structured, pace.unit)
    parts = f"{structured} structured and {figure(pace.expected_unstructured, pace.unit)} unstructured"
    return [
        f"{share} of the period have passed since {written(period.first)}.",
        f"A steady pace would be at {expected} by now: {parts}.",
        f"Behind is {quantity(behind_threshold(progress.tally), pace.unit)} or more under that.",
    ]
