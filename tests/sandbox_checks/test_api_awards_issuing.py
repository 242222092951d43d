"""Issuing awards of the stand-in, changing their dates, and revoking them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.sandbox.awards.permissions import EARN, award_permission
from tests.sandbox.models.awards import FIXED, RELATIVE, RELATIVE_DAY_OF_MONTH, Expiry
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, GRACE, INES, JUN, LINNEA, MAYA, OLIVER, ROSA, YUSUF
from tests.sandbox_checks.api_client import Api, Reply
from tests.sandbox_checks.award_bodies import issue_of

FIRE = f"bas/1.3/orgunits/{org.FIRE}/issued/"
NOW = "U2026-11-21T12:00:00.000"


@pytest.fixture
def api() -> Api:
    return Api()


def issue(api: Api, body: Any = None, caller: int = INES, query: dict[str, Any] | None = None) -> Reply:
    return api.send("POST", caller, FIRE, body=issue_of() if body is None else body, query=query)


def held(api: Api, person_id: int, **query: Any) -> list[dict[str, Any]]:
    objects: list[dict[str, Any]] = api.get(ADRIAN, f"bas/1.3/issued/users/{person_id}/", **query).value["Objects"]
    return objects


def test_an_issued_award_is_answered_and_read_by_its_holder(api: Api) -> None:
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


def test_an_award_is_issued_once(api: Api) -> None:
    assert issue(api).status == 201
    refused = issue(api)
    assert (refused.status, "already been issued" in refused.value["detail"]) == (400, True)


def test_issuing_again_follows_a_revocation_and_by_switch_an_expiry(api: Api) -> None:
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
    ("body", "caller", "status", "said"),
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
def test_what_cannot_be_issued_is_refused_and_leaves_no_trace(
    api: Api, body: Any, caller: int, status: int, said: str
) -> None:
    reply = issue(api, body, caller)
    assert reply.status == status
    assert said in reply.value["detail"]
    assert api.world.awards.newly_issued == {}


def test_a_type_the_recipient_cannot_earn_is_403(api: Api) -> None:
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
def test_expiry_counts_from_now_or_by_wish_from_the_issue_date(
    api: Api, expiry: Expiry, from_now: str | None, from_issue: str | None
) -> None:
    api.world.awards.awards[cat.KINDNESS].expiry = expiry
    body = issue_of(IssuedDate="2024-01-31T08:15:00.500Z")
    first = issue(api, body).value
    assert (first["IssuedDate"], first["ExpiryDate"]) == ("U2024-01-31T08:15:00.500", from_now)
    second = issue(api, {**body, "IssuedToUserId": YUSUF}, query={"useIssueDateToCalcExpiry": "true"}).value
    assert second["ExpiryDate"] == from_issue


def test_an_expiry_beyond_the_calendar_is_refused(api: Api) -> None:
    body = issue_of(cat.FIRE_WARDEN, YUSUF, IssuedDate="9999-12-31T00:00:00.000Z")
    assert issue(api, body, query={"useIssueDateToCalcExpiry": 1}).status == 400


def test_the_credit_is_that_of_the_association_when_issued(api: Api) -> None:
    made = issue(api, issue_of(cat.FIRE_WARDEN, YUSUF)).value
    assert made["Credit"] == 5.0
    association = api.get(INES, f"bas/1.3/orgunits/{org.FIRE}/associations/").value["Objects"][0]["AssociationId"]
    path = f"bas/1.3/orgunits/{org.FIRE}/associations/{association}"
    assert api.send("PUT", INES, path, body={"Credit": 9, "HiddenAward": False}).value["Credit"] == 9.0
    assert [one["Credit"] for one in held(api, YUSUF) if one["IssuedId"] == made["IssuedId"]] == [5.0]
    assert api.send("DELETE", INES, path).status == 200
    assert made["IssuedId"] in [one["IssuedId"] for one in held(api, YUSUF)]


def test_an_update_sets_both_dates_and_null_erases_the_expiry(api: Api) -> None:
    issued = held(api, LINNEA, orgUnitId=org.FIRE)[0]
    path = f"{FIRE}{issued['IssuedId']}"
    dates = {"IssuedDate": "2026-01-02T03:04:05.006Z", "ExpiryDate": "2027-01-02T03:04:05.006Z"}
    reply = api.send("PUT", INES, path, body=dates)
    assert (reply.value["IssuedDate"], reply.value["ExpiryDate"]) == (
        "U2026-01-02T03:04:05.006",
        "U2027-01-02T03:04:05.006",
    )
    assert reply.value in held(api, LINNEA)
    assert api.send("PUT", INES, path, body={**dates, "ExpiryDate": None}).value["ExpiryDate"] is None


def test_an_update_is_refused_for_wrong_dates_callers_and_courses(api: Api) -> None:
    issued = held(api, LINNEA, orgUnitId=org.FIRE)[0]["IssuedId"]
    dates = {"IssuedDate": "2026-01-02T03:04:05.006Z", "ExpiryDate": None}
    for change in ({"IssuedDate": None}, {"IssuedDate": "2026-01-02"}, {"ExpiryDate": "soon"}):
        assert api.send("PUT", INES, f"{FIRE}{issued}", body={**dates, **change}).status == 400
    assert api.send("PUT", ANA, f"{FIRE}{issued}", body=dates).status == 403
    assert api.send("PUT", INES, f"{FIRE}1", body=dates).status == 404
    elsewhere = f"bas/1.3/orgunits/{org.SEPSIS}/issued/{issued}"
    assert api.send("PUT", INES, elsewhere, body=dates).status == 404


def test_a_revoked_award_disappears_and_cannot_be_revoked_or_changed_again(api: Api) -> None:
    issued = held(api, JUN, orgUnitId=org.FIRE)[0]["IssuedId"]
    path = f"bas/1.3/issued/{issued}"
    assert api.send("DELETE", INES, path).status == 200
    assert issued not in [one["IssuedId"] for one in held(api, JUN, includeExpired=1)]
    assert api.send("DELETE", INES, path).status == 400
    dates = {"IssuedDate": "2026-01-02T03:04:05.006Z", "ExpiryDate": None}
    assert api.send("PUT", INES, f"{FIRE}{issued}", body=dates).status == 410


def test_revoking_needs_the_right_in_some_role_and_an_award(api: Api) -> None:
    issued = held(api, ROSA)[0]["IssuedId"]
    for caller in (ANA, MAYA, ROSA):
        assert api.send("DELETE", caller, f"bas/1.3/issued/{issued}").status == 403
    assert api.send("DELETE", INES, "bas/1.3/issued/12").status == 404
    assert api.send("DELETE", GRACE, f"bas/1.3/issued/{issued}").status == 200


def test_another_persons_awards_need_a_right_of_the_organisation(api: Api) -> None:
    for caller in (MAYA, INES, ADRIAN, ANA):
        assert api.get(caller, f"bas/1.3/issued/users/{ANA}/").status == 200
    refused = api.get(ANA, f"bas/1.3/issued/users/{LINNEA}/")
    assert (refused.status, "orgUnitId: 6605" in refused.value["detail"]) == (403, True)
    assert api.get(MAYA, "bas/1.3/issued/users/999999/").status == 403


def test_a_persons_awards_are_filtered_searched_and_paged(api: Api) -> None:
    everything = held(api, JUN, includeExpired="true")
    dates = [one["IssuedDate"] for one in everything]
    assert (len(dates), dates) == (5, sorted(dates))
    assert len(held(api, JUN)) == 4
    assert {one["Award"]["AwardType"] for one in held(api, JUN, awardType="Certificate")} == {2}
    assert {one["OrgUnitId"] for one in held(api, JUN, search="fire")} == {org.FIRE}
    assert [len(page) for page in api.pages(MAYA, f"bas/1.3/issued/users/{JUN}/", limit=3)] == [3, 1]
    assert api.get(MAYA, f"bas/1.3/issued/users/{JUN}/", limit=0).status == 400


def test_a_course_the_person_is_not_enrolled_in_is_a_wrong_filter(api: Api) -> None:
    path = f"bas/1.3/issued/users/{OLIVER}/"
    assert api.get(MAYA, path, orgUnitId=org.INFECTION).status == 400
    assert api.get(MAYA, path, orgUnitId=org.FIRE).value["Objects"] == []


def test_what_can_be_revoked_is_listed_by_award_and_by_person(api: Api) -> None:
    base = f"bas/1.3/orgunits/{org.FIRE}/revocableawards/"
    listed = [award["AwardId"] for award in api.get(INES, base).value["Objects"]]
    assert listed == [cat.FIRE_WARDEN, cat.KINDNESS]
    assert api.get(INES, base, awardType="Badge", limit=1).value["Next"] is None
    of_jun = api.get(INES, f"{base}{JUN}/").value
    assert [one["IssuedToUserId"] for one in of_jun] == [JUN]
    assert len(api.get(INES, f"{base}{JUN}/", includeExpired="true").value) == 2
    assert api.get(INES, f"{base}{JUN}/", search="Fire Safety Essentials").value == []
    assert len(api.get(INES, f"{base}{JUN}/", search="warden").value) == 1
    assert api.send("DELETE", INES, f"bas/1.3/issued/{of_jun[0]['IssuedId']}").status == 200
    assert api.get(INES, f"{base}{JUN}/").value == []


def test_revocable_lists_are_refused_to_learners_and_for_strangers(api: Api) -> None:
    base = f"bas/1.3/orgunits/{org.FIRE}/revocableawards/"
    assert "Awards.RevokeBadges" in api.get(ANA, base).value["detail"]
    assert api.get(ANA, f"{base}{JUN}/").status == 403
    assert api.get(INES, f"{base}{MAYA}/").status == 404
    assert api.get(INES, base, awardType=9).status == 400
