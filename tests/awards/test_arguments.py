"""The document's limits: what lies outside is refused by field before any call, what lies on them goes out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.schemas import (
    AssociationUpdate,
    AwardType,
    ClasslistSort,
    ExpiryType,
    NotificationType,
)
from awards.services import (
    AssociationService,
    AwardClasslistService,
    AwardCreditService,
    AwardService,
    CertificateTemplateService,
    IconService,
    IssuedAwardService,
)
from portal.brightspace.codec.fields import InvalidArgument
from tests.awards.calls import award, change, dates, new_issue, use
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA

FIRE, NAIVE = org.FIRE, datetime(2026, 1, 1)
BEFORE_ALL_TIME = datetime.min.replace(tzinfo=timezone(timedelta(hours=1)))


def test_ids_given_as_text_go_out_as_numbers() -> None:
    new: Any = IssuedAwardService().issue(FIRE, new_issue("812", "201")).body  # type: ignore[arg-type]
    attached: Any = AssociationService().associate(FIRE, use(award_id="812")).body

    assert (new.award_id, new.issued_to_user_id, attached.award_id) == (812, 201, 812)


def hide(credit: Any, hidden: Any = False) -> AssociationUpdate:
    return AssociationUpdate(credit=credit, hidden_award=hidden)


WRONG: list[tuple[str, Callable[[], Any]]] = [
    ("Award", lambda: AssociationService().associate(FIRE, use(award_id=0))),
    ("Hidden", lambda: AssociationService().associate(FIRE, use(hidden_award=1))),
    ("Hidden", lambda: AssociationService().update(FIRE, 1, hide(1, None))),
    *(
        ("Credit", wanted)
        for credit in (0, -1, -0.5, float("nan"), float("inf"), "5", True)
        for wanted in (
            lambda credit=credit: AssociationService().associate(FIRE, use(credit=credit)),
            lambda credit=credit: AssociationService().update(FIRE, 1, hide(credit)),
        )
    ),
    ("Award", lambda: IssuedAwardService().issue(FIRE, new_issue(-1))),
    ("Person", lambda: IssuedAwardService().issue(FIRE, new_issue(person_id=2**53 + 1))),
    ("Criteria", lambda: IssuedAwardService().issue(FIRE, new_issue(criteria=""))),
    ("Criteria", lambda: IssuedAwardService().issue(FIRE, new_issue(criteria=None))),
    ("Criteria", lambda: IssuedAwardService().issue(FIRE, new_issue(criteria="x" * 2001))),
    ("Evidence", lambda: IssuedAwardService().issue(FIRE, new_issue(evidence=" "))),
    ("Evidence", lambda: IssuedAwardService().issue(FIRE, new_issue(evidence="x" * 2001))),
    ("Date of issue", lambda: IssuedAwardService().issue(FIRE, new_issue(issued_date=NAIVE))),
    ("Date of issue", lambda: IssuedAwardService().issue(FIRE, new_issue(issued_date="2026-01-01"))),
    ("Date of issue", lambda: IssuedAwardService().issue(FIRE, new_issue(issued_date=BEFORE_ALL_TIME))),
    ("Date of issue", lambda: IssuedAwardService().update(FIRE, 1, dates(issued_date=NAIVE))),
    ("Date of issue", lambda: IssuedAwardService().update(FIRE, 1, dates(issued_date=None))),
    ("Date of expiry", lambda: IssuedAwardService().update(FIRE, 1, dates(expiry_date=NAIVE))),
    ("Kind of award", lambda: AwardService().create(award(award_type=3))),
    ("Kind of award", lambda: AwardService().update(1, change(), award_type="Medal")),
    *(
        ("limit", wanted)
        for limit in (0, -1, 201, 1.5, True, None)
        for wanted in (
            lambda limit=limit: AwardService().awards(limit=limit),
            lambda limit=limit: AssociationService().in_org_unit(FIRE, limit=limit),
            lambda limit=limit: AssociationService().available_to_earn(limit=limit),
            lambda limit=limit: AssociationService().available_to_manage(FIRE, limit=limit),
            lambda limit=limit: AwardClasslistService().people(FIRE, limit=limit),
            lambda limit=limit: IssuedAwardService().issued_to(ANA, limit=limit),
            lambda limit=limit: IssuedAwardService().revocable_awards(FIRE, limit=limit),
            lambda limit=limit: IconService().icons(limit=limit),
            lambda limit=limit: CertificateTemplateService().templates(limit=limit),
        )
    ),
    ("offset", lambda: AwardService().awards(offset=-1)),
    ("offset", lambda: AwardClasslistService().people(FIRE, offset=2**31)),
    *(
        ("award type", wanted)
        for kind in (0, 3, "Medal", "", 1.0, True)
        for wanted in (
            lambda kind=kind: AwardService().awards(award_type=kind),
            lambda kind=kind: AwardClasslistService().person(FIRE, ANA, award_type=kind),
            lambda kind=kind: AwardCreditService().summary(award_type=kind),
            lambda kind=kind: IssuedAwardService().revocable_from(FIRE, ANA, award_type=kind),
        )
    ),
    ("sort field", lambda: AwardClasslistService().people(FIRE, sort_field="Age")),
    ("sort field", lambda: AwardClasslistService().person(FIRE, ANA, sort_field=5)),
    ("include expired", lambda: AwardClasslistService().people(FIRE, include_expired="yes")),  # type: ignore[arg-type]
    ("include expired", lambda: AwardCreditService().summary(include_expired=1)),  # type: ignore[arg-type]
    ("ascending", lambda: AwardClasslistService().people(FIRE, ascending="up")),  # type: ignore[arg-type]
    ("latest", lambda: AwardClasslistService().people(FIRE, latest=0)),  # type: ignore[arg-type]
    ("mine only", lambda: AssociationService().available_to_manage(FIRE, mine_only="x")),  # type: ignore[arg-type]
    (
        "expiry from date of issue",
        lambda: IssuedAwardService().issue(FIRE, new_issue(), expiry_from_issue_date="true"),  # type: ignore[arg-type]
    ),
    ("search", lambda: AwardService().awards(search=" ")),
    ("search", lambda: IconService().icons(search="\ud800")),
    ("sectionId", lambda: AwardClasslistService().people(FIRE, section_id=0)),
    ("orgUnitId", lambda: AwardCreditService().summary(org_unit_id=0)),
    ("orgUnitId", lambda: IssuedAwardService().issued_to(ANA, org_unit_id=-1)),
    ("orgUnitId", lambda: AssociationService().available_to_earn(org_unit_id=2**53 + 1)),
    ("orgUnitId", lambda: AssociationService().remove(0, 1)),
    ("associationId", lambda: AssociationService().association(FIRE, True)),
    ("awardId", lambda: AwardService().delete("1/../2")),  # type: ignore[arg-type]
    ("issuedId", lambda: IssuedAwardService().revoke(0)),
    ("userId", lambda: IssuedAwardService().issued_to(None)),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("field", "wanted"), WRONG)
def test_a_wrong_argument_is_named_and_nothing_is_sent(field: str, wanted: Callable[[], Any]) -> None:
    with pytest.raises(InvalidArgument) as told:
        wanted()

    assert f"“{field}”" in told.value.message
    assert told.value.message.endswith(".")


@pytest.mark.parametrize(
    "wanted",
    [
        lambda: AssociationService().associate(FIRE, use(credit=0.01)),
        lambda: AssociationService().associate(FIRE, use(credit=None, hidden_award=True)),
        lambda: IssuedAwardService().issue(FIRE, new_issue(criteria="x" * 2000, evidence="x" * 2000)),
        lambda: IssuedAwardService().issue(FIRE, new_issue(issued_date=datetime.max.replace(tzinfo=UTC))),
        lambda: IssuedAwardService().update(FIRE, 1, dates(expiry_date=dates().issued_date - timedelta(days=900))),
        lambda: AwardService().awards(limit=1, offset=2**31 - 1),
        lambda: AwardService().awards(limit=200, award_type="Badge"),
        lambda: AwardClasslistService().people(FIRE, sort_field=ClasslistSort.LAST_NAME),
    ],
)
def test_what_lies_on_the_limits_passes(wanted: Callable[[], Any]) -> None:
    assert wanted().endpoint.route.product == "bas"


KINDS = [AwardType, ClasslistSort, ExpiryType, NotificationType]


@pytest.mark.parametrize("kinds", KINDS)
def test_an_enumeration_has_the_documents_values(kinds: Any) -> None:
    documented = {
        AwardType: "Badge Certificate",
        ClasslistSort: "AwardCount FirstName LastName CreditScore",
        ExpiryType: "Never Fixed Relative RelativeDayOfMonth",
        NotificationType: "Days Weeks Months Years",
    }
    names = documented[kinds].split()
    assert [kind.name.replace("_", "").lower() for kind in kinds] == [name.lower() for name in names]
    assert [kind.value for kind in kinds] == list(range(1, len(names) + 1))


@given(st.sampled_from(["Badge", "badge", "BADGE", 1, AwardType.BADGE]))
def test_a_kind_may_be_asked_for_by_name_or_number(kind: Any) -> None:
    assert AwardService().awards(award_type=kind) == AwardService().awards(award_type=AwardType.BADGE)
