"""Certificates by the id printed on them, and as PDF files."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from tests.sandbox.oauth.token_store import AccessToken
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, INES, JUN, LINNEA, MAYA, ROSA
from tests.sandbox_checks.api_client import ApiClient

BY_ID = "bas/1.3/issued/certificates/"


def held(api: ApiClient, person_id: int, award_id: int) -> dict[str, Any]:
    objects = api.get(MAYA, f"bas/1.3/issued/users/{person_id}/").value["Objects"]
    issued: dict[str, Any] = next(each for each in objects if each["Award"]["AwardId"] == award_id)
    return issued


def test_certificates_have_text_ids_and_badges_have_none(api: ApiClient) -> None:
    assert isinstance(held(api, ANA, cat.FIRE_WARDEN)["CertificateId"], str)
    assert held(api, ANA, cat.HAND_HYGIENE)["CertificateId"] is None
    ids = [issued.certificate_id for person in api.world.people for issued in api.world.issued_to(person)]
    assert len(ids) == len(set(ids)) > 50


def test_certificate_is_found_by_id_by_its_owner_and_by_downloaders(api: ApiClient) -> None:
    issued = held(api, ANA, cat.FIRE_WARDEN)
    for caller in (ANA, MAYA, INES, ADRIAN):
        reply = api.get(caller, BY_ID + issued["CertificateId"])
        assert (reply.status, reply.value) == (200, issued)


@pytest.mark.parametrize("certificate_id", ["NONE-0000-00000000", "zz", "4", "D652-5220-0x4F643A", "-"])
def test_unknown_certificate_is_404(api: ApiClient, certificate_id: str) -> None:
    assert api.get(ADRIAN, BY_ID + certificate_id).status == 404


def test_another_learners_certificate_is_404_revoked_or_not(api: ApiClient) -> None:
    issued = held(api, ANA, cat.FIRE_WARDEN)
    assert api.get(LINNEA, BY_ID + issued["CertificateId"]).status == 404
    assert api.get(LINNEA, f"{BY_ID}{issued['IssuedId']}/pdf").status == 404
    api.send("DELETE", INES, f"bas/1.3/issued/{issued['IssuedId']}")
    assert api.get(LINNEA, BY_ID + issued["CertificateId"]).status == 404
    for caller in (ANA, MAYA):
        assert api.get(caller, BY_ID + issued["CertificateId"]).status == 410
        assert api.get(caller, f"{BY_ID}{issued['IssuedId']}/pdf").status == 410


def test_seeded_revoked_certificate_is_410(api: ApiClient) -> None:
    revoked = next(issued for issued in api.world.issued_to(ROSA) if issued.is_revoked)
    assert api.get(ROSA, BY_ID + revoked.certificate_id).status == 410


def test_certificates_by_id_need_version_1_3(api: ApiClient) -> None:
    issued = held(api, ANA, cat.FIRE_WARDEN)
    for path in (issued["CertificateId"], f"{issued['IssuedId']}/pdf"):
        assert api.get(ANA, f"bas/1.2/issued/certificates/{path}").status == 404
        assert api.get(ANA, f"bas/1.3/issued/certificates/{path}").status == 200


def test_certificates_have_a_scope_of_their_own(api: ApiClient) -> None:
    issued = held(api, ANA, cat.FIRE_WARDEN)
    scopes = frozenset({"awards:certificate:read"})
    api.state.tokens.add(AccessToken("token-of-201", "client", ANA, scopes, time.time() + 60, "t"), None)
    assert api.get(ANA, BY_ID + issued["CertificateId"]).status == 200
    assert api.get(ANA, f"{BY_ID}{issued['IssuedId']}/pdf").status == 200
    assert api.get(ANA, f"bas/1.3/issued/users/{ANA}/").status == 403


def test_certificate_pdf_is_valid_and_has_name_and_dates(api: ApiClient) -> None:
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


def test_certificate_pdf_exists_for_certificates_only(api: ApiClient) -> None:
    badge = held(api, ANA, cat.HAND_HYGIENE)["IssuedId"]
    assert api.get(ANA, f"{BY_ID}{badge}/pdf").status == 404
    assert api.get(ANA, f"{BY_ID}1/pdf").status == 404
