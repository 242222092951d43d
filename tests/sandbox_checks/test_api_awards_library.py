"""The libraries of award icons and certificate templates."""

from __future__ import annotations

import base64
import zlib
from typing import Any

import pytest

from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, INES, MAYA
from tests.sandbox_checks.api_client import Api, Reply
from tests.sandbox_checks.award_bodies import BADGE, CERTIFICATE, ICON, TEMPLATE

ICONS, TEMPLATES = "bas/1.3/library/icons/", "bas/1.3/library/templates/"
KINDS = [(ICONS, "new one.png", ICON, "image/png"), (TEMPLATES, "new.pdf", TEMPLATE, "application/pdf")]


@pytest.fixture
def api() -> Api:
    return Api()


def add(api: Api, path: str, name: Any, content: Any, caller: int = ADRIAN) -> Reply:
    return api.send("POST", caller, path, body={"Name": name, "Content": content})


def test_icons_are_listed_searched_and_paged(api: Api) -> None:
    names = [file["Name"] for file in api.get(MAYA, ICONS).value["Objects"]]
    assert (len(names), names) == (7, sorted(names))
    assert [file["Name"] for file in api.get(MAYA, ICONS, search="FLAME").value["Objects"]] == ["Badge_Flame.png"]
    assert [len(page) for page in api.pages(MAYA, ICONS, limit=4)] == [4, 3]
    assert api.get(MAYA, ICONS, limit=0).status == 400
    assert set(api.get(MAYA, TEMPLATES).value["Objects"][0]) == {"Name", "Path"}


def test_an_icon_of_the_seeds_is_a_real_png(api: Api) -> None:
    content = api.get(MAYA, f"{ICONS}Badge_Flame.png").value
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    data = content[content.index(b"IDAT") + 4 : content.index(b"IEND") - 8]
    assert len(zlib.decompress(data)) == 96 * (96 * 4 + 1)


@pytest.mark.parametrize(("path", "name", "content", "media_type"), KINDS)
def test_a_file_is_added_fetched_and_deleted(api: Api, path: str, name: str, content: str, media_type: str) -> None:
    added = add(api, path, name, content)
    assert (added.status, added.value["Name"]) == (201, name)
    assert added.value in api.get(ADRIAN, path).value["Objects"]
    file = api.get(ADRIAN, path + name)
    assert (file.value, file.headers["Content-Disposition"].split(";")[0]) == (base64.b64decode(content), "attachment")
    assert api.send("DELETE", ADRIAN, path + name).status == 200
    assert api.get(ADRIAN, path + name).status == 404
    assert api.send("DELETE", ADRIAN, path + name).status == 404


@pytest.mark.parametrize(("path", "name", "content", "media_type"), KINDS)
def test_a_name_that_is_taken_is_a_conflict(api: Api, path: str, name: str, content: str, media_type: str) -> None:
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
def test_a_wrong_file_is_refused(api: Api, name: Any, content: Any) -> None:
    refused = add(api, ICONS, name, content)
    assert refused.status == 400
    assert ("Name" if content == ICON else "Content") in refused.value["detail"]


def test_templates_are_pdf_files_only(api: Api) -> None:
    assert add(api, TEMPLATES, "template.png", ICON).status == 400
    assert add(api, TEMPLATES, "template.pdf", ICON).status == 400


def test_a_file_in_use_cannot_be_deleted_unless_switched(api: Api) -> None:
    path = f"{ICONS}Badge_Flame.png"
    assert api.send("DELETE", ADRIAN, path).status == 400
    api.world.switches.library_in_use = "delete"
    assert api.send("DELETE", ADRIAN, path).status == 200
    assert api.get(MAYA, f"bas/1.3/awards/{cat.FIRE_WARDEN}").value["ImageData"]["Name"] == "Badge_Flame.png"


def test_a_file_is_free_again_when_its_award_is_deleted(api: Api) -> None:
    add(api, TEMPLATES, "once.pdf", TEMPLATE)
    body = {**CERTIFICATE, "Certificate": {"LibraryFileName": "ONCE.pdf"}}
    award_id = api.send("POST", ADRIAN, "bas/1.3/awards/", body=body).value["AwardId"]
    assert api.send("DELETE", ADRIAN, f"{TEMPLATES}once.pdf").status == 400
    assert api.send("DELETE", ADRIAN, f"bas/1.3/awards/{award_id}").status == 200
    assert api.send("DELETE", ADRIAN, f"{TEMPLATES}once.pdf").status == 200


def test_a_file_sent_with_an_award_is_not_in_the_library(api: Api) -> None:
    assert api.send("POST", ADRIAN, "bas/1.3/awards/", body=BADGE).status == 201
    assert api.get(ADRIAN, ICONS, search="moon").value["Objects"] == []


def test_learners_see_no_library_and_only_administrators_change_it(api: Api) -> None:
    for path, name, content, _ in KINDS:
        assert api.get(ANA, path).status == 403
        assert api.get(ANA, path + name).status == 403
        for caller in (ANA, MAYA, INES):
            refused = add(api, path, name, content, caller)
            assert (refused.status, "orgUnitId: 6605" in refused.value["detail"]) == (403, True)
            assert api.send("DELETE", caller, path + name).status == 403
        assert api.get(INES, path).status == 200
