"""Issuing awards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.sandbox.awards.permissions import EARN, award_permission
from tests.sandbox.models.awards import FIXED, RELATIVE, RELATIVE_DAY_OF_MONTH, Expiry
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, GRACE, INES, MAYA, YUSUF
from tests.sandbox_checks.api_client import ApiClient, Reply
from tests.sandbox_checks.awards.bodies import issue_of

FIRE = f"bas/1.3/orgunits/{org.FIRE}/issued/"
NOW = "U2026-11-21T12:00:00.000"


def issue(api: ApiClient, body: Any = None, caller: int = INES, query: dict[str, Any] | None = None) -> Reply:
    return api.send("POST", caller, FIRE, body=issue_of() if body is None else body, query=query)


def held(api: ApiClient, person_id: int, **query: Any) -> list[dict[str, Any]]:
    objects: list[dict[str, Any]] = api.get(ADRIAN, f"bas/1.3/issued/users/{person_id}/", **query).value["Objects"]
    return objects


def test_issued_award_is_returned_and_read_by_its_holder(api: ApiClient) -> None:
    reply = issue(api)
    assert reply.status == 201
    assert set(reply.value) == {
        "IssuedId",
        "OrgUnitId",
        "Criteria",
        "Evidence",
        "IssuedDate",
        "ExpiryDate",
        "IssuedByUserId",
        "IssuedToUserId",
        "Credit",
        "Share",
        "Award",
        "CertificateId",
    }
    assert (reply.value["IssuedByUserId"], reply.value["IssuedToUserId"]) == (INES, ANA)
    assert (reply.value["IssuedDate"], reply.value["ExpiryDate"], reply.value["CertificateId"]) == (NOW, None, None)
    assert reply.value in api.get(ANA, f"bas/1.3/issued/users/{ANA}/").value["Objects"]
    counts = api.get(INES, f"bas/1.3/orgunits/{org.FIRE}/classlist/users/{ANA}").value["TotalAwardCount"]
    assert counts == 2


def test_award_is_issued_once(api: ApiClient) -> None:
    assert issue(api).status == 201
    refused = issue(api)
    assert (refused.status, "already been issued" in refused.value["detail"]) == (400, True)


def test_award_is_issued_again_after_revocation_and_by_switch_after_expiry(api: ApiClient) -> None:
    first = issue(api).value
    assert api.send("DELETE", INES, f"bas/1.3/issued/{first['IssuedId']}").status == 200
    second = issue(api).value
    assert second["IssuedId"] != first["IssuedId"]
    dates = {"IssuedDate": "2026-01-01T00:00:00.000Z", "ExpiryDate": "2026-02-01T00:00:00.000Z"}
    assert api.send("PUT", INES, f"{FIRE}{second['IssuedId']}", body=dates).status == 200
    assert issue(api).status == 400
    api.world.switches.award_reissue = "after_expiry"
    assert issue(api).status == 201
    assert issue(api).status == 400


@pytest.mark.parametrize(
    ("body", "caller", "status", "detail"),
    [
        (issue_of(cat.TEAM_LEADER), INES, 400, "not associated"),
        (issue_of(person_id=999_999), INES, 400, "not enrolled"),
        (issue_of(person_id=MAYA), INES, 400, "not enrolled"),
        (issue_of(99_999), INES, 404, ""),
        (issue_of(cat.OLD_AWARD), INES, 404, ""),
        (issue_of(person_id=GRACE), INES, 403, "Awards.EarnBadges"),
        (issue_of(person_id=INES), INES, 403, "Awards.IssueBadges"),
        (issue_of(), ANA, 403, "Awards.IssueBadges"),
        (issue_of(), MAYA, 403, "Awards.SeeBadges"),
        (issue_of(Criteria=""), INES, 400, "Criteria"),
        (issue_of(Criteria=None), INES, 400, "Criteria"),
        (issue_of(Evidence=""), INES, 400, "Evidence"),
        (issue_of(Evidence=7), INES, 400, "Evidence"),
        (issue_of(IssuedDate="2026-01-01T00:00:00Z"), INES, 400, "IssuedDate"),
        (issue_of(IssuedDate="U2026-01-01T00:00:00.000"), INES, 400, "IssuedDate"),
        (issue_of(person_id="201"), INES, 400, "IssuedToUserId"),  # type: ignore[arg-type]
        ([], INES, 400, "IssuedAwardCreate"),
    ],
)
def test_refused_issue_issues_nothing(api: ApiClient, body: Any, caller: int, status: int, detail: str) -> None:
    reply = issue(api, body, caller)
    assert reply.status == status
    assert detail in reply.value["detail"]
    assert api.world.awards.newly_issued == {}


def test_issue_of_a_type_the_recipient_cannot_earn_is_403(api: ApiClient) -> None:
    learner = api.world.roles["learner"]
    api.world.roles["learner"] = replace(learner, permissions=learner.permissions - {award_permission(EARN, 1)})
    assert issue(api).status == 403
    assert issue(api, issue_of(cat.FIRE_WARDEN, YUSUF)).status == 201


@pytest.mark.parametrize(
    ("expiry", "from_now", "from_issue"),
    [
        (Expiry(), None, None),
        (Expiry(RELATIVE, day=10), "U2026-12-01T12:00:00.000", "U2024-02-10T08:15:00.500"),
        (Expiry(RELATIVE, week=2), "U2026-12-05T12:00:00.000", "U2024-02-14T08:15:00.500"),
        (Expiry(RELATIVE, month=1), "U2026-12-21T12:00:00.000", "U2024-02-29T08:15:00.500"),
        (Expiry(RELATIVE, year=1), "U2027-11-21T12:00:00.000", "U2025-01-31T08:15:00.500"),
        (Expiry(RELATIVE_DAY_OF_MONTH, day=31, month=1), "U2026-12-31T12:00:00.000", "U2024-02-29T08:15:00.500"),
        (Expiry(RELATIVE_DAY_OF_MONTH, day=5, month=14), "U2028-01-05T12:00:00.000", "U2025-03-05T08:15:00.500"),
        (Expiry(FIXED, day=1, month=3, year=2020), "U2020-03-01T00:00:00.000", "U2020-03-01T00:00:00.000"),
    ],
)
def test_expiry_counts_from_now_or_from_the_issue_date(
    api: ApiClient, expiry: Expiry, from_now: str | None, from_issue: str | None
) -> None:
    api.world.awards.awards[cat.KINDNESS].expiry = expiry
    body = issue_of(IssuedDate="2024-01-31T08:15:00.500Z")
    first = issue(api, body).value
    assert (first["IssuedDate"], first["ExpiryDate"]) == ("U2024-01-31T08:15:00.500", from_now)
    second = issue(api, {**body, "IssuedToUserId": YUSUF}, query={"useIssueDateToCalcExpiry": "true"}).value
    assert second["ExpiryDate"] == from_issue


def test_expiry_after_the_last_date_is_refused(api: ApiClient) -> None:
    body = issue_of(cat.FIRE_WARDEN, YUSUF, IssuedDate="9999-12-31T00:00:00.000Z")
    assert issue(api, body, query={"useIssueDateToCalcExpiry": 1}).status == 400


def test_credit_of_an_issued_award_is_the_associations_when_issued(api: ApiClient) -> None:
    made = issue(api, issue_of(cat.FIRE_WARDEN, YUSUF)).value
    assert made["Credit"] == 5.0
    association = api.get(INES, f"bas/1.3/orgunits/{org.FIRE}/associations/").value["Objects"][0]["AssociationId"]
    path = f"bas/1.3/orgunits/{org.FIRE}/associations/{association}"
    assert api.send("PUT", INES, path, body={"Credit": 9, "HiddenAward": False}).value["Credit"] == 9.0
    assert [issued["Credit"] for issued in held(api, YUSUF) if issued["IssuedId"] == made["IssuedId"]] == [5.0]
    assert api.send("DELETE", INES, path).status == 200
    assert made["IssuedId"] in [issued["IssuedId"] for issued in held(api, YUSUF)]
