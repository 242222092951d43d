"""Sharing awards on profiles."""

from __future__ import annotations

from typing import Any

from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds.demo_people import ANA, MAYA, PRIYA, ROSA
from tests.sandbox_checks.api_client import ApiClient


def held(api: ApiClient, person_id: int, award_id: int) -> dict[str, Any]:
    objects = api.get(MAYA, f"bas/1.3/issued/users/{person_id}/").value["Objects"]
    issued: dict[str, Any] = next(each for each in objects if each["Award"]["AwardId"] == award_id)
    return issued


def test_award_is_shared_once_and_unshared_once(api: ApiClient) -> None:
    issued = held(api, ANA, cat.HAND_HYGIENE)
    path = f"bas/1.3/issued/{issued['IssuedId']}/sharing/profile"
    assert issued["Share"]["SentToProfile"] is False
    assert [api.send("PUT", ANA, path).status for _ in range(2)] == [201, 400]
    assert held(api, ANA, cat.HAND_HYGIENE)["Share"]["SentToProfile"] is True
    assert [api.send("DELETE", ANA, path).status for _ in range(2)] == [200, 400]
    assert held(api, ANA, cat.HAND_HYGIENE)["Share"]["SentToProfile"] is False


def test_sharing_somebody_elses_award_is_404_and_a_revoked_one_400(api: ApiClient) -> None:
    path = f"bas/1.3/issued/{held(api, PRIYA, cat.INFECTION_CHAMPION)['IssuedId']}/sharing/profile"
    assert api.send("PUT", ANA, path).status == 404
    assert api.send("DELETE", MAYA, path).status == 404
    assert api.send("PUT", PRIYA, path).status == 400
    revoked = next(issued.issued_id for issued in api.world.issued_to(ROSA) if issued.is_revoked)
    assert api.send("PUT", ROSA, f"bas/1.3/issued/{revoked}/sharing/profile").status == 400
    assert api.send("PUT", ROSA, "bas/1.3/issued/1/sharing/profile").status == 404


def test_sharing_is_refused_without_profile_integration(api: ApiClient) -> None:
    api.world.switches.profile_integration = False
    issued = held(api, ANA, cat.HAND_HYGIENE)
    assert issued["Share"]["WithProfile"] is False
    assert api.send("PUT", ANA, f"bas/1.3/issued/{issued['IssuedId']}/sharing/profile").status == 403
