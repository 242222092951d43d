"""The libraries of award icons and certificate templates."""

from __future__ import annotations

import base64
import zlib
from typing import Any

import pytest

from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, INES, MAYA
from tests.sandbox_checks.api_client import ApiClient, Reply
from tests.sandbox_checks.awards.bodies import BADGE, CERTIFICATE, ICON, TEMPLATE

ICONS, TEMPLATES = "bas/1.3/library/icons/", "bas/1.3/library/templates/"
KINDS = [(ICONS, "new one.png", ICON, "image/png"), (TEMPLATES, "new.pdf", TEMPLATE, "application/pdf")]


def add(api: ApiClient, path: str, name: Any, content: Any, caller: int = ADRIAN) -> Reply:
    return api.send("POST", caller, path, body={"Name": name, "Content": content})


def test_icons_are_listed_searched_and_paged(api: ApiClient) -> None:
    names = [file["Name"] for file in api.get(MAYA, ICONS).value["Objects"]]
    assert (len(names), names) == (7, sorted(names))
    assert [file["Name"] for file in api.get(MAYA, ICONS, search="FLAME").value["Objects"]] == ["Badge_Flame.png"]
    assert [len(page) for page in api.pages(MAYA, ICONS, limit=4)] == [4, 3]
    assert api.get(MAYA, ICONS, limit=0).status == 400
    assert set(api.get(MAYA, TEMPLATES).value["Objects"][0]) == {"Name", "Path"}


def test_seeded_icon_is_a_valid_png(api: ApiClient) -> None:
    content = api.get(MAYA, f"{ICONS}Badge_Flame.png").value
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    data = content[content.index(b"IDAT") + 4 : content.index(b"IEND") - 8]
    assert len(zlib.decompress(data)) == 96 * (96 * 4 + 1)


@pytest.mark.parametrize(("path", "name", "content", "media_type"), KINDS)
def test_library_file_is_added_downloaded_and_deleted(
    api: ApiClient, path: str, name: str, content: str, media_type: str
) -> None:
    added = add(api, path, name, content)
    assert (added.status, added.value["Name"]) == (201, name)
    assert added.value in api.get(ADRIAN, path).value["Objects"]
    file = api.get(ADRIAN, path + name)
    assert (file.value, file.headers["Content-Disposition"].split(";")[0]) == (base64.b64decode(content), "attachment")
    assert api.send("DELETE", ADRIAN, path + name).status == 200
    assert api.get(ADRIAN, path + name).status == 404
    assert api.send("DELETE", ADRIAN, path + name).status == 404


@pytest.mark.parametrize(("path", "name", "content", "media_type"), KINDS)
def test_library_file_with_a_taken_name_is_409(
    api: ApiClient, path: str, name: str, content: str, media_type: str
) -> None:
    assert add(api, path, name, content).status == 201
    assert add(api, path, name, content).status == 409
    assert add(api, path, name.upper(), content).status == 409


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (None, ICON),
        ("", ICON),
        (".png", ICON),
        ("icon", ICON),
        ("icon.pdf", ICON),
        ("a/b.png", ICON),
        ("a\nb.png", ICON),
        ("x" * 252 + ".png", ICON),
        ("icon.png", None),
        ("icon.png", ""),
        ("icon.png", "%%%"),
        ("icon.png", TEMPLATE),
    ],
)
def test_wrong_library_file_is_refused(api: ApiClient, name: Any, content: Any) -> None:
    refused = add(api, ICONS, name, content)
    assert refused.status == 400
    assert ("Name" if content == ICON else "Content") in refused.value["detail"]


def test_templates_are_pdf_files_only(api: ApiClient) -> None:
    assert add(api, TEMPLATES, "template.png", ICON).status == 400
    assert add(api, TEMPLATES, "template.pdf", ICON).status == 400


def test_library_file_in_use_is_deleted_only_by_switch(api: ApiClient) -> None:
    path = f"{ICONS}Badge_Flame.png"
    assert api.send("DELETE", ADRIAN, path).status == 400
    api.world.switches.library_in_use = "delete"
    assert api.send("DELETE", ADRIAN, path).status == 200
    assert api.get(MAYA, f"bas/1.3/awards/{cat.FIRE_WARDEN}").value["ImageData"]["Name"] == "Badge_Flame.png"


def test_library_file_of_a_deleted_award_can_be_deleted(api: ApiClient) -> None:
    add(api, TEMPLATES, "once.pdf", TEMPLATE)
    body = {**CERTIFICATE, "Certificate": {"LibraryFileName": "ONCE.pdf"}}
    award_id = api.send("POST", ADRIAN, "bas/1.3/awards/", body=body).value["AwardId"]
    assert api.send("DELETE", ADRIAN, f"{TEMPLATES}once.pdf").status == 400
    assert api.send("DELETE", ADRIAN, f"bas/1.3/awards/{award_id}").status == 200
    assert api.send("DELETE", ADRIAN, f"{TEMPLATES}once.pdf").status == 200


def test_file_sent_with_an_award_is_not_in_the_library(api: ApiClient) -> None:
    assert api.send("POST", ADRIAN, "bas/1.3/awards/", body=BADGE).status == 201
    assert api.get(ADRIAN, ICONS, search="moon").value["Objects"] == []


def test_libraries_are_hidden_from_learners_and_changed_by_administrators_only(api: ApiClient) -> None:
    for path, name, content, _ in KINDS:
        assert api.get(ANA, path).status == 403
        assert api.get(ANA, path + name).status == 403
        for caller in (ANA, MAYA, INES):
            refused = add(api, path, name, content, caller)
            assert (refused.status, "orgUnitId: 6605" in refused.value["detail"]) == (403, True)
            assert api.send("DELETE", caller, path + name).status == 403
        assert api.get(INES, path).status == 200
