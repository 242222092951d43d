"""Adding modules, links and files to a module."""

import base64
from typing import Any

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, INES, MAYA, TOMAS
from tests.sandbox_checks.api_client import ApiClient, Reply
from tests.sandbox_checks.content.uploads import BOUNDARY, FORM, MIXED, body_of, file_part, json_part
from tests.sandbox_checks.content_blocks import FIRE, FIRE_FOLDER, KNOW, POSTER, ROUTES, module_data, topic_data

STRUCTURE = f"{FIRE}modules/{KNOW}/structure/"
BINARY = bytes(range(256)) + b"\r\n--xx\n\r\r\n"
PATH = f"{FIRE_FOLDER}plans/floor 1.pdf"


def add_file(
    api: ApiClient, content: bytes = BINARY, path: str = PATH, *, name: str = "", caller: int = INES, **query: Any
) -> Reply:
    parts = body_of(json_part(topic_data(TopicType=1, Url=path, Title="Plan")), file_part(content, "floor 1.pdf", name))
    return api.send("POST", caller, STRUCTURE, data=parts, content_type=MIXED, query=query)


def test_child_module_is_added_last(api: ApiClient) -> None:
    made = api.send("POST", INES, STRUCTURE, body=module_data(Title="Upstairs")).value
    assert (made["Type"], made["ParentModuleId"], made["Structure"]) == (0, KNOW, [])
    assert api.get(ANA, STRUCTURE).value[-1] == made
    inner = api.send("POST", INES, f"{FIRE}modules/{made['Id']}/structure/", body=topic_data()).value
    assert inner["ParentModuleId"] == made["Id"]
    assert api.get(ANA, f"{FIRE}modules/{made['Id']}").value["Structure"] == [inner]


def test_link_topic_is_added_and_returned_in_full(api: ApiClient) -> None:
    data = topic_data(Title="The law", DueDate="2026-12-24T12:00:00.000Z", OpenAsExternalResource=True)
    made = api.send("POST", INES, STRUCTURE, body=data).value
    assert made == {
        "TopicType": 3,
        "Url": "https://example.org/read",
        "StartDate": None,
        "EndDate": None,
        "DueDate": "2026-12-24T12:00:00.000Z",
        "IsHidden": False,
        "IsLocked": False,
        "IsBroken": False,
        "OpenAsExternalResource": True,
        "Id": org.FIRE * 1000 + 8,
        "Title": "The law",
        "ShortTitle": "",
        "Type": 1,
        "Description": None,
        "ParentModuleId": KNOW,
        "ActivityId": None,
        "IsExempt": False,
        "ToolId": None,
        "ToolItemId": None,
        "ActivityType": 2,
        "GradeItemId": None,
        "LastModifiedDate": "2026-11-21T12:00:00.000Z",
        "AssociatedGradeItemIds": [],
    }
    assert api.get(ANA, f"{FIRE}topics/{made['Id']}").value == made


def test_new_topic_is_completed_by_nobody(api: ApiClient) -> None:
    count = f"{FIRE}completions/mycount/"
    made = api.send("POST", INES, STRUCTURE, body=topic_data()).value
    assert api.get(TOMAS, f"{FIRE}topics/{made['Id']}/completions/users/{TOMAS}").value["CompletionDate"] is None
    mine = api.get(TOMAS, count).value["Objects"][0]
    assert (mine["RequiredItems"], mine["CompletedItems"]) == (5, 4)


@pytest.mark.parametrize("name", ["", "file"])
def test_file_topic_stores_its_file_byte_for_byte(api: ApiClient, name: str) -> None:
    made = add_file(api, name=name).value
    assert (made["TopicType"], made["Url"], made["ActivityType"], made["IsBroken"]) == (1, PATH, 1, False)
    assert made["OpenAsExternalResource"] is None
    file = api.get(ANA, f"{FIRE}topics/{made['Id']}/file")
    assert (file.value, file.headers["Content-Disposition"]) == (
        BINARY,
        "attachment; filename=\"floor 1.pdf\"; filename*=UTF-8''floor%201.pdf",
    )
    entry = api.get(ANA, f"{FIRE}toc").value["Modules"][0]["Topics"][-1]
    assert (entry["TopicId"], entry["Url"], entry["TypeIdentifier"]) == (made["Id"], PATH, "File")


def test_existing_file_is_used_again_without_being_sent(api: ApiClient) -> None:
    poster = api.get(ANA, f"{FIRE}topics/{POSTER}").value["Url"]
    made = api.send("POST", INES, STRUCTURE, body=topic_data(TopicType=1, Url=poster)).value
    old, new = (api.get(ANA, f"{FIRE}topics/{topic_id}/file").value for topic_id in (POSTER, made["Id"]))
    assert old == new
    alone = body_of(json_part(topic_data(TopicType=1, Url=poster)))
    assert api.send("POST", INES, STRUCTURE, data=alone, content_type=MIXED).status == 200
    missing = topic_data(TopicType=1, Url=f"{FIRE_FOLDER}nothing.pdf")
    assert api.send("POST", INES, STRUCTURE, body=missing).status == 404


def test_file_of_the_same_name_is_overwritten_or_renamed(api: ApiClient) -> None:
    first = add_file(api, b"one").value
    renamed = add_file(api, b"two", renameFileIfExists="true").value
    assert renamed["Url"] == f"{FIRE_FOLDER}plans/floor 1 (1).pdf"
    assert add_file(api, b"three", renameFileIfExists="true").value["Url"].endswith("floor 1 (2).pdf")
    add_file(api, b"four")
    files = [api.get(ANA, f"{FIRE}topics/{made['Id']}/file").value for made in (first, renamed)]
    assert files == [b"four", b"two"]


def test_file_may_be_sent_in_base64(api: ApiClient) -> None:
    made = add_file(api, base64.encodebytes(BINARY), base64="true").value
    assert api.get(ANA, f"{FIRE}topics/{made['Id']}/file").value == BINARY
    assert add_file(api, b"*not base64*", base64="true").status == 400
    plain = add_file(api, base64.b64encode(BINARY), base64="false").value
    assert api.get(ANA, f"{FIRE}topics/{plain['Id']}/file").value == base64.b64encode(BINARY)


@pytest.mark.parametrize(
    "path",
    [
        "floor.pdf",
        "/content/enforced/floor.pdf",
        f"/content/enforced/{org.SEPSIS}-SEP-220/floor.pdf",
        FIRE_FOLDER,
        f"{FIRE_FOLDER}../{org.SEPSIS}-SEP-220/floor.pdf",
        f"{FIRE_FOLDER}a//b.pdf",
        f"{FIRE_FOLDER}a\\b.pdf",
        f"{FIRE_FOLDER}a\nb.pdf",
        "https://example.org/floor.pdf",
        "",
    ],
)
def test_file_must_be_in_the_courses_folder(api: ApiClient, path: str) -> None:
    before = dict(api.world.outlines[org.FIRE].files)
    assert add_file(api, path=path).status == 400
    assert api.world.outlines[org.FIRE].files == before


@pytest.mark.parametrize(
    "changes",
    [
        {"Title": "  "},
        {"Type": 2},
        {"TopicType": 5},
        {"TopicType": None},
        {"Url": ""},
        {"Url": None},
        {"Url": "javascript:alert(1)"},
        {"Url": "//elsewhere.example"},
        {"DueDate": "tomorrow"},
        {"OpenAsExternalResource": "yes"},
        {"TopicType": 1, "Url": f"{FIRE_FOLDER}Fire poster.pdf", "OpenAsExternalResource": True},
        {"StartDate": "2026-12-02T00:00:00.000Z", "EndDate": "2026-12-01T00:00:00.000Z"},
    ],
)
def test_invalid_topic_data_is_400(api: ApiClient, changes: dict[str, Any]) -> None:
    before = api.get(INES, STRUCTURE).value
    assert api.send("POST", INES, STRUCTURE, body=topic_data(**changes)).status == 400
    assert api.get(INES, STRUCTURE).value == before


def test_parent_must_be_a_module_of_the_course(api: ApiClient) -> None:
    assert api.send("POST", INES, f"{FIRE}modules/{ROUTES}/structure/", body=topic_data()).status == 400
    assert api.send("POST", INES, f"{FIRE}modules/1/structure/", body=topic_data()).status == 404
    elsewhere = f"le/1.90/{org.SEPSIS}/content/modules/{KNOW}/structure/"
    assert api.send("POST", INES, elsewhere, body=topic_data()).status == 404
    unknown = f"le/1.90/999999/content/modules/{KNOW}/structure/"
    assert api.send("POST", INES, unknown, body=topic_data()).status == 404
    for person_id in (ANA, MAYA):
        assert api.send("POST", person_id, STRUCTURE, body=topic_data()).status == 403
        assert add_file(api, caller=person_id).status == 403


@pytest.mark.parametrize(
    "data",
    [
        body_of(file_part(b"x"), json_part(topic_data(TopicType=1, Url=PATH))),
        body_of(json_part(topic_data(TopicType=1, Url=PATH)), file_part(b"x"), file_part(b"y")),
        body_of(json_part(topic_data()), file_part(b"x")),
        body_of(json_part(module_data()), file_part(b"x")),
        body_of(b"Content-Type: application/json\r\n\r\n{", file_part(b"x")),
        body_of(json_part(topic_data(TopicType=1, Url=PATH)), file_part(b"x")).removesuffix(b"--\r\n"),
        body_of(json_part(topic_data(TopicType=1, Url=PATH)), file_part(b"x")).replace(b"\r\n", b"\n"),
        b"no parts at all",
        b"",
    ],
)
def test_malformed_multipart_body_is_400(api: ApiClient, data: bytes) -> None:
    before = api.get(INES, STRUCTURE).value
    assert api.send("POST", INES, STRUCTURE, data=data, content_type=MIXED).status == 400
    assert api.get(INES, STRUCTURE).value == before


def test_form_data_is_accepted_and_other_multipart_types_are_refused(api: ApiClient) -> None:
    data = body_of(json_part(topic_data(TopicType=1, Url=PATH)), file_part(b"x"))
    related = f"multipart/related; boundary={BOUNDARY}"
    assert api.send("POST", INES, STRUCTURE, data=data, content_type=related).status == 400
    assert api.send("POST", INES, STRUCTURE, data=data, content_type="multipart/mixed").status == 400
    assert api.send("POST", INES, STRUCTURE, data=data, content_type=FORM).status == 200
