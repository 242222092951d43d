"""Certificates by their own id and as PDF files, and awards on profiles."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from tests.sandbox.oauth.token_store import AccessToken
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, INES, JUN, LINNEA, MAYA, PRIYA, ROSA
from tests.sandbox_checks.api_client import Api

BY_ID = "bas/1.3/issued/certificates/"


@pytest.fixture
def api() -> Api:
    return Api()


def held(api: Api, person_id: int, award_id: int) -> dict[str, Any]:
    objects = api.get(MAYA, f"bas/1.3/issued/users/{person_id}/").value["Objects"]
    found: dict[str, Any] = next(one for one in objects if one["Award"]["AwardId"] == award_id)
    return found


def test_certificates_have_text_ids_and_badges_none(api: Api) -> None:
    assert isinstance(held(api, ANA, cat.FIRE_WARDEN)["CertificateId"], str)
    assert held(api, ANA, cat.HAND_HYGIENE)["CertificateId"] is None
    every = [one.certificate_id for person in api.world.people for one in api.world.issued_to(person)]
    assert len(every) == len(set(every)) > 50


def test_a_certificate_is_found_by_its_id_by_owner_and_downloader(api: Api) -> None:
    issued = held(api, ANA, cat.FIRE_WARDEN)
    for caller in (ANA, MAYA, INES, ADRIAN):
        reply = api.get(caller, BY_ID + issued["CertificateId"])
        assert (reply.status, reply.value) == (200, issued)


@pytest.mark.parametrize("wanted", ["NONE-0000-00000000", "zz", "4", "D652-5220-0x4F643A", "-"])
def test_an_unknown_certificate_is_404(api: Api, wanted: str) -> None:
    assert api.get(ADRIAN, BY_ID + wanted).status == 404


def test_another_learners_certificate_is_404_also_when_it_is_revoked(api: Api) -> None:
    issued = held(api, ANA, cat.FIRE_WARDEN)
    assert api.get(LINNEA, BY_ID + issued["CertificateId"]).status == 404
    assert api.get(LINNEA, f"{BY_ID}{issued['IssuedId']}/pdf").status == 404
    api.send("DELETE", INES, f"bas/1.3/issued/{issued['IssuedId']}")
    assert api.get(LINNEA, BY_ID + issued["CertificateId"]).status == 404
    for caller in (ANA, MAYA):
        assert api.get(caller, BY_ID + issued["CertificateId"]).status == 410
        assert api.get(caller, f"{BY_ID}{issued['IssuedId']}/pdf").status == 410


def test_a_revoked_certificate_of_the_seeds_is_gone(api: Api) -> None:
    revoked = next(one for one in api.world.issued_to(ROSA) if one.is_revoked)
    assert api.get(ROSA, BY_ID + revoked.certificate_id).status == 410


def test_certificates_by_id_need_version_1_3(api: Api) -> None:
    issued = held(api, ANA, cat.FIRE_WARDEN)
    for path in (issued["CertificateId"], f"{issued['IssuedId']}/pdf"):
        assert api.get(ANA, f"bas/1.2/issued/certificates/{path}").status == 404
        assert api.get(ANA, f"bas/1.3/issued/certificates/{path}").status == 200


def test_certificates_have_a_scope_of_their_own(api: Api) -> None:
    issued = held(api, ANA, cat.FIRE_WARDEN)
    scopes = frozenset({"awards:certificate:read"})
    api.state.tokens.add(AccessToken("token-of-201", "client", ANA, scopes, time.time() + 60, "t"), None)
    assert api.get(ANA, BY_ID + issued["CertificateId"]).status == 200
    assert api.get(ANA, f"{BY_ID}{issued['IssuedId']}/pdf").status == 200
    assert api.get(ANA, f"bas/1.3/issued/users/{ANA}/").status == 403


def test_the_pdf_is_a_whole_one_with_name_and_dates(api: Api) -> None:
    issued = held(api, JUN, cat.FIRE_WARDEN)
    reply = api.get(MAYA, f"{BY_ID}{issued['IssuedId']}/pdf")
    assert reply.headers["Content-Disposition"].startswith('attachment; filename="Fire Warden Certificate.pdf"')
    content = reply.value
    assert b"Jun Mori" in content
    assert issued["CertificateId"].encode() in content
    table = int(content.rsplit(b"startxref\n", 1)[1].split()[0])
    starts = [int(entry) for entry in re.findall(rb"(\d{10}) 00000 n", content[table:])]
    assert [content[start:].split(b" obj")[0] for start in starts] == [b"%d 0" % n for n in range(1, 6)]
    stated = int(re.findall(rb"/Length (\d+)", content)[0])
    assert len(content.split(b"stream\n")[1].split(b"\nend")[0]) == stated


def test_a_pdf_is_for_certificates_only(api: Api) -> None:
    badge = held(api, ANA, cat.HAND_HYGIENE)["IssuedId"]
    assert api.get(ANA, f"{BY_ID}{badge}/pdf").status == 404
    assert api.get(ANA, f"{BY_ID}1/pdf").status == 404


def test_an_award_is_shared_once_and_taken_back_once(api: Api) -> None:
    issued = held(api, ANA, cat.HAND_HYGIENE)
    path = f"bas/1.3/issued/{issued['IssuedId']}/sharing/profile"
    assert issued["Share"]["SentToProfile"] is False
    assert [api.send("PUT", ANA, path).status for _ in range(2)] == [201, 400]
    assert held(api, ANA, cat.HAND_HYGIENE)["Share"]["SentToProfile"] is True
    assert [api.send("DELETE", ANA, path).status for _ in range(2)] == [200, 400]
    assert held(api, ANA, cat.HAND_HYGIENE)["Share"]["SentToProfile"] is False


def test_somebody_elses_award_is_404_and_a_revoked_one_400(api: Api) -> None:
    path = f"bas/1.3/issued/{held(api, PRIYA, cat.INFECTION_CHAMPION)['IssuedId']}/sharing/profile"
    assert api.send("PUT", ANA, path).status == 404
    assert api.send("DELETE", MAYA, path).status == 404
    assert api.send("PUT", PRIYA, path).status == 400
    revoked = next(one.issued_id for one in api.world.issued_to(ROSA) if one.is_revoked)
    assert api.send("PUT", ROSA, f"bas/1.3/issued/{revoked}/sharing/profile").status == 400
    assert api.send("PUT", ROSA, "bas/1.3/issued/1/sharing/profile").status == 404


def test_without_profile_integration_nothing_can_be_shared(api: Api) -> None:
    api.world.switches.profile_integration = False
    issued = held(api, ANA, cat.HAND_HYGIENE)
    assert issued["Share"]["WithProfile"] is False
    assert api.send("PUT", ANA, f"bas/1.3/issued/{issued['IssuedId']}/sharing/profile").status == 403
