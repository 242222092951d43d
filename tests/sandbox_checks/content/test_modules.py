"""Modules: reading, creating, changing and deleting them."""

from typing import Any

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, DAI, GRACE, INES, MAYA, OTTO
from tests.sandbox_checks.api_client import ApiClient
from tests.sandbox_checks.content_blocks import ALARMS, FIRE, KNOW, QUIZ, ROUTES, SHOW, module_data

ROOT = f"{FIRE}root/"
INFECTION = f"le/1.90/{org.INFECTION}/content/"
DATE = "2026-12-01T08:00:00.000Z"


def ids(blocks: list[dict[str, Any]]) -> list[int]:
    return [block["Id"] for block in blocks]


def test_module_has_every_documented_field(api: ApiClient) -> None:
    module = api.get(ANA, f"{FIRE}modules/{KNOW}").value
    inner = module.pop("Structure")
    assert module == {
        "ModuleStartDate": None,
        "ModuleEndDate": None,
        "ModuleDueDate": None,
        "IsHidden": False,
        "IsLocked": False,
        "Id": KNOW,
        "Title": "Know your building",
        "ShortTitle": "",
        "Type": 0,
        "Description": None,
        "ParentModuleId": None,
        "Duration": None,
        "LastModifiedDate": "2026-07-24T00:00:00.000Z",
    }
    assert ids(inner) == [ROUTES, ALARMS]


def test_root_modules_and_structures_are_bare_lists(api: ApiClient) -> None:
    root = api.get(ANA, ROOT).value
    assert ids(root) == [KNOW, SHOW]
    structure = api.get(ANA, f"{FIRE}modules/{KNOW}/structure/").value
    assert structure == root[0]["Structure"]
    below = api.get(ANA, f"le/1.90/{org.SAFEGUARDING}/content/root/").value[1]["Structure"][-1]
    assert (below["Type"], below["ParentModuleId"]) == (0, org.SAFEGUARDING * 1000 + 4)


def test_inner_structure_is_brief_by_switch(api: ApiClient) -> None:
    api.world.switches.module_structure = "brief"
    first = api.get(ANA, ROOT).value[0]["Structure"][0]
    assert set(first) == {"Id", "Title", "ShortTitle", "Type", "LastModifiedDate"}
    assert "Url" in api.get(ANA, f"{FIRE}modules/{KNOW}/structure/").value[0]


def test_hidden_content_is_404_for_learners_and_visible_to_content_managers(api: ApiClient) -> None:
    last = api.get(GRACE, f"{INFECTION}root/").value[1]["Structure"]
    assert "Draft: next year's guidance" in [topic["Title"] for topic in last]
    seen = api.get(ANA, f"{INFECTION}root/").value[1]["Structure"]
    assert [topic["Title"] for topic in seen] == ["Choosing equipment", "Isolation nursing"]
    later = org.SAFEGUARDING * 1000 + 12
    path = f"le/1.90/{org.SAFEGUARDING}/content/modules/{later}"
    assert (api.get(ANA, path).status, api.get(INES, path).status) == (404, 200)
    assert later not in ids(api.get(ANA, f"le/1.90/{org.SAFEGUARDING}/content/root/").value)


def test_modules_are_for_people_of_the_course(api: ApiClient) -> None:
    for path in (ROOT, f"{FIRE}modules/{KNOW}", f"{FIRE}modules/{KNOW}/structure/"):
        assert api.get(MAYA, path).status == 403
        assert api.get(ADRIAN, path).status == 200
    assert api.get(ANA, "le/1.90/999999/content/root/").status == 404
    assert api.get(ANA, f"{FIRE}modules/{ROUTES}").status == 404
    assert api.get(ANA, f"{FIRE}modules/{KNOW}/").status == 404
    assert api.get(ANA, f"{FIRE}root").status == 404


def test_new_root_module_is_last_and_visible_everywhere(api: ApiClient) -> None:
    description = {"Content": "<p>Read &amp; <b>sign</b></p>", "Type": "Html"}
    data = module_data(Title="Drills", ShortTitle="D", ModuleDueDate=DATE, Description=description)
    made = api.send("POST", INES, ROOT, body=data).value
    assert made["Description"] == {"Text": "Read & sign", "Html": description["Content"]}
    assert (made["ShortTitle"], made["ModuleDueDate"], made["Structure"]) == ("D", DATE, [])
    assert made["LastModifiedDate"] == "2026-11-21T12:00:00.000Z"
    assert api.get(ANA, f"{FIRE}modules/{made['Id']}").value == made
    assert ids(api.get(ANA, ROOT).value) == [KNOW, SHOW, made["Id"]]
    assert api.get(ANA, f"{FIRE}toc").value["Modules"][-1]["Title"] == "Drills"


def test_text_descriptions_are_escaped_in_their_markup(api: ApiClient) -> None:
    data = module_data(Description={"Content": "a < b", "Type": "Text"})
    made = api.send("POST", INES, ROOT, body=data).value
    assert made["Description"] == {"Text": "a < b", "Html": "a &lt; b"}


def test_first_module_of_an_empty_org_unit_can_be_created(api: ApiClient) -> None:
    root = f"le/1.90/{org.WARD_TEAM}/content/root/"
    assert api.get(MAYA, root).value == []
    made = api.send("POST", ADRIAN, root, body=module_data()).value
    assert ids(api.get(MAYA, root).value) == [made["Id"]]


@pytest.mark.parametrize(
    "changes",
    [
        {"Title": " \t"},
        {"Title": ""},
        {"Title": None},
        {"Type": 1},
        {"Type": "0"},
        {"IsHidden": None},
        {"IsLocked": "no"},
        {"ModuleStartDate": "2026-12-01"},
        {"ModuleStartDate": "2026-12-01T08:00:00Z"},
        {"ModuleStartDate": "2026-12-02T00:00:00.000Z", "ModuleEndDate": DATE},
        {"Description": "words"},
        {"Description": {"Content": "x", "Type": "Markdown"}},
        {"ShortTitle": 3},
    ],
)
def test_invalid_module_is_refused_and_changes_nothing(api: ApiClient, changes: dict[str, Any]) -> None:
    before = api.get(INES, ROOT).value
    assert api.send("POST", INES, ROOT, body=module_data(**changes)).status == 400
    assert api.send("PUT", INES, f"{FIRE}modules/{KNOW}", body=module_data(**changes)).status == 400
    assert api.get(INES, ROOT).value == before


def test_modules_are_changed_by_content_managers_only(api: ApiClient) -> None:
    for method, path in (("POST", ROOT), ("PUT", f"{FIRE}modules/{KNOW}"), ("DELETE", f"{FIRE}modules/{KNOW}")):
        for person_id in (ANA, MAYA, OTTO):
            reply = api.send(method, person_id, path, body=module_data())
            assert (reply.status, "Content.ManageContent" in reply.value["detail"]) == (403, True)
    # An instructor manages content in the courses she teaches, not in others.
    assert api.send("POST", INES, f"{INFECTION}root/", body=module_data()).status == 403


def test_module_update_replaces_fields_and_leaves_the_structure(api: ApiClient) -> None:
    data = module_data(Title="Know the building", IsHidden=True, ModuleStartDate=DATE)
    reply = api.send("PUT", INES, f"{FIRE}modules/{KNOW}", body=data)
    assert (reply.status, reply.value) == (200, b"")
    module = api.get(INES, f"{FIRE}modules/{KNOW}").value
    assert (module["Title"], module["IsHidden"], module["ModuleStartDate"]) == ("Know the building", True, DATE)
    assert ids(module["Structure"]) == [ROUTES, ALARMS]
    assert ids(api.get(ANA, ROOT).value) == [SHOW]
    assert api.get(ANA, f"{FIRE}topics/{ROUTES}").status == 404


@pytest.mark.parametrize(("version", "expected"), [("1.69", DATE), ("1.70", None), ("1.90", None), ("unstable", None)])
def test_due_date_of_a_module_is_removed_by_null_since_le_1_70(
    api: ApiClient, version: str, expected: str | None
) -> None:
    api.state.versions["le"] = ("1.69", "1.70", "1.90")
    path = f"le/{version}/{org.FIRE}/content/modules/{KNOW}"
    set_all = module_data(ModuleStartDate=DATE, ModuleEndDate=DATE, ModuleDueDate=DATE)
    assert api.send("PUT", INES, path, body=set_all).status == 200
    assert api.send("PUT", INES, path, body=module_data()).status == 200
    module = api.get(INES, path).value
    assert (module["ModuleStartDate"], module["ModuleEndDate"], module["ModuleDueDate"]) == (None, None, expected)


def test_duration_can_be_set_in_unstable_only(api: ApiClient) -> None:
    for version, expected in (("1.90", None), ("unstable", 45)):
        path = f"le/{version}/{org.FIRE}/content/modules/{KNOW}"
        api.send("PUT", INES, path, body=module_data(Duration=45))
        assert api.get(INES, f"{FIRE}modules/{KNOW}").value["Duration"] == expected


def test_deleted_module_takes_its_topics_along(api: ApiClient) -> None:
    assert api.get(ANA, "le/1.90/overdueItems/myItems").value["Objects"][0]["ItemId"] == QUIZ
    reply = api.send("DELETE", INES, f"{FIRE}modules/{SHOW}")
    assert (reply.status, reply.value) == (200, b"")
    assert ids(api.get(ANA, ROOT).value) == [KNOW]
    assert api.get(ANA, f"{FIRE}topics/{QUIZ}").status == 404
    assert api.send("DELETE", INES, f"{FIRE}modules/{SHOW}").status == 404
    overdue = api.get(ANA, "le/1.90/overdueItems/myItems").value["Objects"]
    assert QUIZ not in [item["ItemId"] for item in overdue]
    progress = api.get(INES, f"le/unstable/{org.FIRE}/content/userprogress/", objectId=QUIZ).value
    assert progress["Objects"] == []
    assert (DAI, QUIZ) not in api.world.exemptions
    new = api.send("POST", INES, ROOT, body=module_data()).value["Id"]
    assert new > QUIZ
