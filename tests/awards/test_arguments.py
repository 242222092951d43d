"""Arguments of the awards services: wrong ones are named before anything is sent, those at the limits are sent."""

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
from portal.brightspace import InvalidArgument
from tests.awards.blocks import award_update, issue_dates, new_association, new_award, new_issue
from tests.awards.seeded import FIRE
from tests.sandbox.seeds.demo_people import ANA

WITHOUT_TIME_ZONE = datetime(2026, 1, 1)
BEFORE_YEAR_1_IN_UTC = datetime.min.replace(tzinfo=timezone(timedelta(hours=1)))


def test_ids_given_as_text_are_sent_as_numbers() -> None:
    new: Any = IssuedAwardService().issue(FIRE, new_issue("812", "201")).body  # type: ignore[arg-type]
    attached: Any = AssociationService().associate(FIRE, new_association(award_id="812")).body

    assert (new.award_id, new.issued_to_user_id, attached.award_id) == (812, 201, 812)


def association_update(credit: Any, hidden: Any = False) -> AssociationUpdate:
    return AssociationUpdate(credit=credit, hidden_award=hidden)


# The field that the error names, and an action with a wrong value of it.
WRONG_ARGUMENTS: list[tuple[str, Callable[[], Any]]] = [
    ("Award", lambda: AssociationService().associate(FIRE, new_association(award_id=0))),
    ("Hidden", lambda: AssociationService().associate(FIRE, new_association(hidden_award=1))),
    ("Hidden", lambda: AssociationService().update(FIRE, 1, association_update(1, None))),
    *(
        ("Credit", action)
        for credit in (0, -1, -0.5, float("nan"), float("inf"), "5", True)
        for action in (
            lambda credit=credit: AssociationService().associate(FIRE, new_association(credit=credit)),
            lambda credit=credit: AssociationService().update(FIRE, 1, association_update(credit)),
        )
    ),
    ("Award", lambda: IssuedAwardService().issue(FIRE, new_issue(-1))),
    ("Person", lambda: IssuedAwardService().issue(FIRE, new_issue(person_id=2**53 + 1))),
    ("Criteria", lambda: IssuedAwardService().issue(FIRE, new_issue(criteria=""))),
    ("Criteria", lambda: IssuedAwardService().issue(FIRE, new_issue(criteria=None))),
    ("Criteria", lambda: IssuedAwardService().issue(FIRE, new_issue(criteria="x" * 2001))),
    ("Evidence", lambda: IssuedAwardService().issue(FIRE, new_issue(evidence=" "))),
    ("Evidence", lambda: IssuedAwardService().issue(FIRE, new_issue(evidence="x" * 2001))),
    ("Date of issue", lambda: IssuedAwardService().issue(FIRE, new_issue(issued_date=WITHOUT_TIME_ZONE))),
    ("Date of issue", lambda: IssuedAwardService().issue(FIRE, new_issue(issued_date="2026-01-01"))),
    ("Date of issue", lambda: IssuedAwardService().issue(FIRE, new_issue(issued_date=BEFORE_YEAR_1_IN_UTC))),
    ("Date of issue", lambda: IssuedAwardService().update(FIRE, 1, issue_dates(issued_date=WITHOUT_TIME_ZONE))),
    ("Date of issue", lambda: IssuedAwardService().update(FIRE, 1, issue_dates(issued_date=None))),
    ("Date of expiry", lambda: IssuedAwardService().update(FIRE, 1, issue_dates(expiry_date=WITHOUT_TIME_ZONE))),
    ("Kind of award", lambda: AwardService().create(new_award(award_type=3))),
    ("Kind of award", lambda: AwardService().update(1, award_update(), award_type="Medal")),
    *(
        ("limit", action)
        for limit in (0, -1, 201, 1.5, True, None)
        for action in (
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
        ("award type", action)
        for award_type in (0, 3, "Medal", "", 1.0, True)
        for action in (
            lambda award_type=award_type: AwardService().awards(award_type=award_type),
            lambda award_type=award_type: AwardClasslistService().person(FIRE, ANA, award_type=award_type),
            lambda award_type=award_type: AwardCreditService().summary(award_type=award_type),
            lambda award_type=award_type: IssuedAwardService().revocable_from(FIRE, ANA, award_type=award_type),
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


@pytest.mark.parametrize(("field", "action"), WRONG_ARGUMENTS)
def test_a_wrong_argument_is_named_and_nothing_is_sent(field: str, action: Callable[[], Any]) -> None:
    with pytest.raises(InvalidArgument) as excinfo:
        action()

    assert f"“{field}”" in excinfo.value.message
    assert excinfo.value.message.endswith(".")


@pytest.mark.parametrize(
    "action",
    [
        lambda: AssociationService().associate(FIRE, new_association(credit=0.01)),
        lambda: AssociationService().associate(FIRE, new_association(credit=None, hidden_award=True)),
        lambda: IssuedAwardService().issue(FIRE, new_issue(criteria="x" * 2000, evidence="x" * 2000)),
        lambda: IssuedAwardService().issue(FIRE, new_issue(issued_date=datetime.max.replace(tzinfo=UTC))),
        lambda: IssuedAwardService().update(
            FIRE, 1, issue_dates(expiry_date=issue_dates().issued_date - timedelta(days=900))
        ),
        lambda: AwardService().awards(limit=1, offset=2**31 - 1),
        lambda: AwardService().awards(limit=200, award_type="Badge"),
        lambda: AwardClasslistService().people(FIRE, sort_field=ClasslistSort.LAST_NAME),
    ],
)
def test_arguments_at_the_limits_are_accepted(action: Callable[[], Any]) -> None:
    assert action().endpoint.route.product == "bas"


@pytest.mark.parametrize("enumeration", [AwardType, ClasslistSort, ExpiryType, NotificationType])
def test_an_enumeration_has_the_values_of_the_document(enumeration: Any) -> None:
    documented = {
        AwardType: "Badge Certificate",
        ClasslistSort: "AwardCount FirstName LastName CreditScore",
        ExpiryType: "Never Fixed Relative RelativeDayOfMonth",
        NotificationType: "Days Weeks Months Years",
    }
    names = documented[enumeration].split()
    assert [member.name.replace("_", "").lower() for member in enumeration] == [name.lower() for name in names]
    assert [member.value for member in enumeration] == list(range(1, len(names) + 1))


@given(st.sampled_from(["Badge", "badge", "BADGE", 1, AwardType.BADGE]))
def test_an_award_type_is_given_by_name_or_number(award_type: Any) -> None:
    assert AwardService().awards(award_type=award_type) == AwardService().awards(award_type=AwardType.BADGE)
