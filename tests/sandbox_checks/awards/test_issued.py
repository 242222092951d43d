"""Issued awards: listing, changing and revoking them."""

from __future__ import annotations

from typing import Any

from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, GRACE, INES, JUN, LINNEA, MAYA, OLIVER, ROSA
from tests.sandbox_checks.api_client import ApiClient

FIRE = f"bas/1.3/orgunits/{org.FIRE}/issued/"


def held(api: ApiClient, person_id: int, **query: Any) -> list[dict[str, Any]]:
    objects: list[dict[str, Any]] = api.get(ADRIAN, f"bas/1.3/issued/users/{person_id}/", **query).value["Objects"]
    return objects


def test_update_of_an_issued_award_sets_both_dates_and_null_removes_the_expiry(api: ApiClient) -> None:
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


def test_update_of_an_issued_award_is_refused_for_wrong_dates_callers_and_courses(api: ApiClient) -> None:
    issued = held(api, LINNEA, orgUnitId=org.FIRE)[0]["IssuedId"]
    dates = {"IssuedDate": "2026-01-02T03:04:05.006Z", "ExpiryDate": None}
    for change in ({"IssuedDate": None}, {"IssuedDate": "2026-01-02"}, {"ExpiryDate": "soon"}):
        assert api.send("PUT", INES, f"{FIRE}{issued}", body={**dates, **change}).status == 400
    assert api.send("PUT", ANA, f"{FIRE}{issued}", body=dates).status == 403
    assert api.send("PUT", INES, f"{FIRE}1", body=dates).status == 404
    elsewhere = f"bas/1.3/orgunits/{org.SEPSIS}/issued/{issued}"
    assert api.send("PUT", INES, elsewhere, body=dates).status == 404


def test_revoked_award_is_not_listed_and_cannot_be_changed(api: ApiClient) -> None:
    issued = held(api, JUN, orgUnitId=org.FIRE)[0]["IssuedId"]
    path = f"bas/1.3/issued/{issued}"
    assert api.send("DELETE", INES, path).status == 200
    assert issued not in [award["IssuedId"] for award in held(api, JUN, includeExpired=1)]
    assert api.send("DELETE", INES, path).status == 400
    dates = {"IssuedDate": "2026-01-02T03:04:05.006Z", "ExpiryDate": None}
    assert api.send("PUT", INES, f"{FIRE}{issued}", body=dates).status == 410


def test_revoking_needs_the_permission_in_some_role_and_an_existing_award(api: ApiClient) -> None:
    issued = held(api, ROSA)[0]["IssuedId"]
    for caller in (ANA, MAYA, ROSA):
        assert api.send("DELETE", caller, f"bas/1.3/issued/{issued}").status == 403
    assert api.send("DELETE", INES, "bas/1.3/issued/12").status == 404
    assert api.send("DELETE", GRACE, f"bas/1.3/issued/{issued}").status == 200


def test_awards_of_another_person_need_a_permission_of_the_organisation(api: ApiClient) -> None:
    for caller in (MAYA, INES, ADRIAN, ANA):
        assert api.get(caller, f"bas/1.3/issued/users/{ANA}/").status == 200
    refused = api.get(ANA, f"bas/1.3/issued/users/{LINNEA}/")
    assert (refused.status, "orgUnitId: 6605" in refused.value["detail"]) == (403, True)
    assert api.get(MAYA, "bas/1.3/issued/users/999999/").status == 403


def test_awards_of_a_person_are_filtered_searched_and_paged(api: ApiClient) -> None:
    everything = held(api, JUN, includeExpired="true")
    dates = [award["IssuedDate"] for award in everything]
    assert (len(dates), dates) == (5, sorted(dates))
    assert len(held(api, JUN)) == 4
    assert {award["Award"]["AwardType"] for award in held(api, JUN, awardType="Certificate")} == {2}
    assert {award["OrgUnitId"] for award in held(api, JUN, search="fire")} == {org.FIRE}
    assert [len(page) for page in api.pages(MAYA, f"bas/1.3/issued/users/{JUN}/", limit=3)] == [3, 1]
    assert api.get(MAYA, f"bas/1.3/issued/users/{JUN}/", limit=0).status == 400


def test_awards_of_a_person_in_a_course_they_are_not_enrolled_in_are_400(api: ApiClient) -> None:
    path = f"bas/1.3/issued/users/{OLIVER}/"
    assert api.get(MAYA, path, orgUnitId=org.INFECTION).status == 400
    assert api.get(MAYA, path, orgUnitId=org.FIRE).value["Objects"] == []


def test_revocable_awards_are_listed_by_award_and_by_person(api: ApiClient) -> None:
    base = f"bas/1.3/orgunits/{org.FIRE}/revocableawards/"
    award_ids = [award["AwardId"] for award in api.get(INES, base).value["Objects"]]
    assert award_ids == [cat.FIRE_WARDEN, cat.KINDNESS]
    assert api.get(INES, base, awardType="Badge", limit=1).value["Next"] is None
    of_jun = api.get(INES, f"{base}{JUN}/").value
    assert [award["IssuedToUserId"] for award in of_jun] == [JUN]
    assert len(api.get(INES, f"{base}{JUN}/", includeExpired="true").value) == 2
    assert api.get(INES, f"{base}{JUN}/", search="Fire Safety Essentials").value == []
    assert len(api.get(INES, f"{base}{JUN}/", search="warden").value) == 1
    assert api.send("DELETE", INES, f"bas/1.3/issued/{of_jun[0]['IssuedId']}").status == 200
    assert api.get(INES, f"{base}{JUN}/").value == []


def test_revocable_awards_are_refused_to_learners_and_404_for_people_outside(api: ApiClient) -> None:
    base = f"bas/1.3/orgunits/{org.FIRE}/revocableawards/"
    assert "Awards.RevokeBadges" in api.get(ANA, base).value["detail"]
    assert api.get(ANA, f"{base}{JUN}/").status == 403
    assert api.get(INES, f"{base}{MAYA}/").status == 404
    assert api.get(INES, base, awardType=9).status == 400
