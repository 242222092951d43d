"""Access lists of modules and topics."""

from typing import Any

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, GRACE, INES, MAYA
from tests.sandbox_checks.api_client import ApiClient
from tests.sandbox_checks.content_blocks import FIRE, KNOW, QUIZ, module_data

LEARNER, INSTRUCTOR, PROGRAMME_MANAGER = 103, 102, 105
PATHS = [f"{FIRE}modules/{KNOW}/access/", f"{FIRE}topics/{QUIZ}/access/"]


def listed(api: ApiClient, path: str, caller: int = INES, **query: Any) -> list[dict[str, Any]]:
    return [one for page in api.pages(caller, path, **query) for one in page]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("size", [1, 7, 100])
def test_access_list_of_visible_content_has_everybody_in_an_open_course(api: ApiClient, path: str, size: int) -> None:
    api.world.switches.page_size = size
    people = listed(api, path)
    assert [one["UserId"] for one in people] == sorted(api.world.enrolled_in(org.FIRE))
    assert people[0] == {"UserId": INES, "RoleId": INSTRUCTOR}


def test_access_list_of_hidden_content_has_content_managers_only(api: ApiClient) -> None:
    hidden = org.INFECTION * 1000 + 8
    people = listed(api, f"le/1.90/{org.INFECTION}/content/topics/{hidden}/access/", GRACE)
    assert people == [{"UserId": GRACE, "RoleId": PROGRAMME_MANAGER}]


def test_topics_of_a_hidden_module_are_accessible_to_content_managers_only(api: ApiClient) -> None:
    api.send("PUT", INES, f"{FIRE}modules/{KNOW + 3}", body=module_data(IsHidden=True))
    assert [one["UserId"] for one in listed(api, PATHS[1])] == [INES, GRACE]


@pytest.mark.parametrize("path", PATHS)
def test_access_list_is_filtered_by_person_and_role(api: ApiClient, path: str) -> None:
    assert listed(api, path, userId=ANA) == [{"UserId": ANA, "RoleId": LEARNER}]
    assert listed(api, path, userId=MAYA) == []
    assert {one["RoleId"] for one in listed(api, path, roleId=LEARNER)} == {LEARNER}
    assert listed(api, path, userId=ANA, roleId=INSTRUCTOR) == []
    assert api.get(INES, path, userId="ana").status == 400


def test_access_list_shape_follows_its_switch(api: ApiClient) -> None:
    api.world.switches.user_access = "identifier"
    assert listed(api, PATHS[0], userId=ANA) == [{"Identifier": str(ANA), "RoleId": LEARNER}]


@pytest.mark.parametrize("path", PATHS)
def test_access_lists_are_for_content_managers(api: ApiClient, path: str) -> None:
    for person_id in (ANA, MAYA):
        assert api.get(person_id, path).status == 403
    assert api.get(INES, path.replace(str(KNOW), "1").replace(str(QUIZ), "1")).status == 404
    assert api.get(INES, path.removesuffix("/")).status == 404
