"""How a person stands on CPD, and why."""

from datetime import UTC, datetime

import pytest

from cpd.amounts import Unit
from cpd.progress import Progress
from portal.team.statuses import Status, Tone
from tests.cpd.people import NOW, person

AFTER = datetime(2027, 4, 2, tzinfo=UTC)
EARLY = datetime(2026, 4, 20, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 4, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("progress", "status", "reason"),
    [
        (
            person((420, 1260), (270, 840)),
            Status.BEHIND,
            "10.9 h behind: 6.5 h structured and 4.4 h unstructured",
        ),
        (
            person((154, 1260), (840, 840)),
            Status.BEHIND,
            "10.9 h behind, all of it structured time",
        ),
        (
            person((0, 1260), (0, 840)),
            Status.BEHIND,
            "Nothing logged since 1 April; 22.4 h expected by now",
        ),
        (
            person((480, 0)),
            Status.NO_TARGET,
            "Brightspace has no CPD target for this person",
        ),
        (person((1260, 1260), (840, 840)), Status.COMPLETE, "The target of 35 h is met"),
        (
            person((1500, 1260), (870, 840)),
            Status.COMPLETE,
            "The target of 35 h is met, 4.5 h more than needed",
        ),
        (person((1259, 1260), (840, 840)), Status.ON_TRACK, "12.6 h ahead of a steady pace"),
        (person((810, 1260), (534, 840)), Status.ON_TRACK, "At a steady pace"),
        (
            person((810, 1260), (504, 840)),
            Status.ON_TRACK,
            "0.5 h under a steady pace, too little to matter",
        ),
        (
            person((60, 1260), (0, 840), now=EARLY),
            Status.IN_PROGRESS,
            "Too early to tell: the pace is judged from 8 May",
        ),
        (
            person((0, 1260), (0, 840), now=EARLY),
            Status.NOT_STARTED,
            "Nothing logged yet; the period began on 1 April",
        ),
        (
            person((0, 1260), start=NEXT_YEAR, end=None),
            Status.NOT_STARTED,
            "The period starts on 1 April",
        ),
        (
            person((60, 1260), start=None),
            Status.IN_PROGRESS,
            "20.0 h short of 21 h over the last 365 days",
        ),
        (
            person((0, 1260), start=None),
            Status.NOT_STARTED,
            "Nothing logged in the last 365 days; 21 h required",
        ),
        (
            person((0, 30)),
            Status.NOT_STARTED,
            "Nothing logged since 1 April; 0.3 h expected by now",
        ),
        (
            person((1200, 1260), (840, 840), now=AFTER),
            Status.BEHIND,
            "The period ended on 31 March with 1.0 h missing, all of it structured time",
        ),
        (
            person((1259, 1260), (840, 840), now=AFTER),
            Status.BEHIND,
            "The period ended on 31 March with a few minutes missing",
        ),
        (
            person((0, 1260), (0, 840), now=AFTER),
            Status.BEHIND,
            "The period ended on 31 March with nothing logged of 35 h",
        ),
        (
            person((1200, 1260), (420, 840), now=AFTER),
            Status.BEHIND,
            "The period ended on 31 March with 8.0 h missing: 1.0 h structured and 7.0 h unstructured",
        ),
        (
            person((10, 10), (3, 4), unit=Unit.RECORDS, now=AFTER),
            Status.BEHIND,
            "The period ended on 31 March with 1 record missing, all unstructured",
        ),
        (
            person((1259, 1260), start=None),
            Status.IN_PROGRESS,
            "A few minutes short of 21 h over the last 365 days",
        ),
        (
            person((3, 10), (0, 4), unit=Unit.RECORDS),
            Status.BEHIND,
            "5 records behind: 3 structured and 2 unstructured",
        ),
        (
            person((9, 10), (1, 4), unit=Unit.RECORDS),
            Status.BEHIND,
            "1 record behind, all unstructured",
        ),
    ],
)
def test_a_status_comes_with_its_reason(progress: Progress, status: Status, reason: str) -> None:
    assert (progress.status, progress.reason) == (status, reason)


def test_less_than_half_an_hour_is_not_behind() -> None:
    target = (600, 600)

    assert person((360, 600), target).status is Status.ON_TRACK  # 0.4 h under
    assert person((354, 600), target).status is Status.BEHIND  # 0.5 h under


def test_less_than_two_percent_of_the_target_is_not_behind() -> None:
    target = (6000, 6000)

    assert person((3738, 6000), target).status is Status.ON_TRACK  # 1.8 of 200 h under
    assert person((3606, 6000), target).status is Status.BEHIND  # 4.0 of 200 h under


def test_a_person_with_excess_of_one_type_can_be_behind_in_the_other() -> None:
    greedy = person((9000, 1260), (0, 840))

    assert greedy.reason == "8.9 h behind, all of it unstructured time"
    assert greedy.excess_label == "+129.0 h structured"


def test_the_day_the_period_ends_is_still_within_it() -> None:
    last_day = NOW.replace(year=2027, month=3, day=31)

    assert not person((1259, 1260), now=last_day).reason.startswith("The period ended")


def test_people_who_need_attention_come_first() -> None:
    ranked = [
        person((0, 1260), (0, 840)),
        person((420, 1260), (270, 840)),
        person((154, 600)),
        person((0, 1260), start=None),
        person((0, 1260), (0, 840), now=EARLY),
        person((60, 1260), (0, 840), now=EARLY),
        person((480, 0)),
        person((0, 1260), start=NEXT_YEAR, end=None),
        person((1100, 1260)),
        person((1260, 1260)),
    ]
    order = [(progress.priority, progress.weight) for progress in ranked]

    assert order == sorted(order, reverse=True)
    assert len(set(order)) == len(order)


def test_an_absurd_target_stays_within_its_priority() -> None:
    absurd = person((0, 10**9), start=None)
    behind = person((0, 600))

    assert (absurd.priority, absurd.weight) < (behind.priority, behind.weight)


def test_a_status_has_a_code_and_a_tone() -> None:
    assert person((0, 600), now=EARLY).status == "not_started"
    assert person((0, 600)).status.tone == Tone.WARNING
    assert person((60, 600), now=EARLY).status.tone == Tone.NEUTRAL
