"""Creating, changing and deleting awards."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, INES, MAYA
from tests.sandbox_checks.api_client import ApiClient, Reply
from tests.sandbox_checks.awards.bodies import BADGE, CERTIFICATE, ICON, NEVER, TEMPLATE

AWARDS = "bas/1.3/awards/"


def create(api: ApiClient, body: Any, caller: int = ADRIAN) -> Reply:
    return api.send("POST", caller, AWARDS, body=body)


def ids(reply: Reply) -> list[int]:
    return [award["AwardId"] for award in reply.value["Objects"]]


def test_new_badge_is_returned_and_read_back(api: ApiClient) -> None:
    reply = create(api, BADGE)
    assert reply.status == 201
    made = reply.value
    assert api.get(MAYA, f"{AWARDS}{made['AwardId']}").value == made
    assert set(made) == {
        "AwardId",
        "CreatedBy",
        "Title",
        "Description",
        "ExpiryCalculation",
        "ExpiryNotification",
        "IssuerName",
        "IssuerUrl",
        "IssuerContact",
        "AwardType",
        "CertificateData",
        "ImageData",
        "IsDeleted",
        "Criteria",
    }
    assert (made["AwardType"], made["CreatedBy"], made["CertificateData"]) == (1, ADRIAN, None)
    assert made["ImageData"]["Name"] == "moon.png"
    assert made["ImageData"]["Path"].startswith("http://sandbox.test/d2l/awards/")


def test_badge_has_no_certificate_even_when_one_is_sent(api: ApiClient) -> None:
    made = create(api, {**CERTIFICATE, "AwardType": "Badge"}).value
    assert made["CertificateData"] is None


def test_certificate_needs_a_template_and_has_it(api: ApiClient) -> None:
    assert create(api, CERTIFICATE).value["CertificateData"]["Name"] == "night.pdf"
    refused = create(api, {**BADGE, "AwardType": 2})
    assert refused.status == 400
    assert "Certificate" in refused.value["detail"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("AwardType", 3),
        ("AwardType", None),
        ("AwardType", True),
        ("Title", None),
        ("Title", "x" * 129),
        ("Description", None),
        ("Description", "x" * 513),
        ("IssuerName", None),
        ("IssuerName", "x" * 129),
        ("IssuerUrl", None),
        ("IssuerUrl", "ward7.example"),
        ("IssuerUrl", "javascript:alert(1)"),
        ("IssuerUrl", "https://[::bad"),
        ("IssuerUrl", "https://" + "x" * 121),
        ("IssuerContact", None),
        ("IssuerContact", "ward7"),
        ("IssuerContact", "a b@northfield.example"),
        ("IssuerContact", "x" * 120 + "@nhs.example"),
        ("Image", None),
        ("Image", {}),
        ("Image", {"Name": "moon.png"}),
        ("Image", {"Content": ICON}),
        ("Image", {"Name": "moon.png", "Content": "not base64!"}),
        ("Image", {"Name": "moon.exe", "Content": ICON}),
        ("Image", {"Name": "../moon.png", "Content": ICON}),
        ("Image", {"Name": "moon.gif", "Content": ICON}),
        ("Criteria", 7),
        ("ExpiryCalculation", None),
        ("ExpiryNotification", []),
    ],
)
def test_award_with_a_wrong_field_is_refused_by_name_and_not_created(api: ApiClient, field: str, value: Any) -> None:
    before = list(api.world.awards.awards)
    refused = create(api, {**BADGE, field: value})
    assert refused.status == 400
    assert field in refused.value["detail"]
    assert ids(api.get(ADRIAN, AWARDS)) == before


def test_texts_of_an_award_may_be_as_long_as_their_limits(api: ApiClient) -> None:
    longest = {
        "Title": "x" * 128,
        "Description": "x" * 512,
        "IssuerName": "x" * 128,
        "IssuerUrl": "https://" + "x" * 120,
        "IssuerContact": "x" * 109 + "@northfield.example",
    }
    made = create(api, {**BADGE, **longest})
    assert made.status == 201, made.value
    assert {name: made.value[name] for name in longest} == longest


def test_image_content_precedes_library_file_and_library_file_precedes_path(api: ApiClient) -> None:
    path = api.get(ADRIAN, "bas/1.3/library/icons/", search="shield").value["Objects"][0]["Path"]
    everything = {"Name": "own.png", "Content": ICON, "LibraryFileName": "Badge_Leaf.png", "FilePath": path}
    names = []
    for left_out in ((), ("Name", "Content"), ("Name", "Content", "LibraryFileName")):
        image = {name: None if name in left_out else value for name, value in everything.items()}
        names.append(create(api, {**BADGE, "Image": image}).value["ImageData"]["Name"])
    assert names == ["own.png", "Badge_Leaf.png", "Badge_Shield.png"]


def test_files_that_do_not_exist_are_404(api: ApiClient) -> None:
    for image in (
        {"LibraryFileName": "none.png"},
        {"FilePath": "https://elsewhere.example/x.png"},
        {"FilePath": "//[x"},
    ):
        assert create(api, {**BADGE, "Image": image}).status == 404
    template = {"LibraryFileName": "none.pdf"}
    assert create(api, {**CERTIFICATE, "Certificate": template}).status == 404


def test_path_of_an_awards_own_file_can_be_used_again(api: ApiClient) -> None:
    data = create(api, BADGE).value["ImageData"]
    assert create(api, {**BADGE, "Image": {"FilePath": data["Path"]}}).value["ImageData"] == data
    refused = create(api, {**CERTIFICATE, "Certificate": {"FilePath": data["Path"]}})
    assert (refused.status, "Certificate.FilePath" in refused.value["detail"]) == (400, True)


def test_award_update_replaces_everything_but_the_type(api: ApiClient) -> None:
    made = create(api, CERTIFICATE).value
    body = {
        **BADGE,
        "AwardType": 1,
        "Title": "Night Shift, revised",
        "ExpiryCalculation": {"ExpiryCalculationType": "Relative", "Week": 6},
        "Certificate": {"Name": "new.pdf", "Content": TEMPLATE},
    }
    reply = api.send("PUT", ADRIAN, f"{AWARDS}{made['AwardId']}", body=body)
    assert reply.status == 200
    assert api.get(ADRIAN, f"{AWARDS}{made['AwardId']}").value == reply.value
    assert (reply.value["Title"], reply.value["AwardType"]) == ("Night Shift, revised", 2)
    assert reply.value["CertificateData"]["Name"] == "new.pdf"
    assert reply.value["ExpiryCalculation"]["Week"] == 6


@pytest.mark.parametrize("criteria", [{}, {"Criteria": None}])
def test_criteria_stay_when_an_update_leaves_them_out(api: ApiClient, criteria: dict[str, Any]) -> None:
    made = create(api, BADGE).value
    body = {name: value for name, value in BADGE.items() if name != "Criteria"} | criteria
    reply = api.send("PUT", ADRIAN, f"{AWARDS}{made['AwardId']}", body=body)
    assert reply.value["Criteria"] == "Twenty nights."
    changed = api.send("PUT", ADRIAN, f"{AWARDS}{made['AwardId']}", body={**BADGE, "Criteria": "Thirty."})
    assert changed.value["Criteria"] == "Thirty."


def test_criteria_exist_since_version_1_2(api: ApiClient) -> None:
    api.state.versions["bas"] = ("1.0", "1.1", "1.2")
    assert api.get(ADRIAN, "bas/1.0/awards/").status == 404
    made = api.send("POST", ADRIAN, "bas/1.1/awards/", body=BADGE).value
    assert "Criteria" not in made
    assert api.get(ADRIAN, f"bas/1.2/awards/{made['AwardId']}").value["Criteria"] is None
    assert "Criteria" in api.get(ADRIAN, f"bas/unstable/awards/{made['AwardId']}").value


def test_refused_award_update_changes_nothing(api: ApiClient) -> None:
    before = api.get(ADRIAN, f"{AWARDS}{cat.FIRE_WARDEN}").value
    body = {**CERTIFICATE, "Title": "New", "Certificate": None}
    assert api.send("PUT", ADRIAN, f"{AWARDS}{cat.FIRE_WARDEN}", body=body).status == 400
    assert api.get(ADRIAN, f"{AWARDS}{cat.FIRE_WARDEN}").value == before


def test_deleted_award_stays_in_the_catalogue_and_disappears_elsewhere(api: ApiClient) -> None:
    path = f"{AWARDS}{cat.FIRE_WARDEN}"
    assert api.send("DELETE", ADRIAN, path).status == 200
    assert api.get(ADRIAN, path).value["IsDeleted"] is True
    assert cat.FIRE_WARDEN in ids(api.get(ADRIAN, AWARDS))
    assert api.send("DELETE", ADRIAN, path).status == 404
    assert api.send("PUT", ADRIAN, path, body=CERTIFICATE).status == 404
    in_use = api.get(INES, "bas/1.3/orgunits/6609/associations/").value["Objects"]
    assert cat.FIRE_WARDEN not in [association["Award"]["AwardId"] for association in in_use]
    held = api.get(MAYA, f"bas/1.3/issued/users/{ANA}/").value["Objects"]
    assert [issued["Award"]["IsDeleted"] for issued in held if issued["Award"]["AwardId"] == cat.FIRE_WARDEN] == [True]


def test_award_body_that_is_no_block_is_refused(api: ApiClient) -> None:
    assert create(api, [BADGE]).status == 400
    assert create(api, None).status == 400
    assert create(api, {**BADGE, "ExpiryCalculation": {**NEVER, "Unknown": 1}, "Unknown": 2}).status == 201
