"""The document's limits on an award: a value beyond them is named by its field, a value at them is sent unchanged."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.schemas import ExpiryCalculation, ExpiryNotification
from awards.services import AwardService
from portal.brightspace.codec.fields import InvalidArgument
from portal.brightspace.codec.json import encode
from tests.awards.blocks import BADGE, CERTIFICATE, award_update, new_award, new_certificate


def expiry(expiry_type: Any, **parts: Any) -> ExpiryCalculation:
    return ExpiryCalculation(expiry_calculation_type=expiry_type, **parts)


def reminder(value: Any, unit: Any) -> ExpiryNotification:
    return ExpiryNotification(expiry_notify_value=value, expiry_notify_type=unit)


def url_of(length: int) -> str:
    return "https://ward7.example/".ljust(length, "x")


def email_of(length: int) -> str:
    return "ward7@" + "x" * 49 + "." + "y" * 49 + "." + "z" * (length - 6 - 50 - 50 - 8) + ".example"


# The field that the error names, and a change that makes an award wrong.
WRONG_AWARDS: list[tuple[str, dict[str, Any]]] = [
    ("Title", {"title": ""}),
    ("Title", {"title": " \t"}),
    ("Title", {"title": None}),
    ("Title", {"title": 5}),
    ("Title", {"title": "nul\0"}),
    ("Title", {"title": "half \ud800"}),
    ("Title", {"title": "x" * 129}),
    ("Description", {"description": None}),
    ("Description", {"description": "x" * 513}),
    ("Issuer's name", {"issuer_name": None}),
    ("Issuer's name", {"issuer_name": "x" * 129}),
    ("Issuer's web address", {"issuer_url": ""}),
    ("Issuer's web address", {"issuer_url": "ward7.example"}),
    ("Issuer's web address", {"issuer_url": "javascript:alert(1)"}),
    ("Issuer's web address", {"issuer_url": "https://"}),
    ("Issuer's web address", {"issuer_url": "https://[half"}),
    ("Issuer's web address", {"issuer_url": "https://a.example:99999"}),
    ("Issuer's web address", {"issuer_url": "https://a.example/<b>"}),
    ("Issuer's web address", {"issuer_url": "\x01https://a.example/"}),
    ("Issuer's web address", {"issuer_url": url_of(129)}),
    ("Issuer's e-mail address", {"issuer_contact": "ward7"}),
    ("Issuer's e-mail address", {"issuer_contact": "ward7@"}),
    ("Issuer's e-mail address", {"issuer_contact": "a@b.example, c@d.example"}),
    ("Issuer's e-mail address", {"issuer_contact": None}),
    ("Issuer's e-mail address", {"issuer_contact": email_of(129)}),
    ("Criteria", {"criteria": ""}),
    ("Kind of expiry", {"expiry_calculation": expiry(0)}),
    ("Kind of expiry", {"expiry_calculation": expiry(5)}),
    ("Kind of expiry", {"expiry_calculation": expiry("Sometimes")}),
    ("Kind of expiry", {"expiry_calculation": expiry(True)}),
    ("Day of expiry", {"expiry_calculation": expiry(2, month=1, year=2030)}),
    ("Month of expiry", {"expiry_calculation": expiry(2, day=1, year=2030)}),
    ("Year of expiry", {"expiry_calculation": expiry(2, day=1, month=1)}),
    ("Day of expiry", {"expiry_calculation": expiry(2, day=32, month=1, year=2030)}),
    ("Month of expiry", {"expiry_calculation": expiry(2, day=1, month=13, year=2030)}),
    ("Year of expiry", {"expiry_calculation": expiry(2, day=1, month=1, year=10_000)}),
    ("Day of expiry", {"expiry_calculation": expiry(2, day=29, month=2, year=2027)}),
    ("Hour of expiry", {"expiry_calculation": expiry(2, day=1, month=1, year=2030, hour=24)}),
    ("Minute of expiry", {"expiry_calculation": expiry(2, day=1, month=1, year=2030, minute=60)}),
    ("Time until expiry", {"expiry_calculation": expiry(3)}),
    ("Time until expiry", {"expiry_calculation": expiry(3, hour=1)}),
    ("Time until expiry", {"expiry_calculation": expiry(3, day=1, month=1)}),
    ("Days until expiry", {"expiry_calculation": expiry(3, day=0)}),
    ("Weeks until expiry", {"expiry_calculation": expiry(3, week=1000)}),
    ("Months until expiry", {"expiry_calculation": expiry(3, month=1.5)}),
    ("Years until expiry", {"expiry_calculation": expiry(3, year=-1)}),
    ("Day of expiry", {"expiry_calculation": expiry(4, month=1)}),
    ("Day of expiry", {"expiry_calculation": expiry(4, day=32, month=1)}),
    ("Months until expiry", {"expiry_calculation": expiry(4, day=31)}),
    ("Months until expiry", {"expiry_calculation": expiry(4, day=31, month=1000)}),
    ("Reminder before expiry", {"expiry_notification": reminder(None, 1)}),
    ("Reminder before expiry", {"expiry_notification": reminder(0, 1)}),
    ("Reminder before expiry", {"expiry_notification": reminder(0.5, 1)}),
    ("Reminder before expiry", {"expiry_notification": reminder(1000, 1)}),
    ("Reminder before expiry", {"expiry_notification": reminder(float("nan"), 1)}),
    ("Reminder before expiry", {"expiry_notification": reminder("30", 1)}),
    ("Unit of the reminder", {"expiry_notification": reminder(5, 5)}),
    ("Unit of the reminder", {"expiry_notification": reminder(5, None)}),
]
AWARDS_AT_THE_LIMITS: list[dict[str, Any]] = [
    {"title": "x" * 128, "description": "x" * 512, "issuer_name": "x" * 128},
    {"title": "x", "criteria": None},
    {"issuer_url": url_of(128), "issuer_contact": email_of(128)},
    {"issuer_url": "http://ward7.example:8080/a?b=c#d"},
    {"expiry_calculation": expiry(1, day=99, year=-5)},
    {"expiry_calculation": expiry(2, day=29, month=2, year=2024)},
    {"expiry_calculation": expiry(2, day=31, month=12, year=9999, hour=23, minute=59)},
    {"expiry_calculation": expiry(2, day=1, month=1, year=1)},
    *(
        {"expiry_calculation": expiry(3, **{unit: count})}
        for unit in ("day", "week", "month", "year")
        for count in (1, 999)
    ),
    {"expiry_calculation": expiry(4, day=1, month=1)},
    {"expiry_calculation": expiry(4, day=31, month=999)},
    {"expiry_notification": reminder(1, 4)},
    {"expiry_notification": reminder(999, 1)},
    {"expiry_notification": reminder(1.5, 3)},
]


@pytest.mark.parametrize(("field", "changes"), WRONG_AWARDS)
def test_an_award_beyond_the_limits_is_named_by_its_field(field: str, changes: dict[str, Any]) -> None:
    actions: list[Callable[[], Any]] = [
        lambda: AwardService().create(new_award(**changes)),
        lambda: AwardService().update(1, award_update(**changes), award_type=BADGE),
    ]
    for action in actions:
        with pytest.raises(InvalidArgument) as excinfo:
            action()
        assert f"“{field}”" in excinfo.value.message
        assert excinfo.value.message.endswith(".")


@pytest.mark.parametrize("changes", AWARDS_AT_THE_LIMITS)
def test_an_award_at_the_limits_is_sent_unchanged(changes: dict[str, Any]) -> None:
    assert AwardService().create(new_award(**changes)).body == new_award(**changes)
    assert AwardService().update(1, award_update(**changes), award_type=BADGE).body == award_update(**changes)


def test_a_template_is_required_for_a_certificate_and_not_allowed_for_a_badge() -> None:
    template = new_certificate().certificate
    assert AwardService().create(new_certificate()).body == new_certificate()
    changed = award_update(certificate=template)
    assert AwardService().update(1, changed, award_type="Certificate").body == changed
    actions: list[Callable[[], Any]] = [
        lambda: AwardService().create(new_certificate(certificate=None)),
        lambda: AwardService().create(new_award(certificate=template)),
        lambda: AwardService().update(1, award_update(), award_type=CERTIFICATE),
        lambda: AwardService().update(1, award_update(certificate=template), award_type=BADGE),
    ]
    for action in actions:
        with pytest.raises(InvalidArgument, match="“Certificate”"):
            action()


def test_enumerations_given_by_name_are_sent_as_numbers() -> None:
    named = new_certificate(
        award_type="certificate",
        expiry_calculation=expiry("RelativeDayOfMonth", day=31, month=12),
        expiry_notification=reminder(2, "Months"),
    )
    body = AwardService().create(named).body

    assert body == new_certificate(
        expiry_calculation=expiry(4, day=31, month=12), expiry_notification=reminder(2, 3), award_type=2
    )
    assert b'"AwardType":2' in encode(body)


@given(day=st.integers(-5, 1005), week=st.none() | st.integers(-5, 1005), month=st.none() | st.integers(-5, 1005))
def test_a_relative_expiry_has_exactly_one_part_from_1_to_999(day: int, week: int | None, month: int | None) -> None:
    new = new_award(expiry_calculation=expiry(3, day=day, week=week, month=month))
    if (week, month) == (None, None) and 1 <= day <= 999:
        assert AwardService().create(new).body == new
    else:
        with pytest.raises(InvalidArgument, match="until expiry”"):
            AwardService().create(new)


@given(day=st.integers(-1, 33), month=st.integers(-1, 14), year=st.integers(-1, 10_001))
def test_a_fixed_expiry_is_a_day_of_the_calendar(day: int, month: int, year: int) -> None:
    new = new_award(expiry_calculation=expiry(2, day=day, month=month, year=year))
    try:
        datetime(year, month, day)
    except ValueError:
        with pytest.raises(InvalidArgument, match="of expiry”"):
            AwardService().create(new)
    else:
        assert AwardService().create(new).body == new


@given(st.text(max_size=140))
def test_a_title_is_sent_unchanged_or_named_as_wrong(title: str) -> None:
    if title.strip() and len(title) <= 128 and "\0" not in title:
        body: Any = AwardService().create(new_award(title=title)).body
        assert body.title == title
        assert encode(body)
    else:
        with pytest.raises(InvalidArgument, match="“Title”"):
            AwardService().create(new_award(title=title))
