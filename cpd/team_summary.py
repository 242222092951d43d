"""A team's CPD in one sentence."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cpd.amounts import format_amount, format_target
from cpd.progress import Progress


def summary(team: Sequence[Progress]) -> str:
    """What is expected of the team by now, and how many are behind; empty when neither can be said.

    Amounts are named when most of those who have a target share it; otherwise the part of the period that is over.
    """
    behind = sum(progress.is_behind for progress in team)
    with_target = [progress for progress in team if progress.tally.has_target]
    judged = [progress for progress in with_target if progress.pace]
    if not judged:
        return _behind(behind)
    (amounts, people), *_others = Counter(map(_expectation, judged)).most_common(1)
    if people == len(with_target):
        return _expected_of_all(*amounts, behind)
    percentage = _common_percentage(judged) if len(judged) == len(with_target) else None
    if percentage is not None:
        return _percentage_expected(percentage, behind)
    return _expected_of_most(*amounts, behind) if people * 2 > len(with_target) else _behind(behind)


def _expectation(progress: Progress) -> tuple[str, str]:
    """What is expected of a person by now, and their target."""
    pace = progress.pace
    expected = format_amount(pace.expected, progress.unit) if pace else ""
    return expected, format_target(progress.tally.target, progress.unit)


def _common_percentage(judged: Sequence[Progress]) -> int | None:
    """How much of the period is over, if that is the same for all."""
    markers = {progress.pace.marker for progress in judged if progress.pace}
    return round(markers.pop() * 100) if len(markers) == 1 else None


def _expected_of_all(expected: str, target: str, behind: int) -> str:
    parts = {"expected": expected, "target": target, "people": behind}
    if not behind:
        return _("By now %(expected)s of %(target)s are expected.") % parts
    text = ngettext(
        "By now %(expected)s of %(target)s are expected: %(people)s person is behind.",
        "By now %(expected)s of %(target)s are expected: %(people)s people are behind.",
        behind,
    )
    return text % parts


def _expected_of_most(expected: str, target: str, behind: int) -> str:
    parts = {"expected": expected, "target": target, "people": behind}
    if not behind:
        return _("By now %(expected)s of %(target)s are expected of most.") % parts
    text = ngettext(
        "By now %(expected)s of %(target)s are expected of most: %(people)s person is behind.",
        "By now %(expected)s of %(target)s are expected of most: %(people)s people are behind.",
        behind,
    )
    return text % parts


def _percentage_expected(percentage: int, behind: int) -> str:
    parts = {"percentage": percentage, "people": behind}
    if not behind:
        return _("By now %(percentage)s %% of each target is expected.") % parts
    text = ngettext(
        "By now %(percentage)s %% of each target is expected: %(people)s person is behind.",
        "By now %(percentage)s %% of each target is expected: %(people)s people are behind.",
        behind,
    )
    return text % parts


def _behind(people: int) -> str:
    if not people:
        return ""
    return ngettext("%(people)s person is behind.", "%(people)s people are behind.", people) % {"people": people}
