"""A team's CPD in one sentence."""

from collections import Counter
from collections.abc import Sequence

from cpd.credit import goal, quantity
from cpd.progress import Progress


def lede(team: Sequence[Progress]) -> str:
    """Say what is expected of the team by now and how many are behind, or nothing at all.

    Hours are named when all who have a target share it, otherwise the part of the period passed.
    """
    behind = _behind(sum(progress.is_behind for progress in team))
    expected = _expected(team)
    if expected and behind:
        return f"{expected}: {behind}."
    words = expected or behind
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _expected(team: Sequence[Progress]) -> str:
    """What is expected by now of all whose pace is judged, or of most of those who have a target."""
    with_target = [progress for progress in team if progress.tally.has_target]
    judged = [progress for progress in with_target if progress.pace]
    amounts = Counter(_by_now(progress) for progress in judged).most_common(1)
    if not amounts:
        return ""
    amount, people = amounts[0]
    if people == len(with_target):
        return f"By now {amount} are expected"
    markers = {progress.pace.marker for progress in judged if progress.pace}
    if len(markers) == 1 and len(judged) == len(with_target):
        return f"By now {round(markers.pop() * 100)} % of each target is expected"
    return f"By now {amount} are expected of most" if people * 2 > len(with_target) else ""


def _by_now(progress: Progress) -> str:
    pace = progress.pace
    expected = quantity(pace.expected, progress.unit) if pace else ""
    return f"{expected} of {goal(progress.tally.target, progress.unit)}"


def _behind(people: int) -> str:
    if not people:
        return ""
    return "1 person is behind" if people == 1 else f"{people} people are behind"
