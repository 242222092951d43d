"""Modules of the stand-in: read, created, changed, deleted."""

from typing import Any

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, DAI, GRACE, INES, MAYA, OTTO
from tests.sandbox_checks.api_client import Api
from tests.sandbox_checks.content_blocks import ALARMS, FIRE, KNOW, QUIZ, ROUTES, SHOW, module_data

ROOT = f"{FIRE}root/"
INFECTION = f"le/1.90/{org.INFECTION}/content/"
DATE = "2026-12-01T08:00:00.000Z"


@pytest.fixture
def api() -> Api:
    return Api()


def ids(blocks: list[dict[str, Any]]) -> list[int]:
    return [block["Id"] for block in blocks]


def test_a_module_has_every_documented_field(api: Api) -> None:
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


def test_root_modules_and_structures_are_bare_lists(api: Api) -> None:
    root = api.get(ANA, ROOT).value
    assert ids(root) == [KNOW, SHOW]
    structure = api.get(ANA, f"{FIRE}modules/{KNOW}/structure/").value
    assert structure == root[0]["Structure"]
    below = api.get(ANA, f"le/1.90/{org.SAFEGUARDING}/content/root/").value[1]["Structure"][-1]
    assert (below["Type"], below["ParentModuleId"]) == (0, org.SAFEGUARDING * 1000 + 4)


def test_an_inner_structure_may_be_brief(api: Api) -> None:
    api.world.switches.module_structure = "brief"
    first = api.get(ANA, ROOT).value[0]["Structure"][0]
    assert set(first) == {"Id", "Title", "ShortTitle", "Type", "LastModifiedDate"}
    assert "Url" in api.get(ANA, f"{FIRE}modules/{KNOW}/structure/").value[0]


def test_learners_find_nothing_hidden_and_content_managers_everything(api: Api) -> None:
    last = api.get(GRACE, f"{INFECTION}root/").value[1]["Structure"]
    assert "Draft: next year's guidance" in [topic["Title"] for topic in last]
    seen = api.get(ANA, f"{INFECTION}root/").value[1]["Structure"]
    assert [topic["Title"] for topic in seen] == ["Choosing equipment", "Isolation nursing"]
    later = org.SAFEGUARDING * 1000 + 12
    path = f"le/1.90/{org.SAFEGUARDING}/content/modules/{later}"
    assert (api.get(ANA, path).status, api.get(INES, path).status) == (404, 200)
    assert later not in ids(api.get(ANA, f"le/1.90/{org.SAFEGUARDING}/content/root/").value)


def test_modules_are_for_people_of_the_course(api: Api) -> None:
    for path in (ROOT, f"{FIRE}modules/{KNOW}", f"{FIRE}modules/{KNOW}/structure/"):
        assert api.get(MAYA, path).status == 403
        assert api.get(ADRIAN, path).status == 200
    assert api.get(ANA, "le/1.90/999999/content/root/").status == 404
    assert api.get(ANA, f"{FIRE}modules/{ROUTES}").status == 404
    assert api.get(ANA, f"{FIRE}modules/{KNOW}/").status == 404
    assert api.get(ANA, f"{FIRE}root").status == 404


def test_a_root_module_is_created_at_the_end_and_seen_everywhere(api: Api) -> None:
    said = {"Content": "<p>Read &amp; <b>sign</b></p>", "Type": "Html"}
    data = module_data(Title="Drills", ShortTitle="D", ModuleDueDate=DATE, Description=said)
    made = api.send("POST", INES, ROOT, body=data).value
    assert made["Description"] == {"Text": "Read & sign", "Html": said["Content"]}
    assert (made["ShortTitle"], made["ModuleDueDate"], made["Structure"]) == ("D", DATE, [])
    assert made["LastModifiedDate"] == "2026-11-21T12:00:00.000Z"
    assert api.get(ANA, f"{FIRE}modules/{made['Id']}").value == made
    assert ids(api.get(ANA, ROOT).value) == [KNOW, SHOW, made["Id"]]
    assert api.get(ANA, f"{FIRE}toc").value["Modules"][-1]["Title"] == "Drills"


def test_text_descriptions_are_escaped_in_their_markup(api: Api) -> None:
    data = module_data(Description={"Content": "a < b", "Type": "Text"})
    made = api.send("POST", INES, ROOT, body=data).value
    assert made["Description"] == {"Text": "a < b", "Html": "a &lt; b"}


def test_the_first_module_of_an_empty_org_unit_can_be_created(api: Api) -> None:
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
def test_a_bad_module_is_refused_and_nothing_changes(api: Api, changes: dict[str, Any]) -> None:
    before = api.get(INES, ROOT).value
    assert api.send("POST", INES, ROOT, body=module_data(**changes)).status == 400
    assert api.send("PUT", INES, f"{FIRE}modules/{KNOW}", body=module_data(**changes)).status == 400
    assert api.get(INES, ROOT).value == before


def test_only_content_managers_may_change_modules(api: Api) -> None:
    for method, path in (("POST", ROOT), ("PUT", f"{FIRE}modules/{KNOW}"), ("DELETE", f"{FIRE}modules/{KNOW}")):
        for person_id in (ANA, MAYA, OTTO):
            reply = api.send(method, person_id, path, body=module_data())
            assert (reply.status, "Content.ManageContent" in reply.value["detail"]) == (403, True)
    # An instructor manages content in the courses she teaches, not in others.
    assert api.send("POST", INES, f"{INFECTION}root/", body=module_data()).status == 403


def test_an_update_replaces_what_it_carries_and_leaves_the_structure(api: Api) -> None:
    data = module_data(Title="Know the building", IsHidden=True, ModuleStartDate=DATE)
    reply = api.send("PUT", INES, f"{FIRE}modules/{KNOW}", body=data)
    assert (reply.status, reply.value) == (200, b"")
    module = api.get(INES, f"{FIRE}modules/{KNOW}").value
    assert (module["Title"], module["IsHidden"], module["ModuleStartDate"]) == ("Know the building", True, DATE)
    assert ids(module["Structure"]) == [ROUTES, ALARMS]
    assert ids(api.get(ANA, ROOT).value) == [SHOW]
    assert api.get(ANA, f"{FIRE}topics/{ROUTES}").status == 404


@pytest.mark.parametrize(("version", "left"), [("1.69", DATE), ("1.70", None), ("1.90", None), ("unstable", None)])
def test_a_due_date_is_erased_by_null_from_le_1_70_on(api: Api, version: str, left: str | None) -> None:
    api.state.versions["le"] = ("1.69", "1.70", "1.90")
    path = f"le/{version}/{org.FIRE}/content/modules/{KNOW}"
    set_all = module_data(ModuleStartDate=DATE, ModuleEndDate=DATE, ModuleDueDate=DATE)
    assert api.send("PUT", INES, path, body=set_all).status == 200
    assert api.send("PUT", INES, path, body=module_data()).status == 200
    module = api.get(INES, path).value
    assert (module["ModuleStartDate"], module["ModuleEndDate"], module["ModuleDueDate"]) == (None, None, left)


def test_a_duration_can_be_set_in_unstable_only(api: Api) -> None:
    for version, kept in (("1.90", None), ("unstable", 45)):
        path = f"le/{version}/{org.FIRE}/content/modules/{KNOW}"
        api.send("PUT", INES, path, body=module_data(Duration=45))
        assert api.get(INES, f"{FIRE}modules/{KNOW}").value["Duration"] == kept


def test_deleting_a_module_takes_everything_in_it_along(api: Api) -> None:
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
