"""The order of modules and topics."""

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, INES, MAYA
from tests.sandbox_checks.api_client import ApiClient, Reply
from tests.sandbox_checks.content_blocks import ALARMS, FIRE, KNOW, POSTER, QUIZ, ROUTES, SHOW, WALK

SAFEGUARDING = f"le/1.90/{org.SAFEGUARDING}/content/"
RESPOND, SIGNS, STUDIES, DISCLOSE = range(org.SAFEGUARDING * 1000 + 4, org.SAFEGUARDING * 1000 + 8)


def move(api: ApiClient, object_id: int, position: object, caller: int = INES) -> Reply:
    return api.send("POST", caller, f"{FIRE}order/objectId/{object_id}", query={"position": position})


def order(api: ApiClient, module_id: int = SHOW) -> list[int]:
    return [topic["Id"] for topic in api.get(ANA, f"{FIRE}modules/{module_id}/structure/").value]


@pytest.mark.parametrize(
    ("object_id", "position", "expected"),
    [
        (POSTER, "first", [POSTER, QUIZ, WALK]),
        (QUIZ, "last", [WALK, POSTER, QUIZ]),
        (QUIZ, WALK, [WALK, QUIZ, POSTER]),
        (POSTER, QUIZ, [QUIZ, POSTER, WALK]),
        (QUIZ, "first", [QUIZ, WALK, POSTER]),
    ],
)
def test_topics_move_among_their_siblings(
    api: ApiClient, object_id: int, position: object, expected: list[int]
) -> None:
    reply = move(api, object_id, position)
    assert (reply.status, reply.value) == (200, b"")
    assert order(api) == expected
    toc = api.get(ANA, f"{FIRE}toc").value["Modules"][1]["Topics"]
    assert [(entry["TopicId"], entry["SortOrder"]) for entry in toc] == list(zip(expected, range(3), strict=True))


def test_root_modules_move_at_the_root(api: ApiClient) -> None:
    assert move(api, SHOW, "first").status == 200
    assert [module["Id"] for module in api.get(ANA, f"{FIRE}root/").value] == [SHOW, KNOW]
    assert [module["ModuleId"] for module in api.get(ANA, f"{FIRE}toc").value["Modules"]] == [SHOW, KNOW]


def test_modules_and_topics_share_one_order(api: ApiClient) -> None:
    path = f"{SAFEGUARDING}order/objectId/{DISCLOSE}"
    assert api.send("POST", INES, path, query={"position": SIGNS}).status == 200
    structure = api.get(ANA, f"{SAFEGUARDING}modules/{RESPOND}/structure/").value
    assert [block["Id"] for block in structure] == [SIGNS, DISCLOSE, STUDIES]
    entry = api.get(ANA, f"{SAFEGUARDING}toc").value["Modules"][1]
    orders = [(topic["TopicId"], topic["SortOrder"]) for topic in entry["Topics"]]
    assert (orders, entry["Modules"][0]["SortOrder"]) == ([(SIGNS, 0), (STUDIES, 2)], 1)


@pytest.mark.parametrize("position", ["", "middle", "-1", ROUTES, KNOW, SHOW, QUIZ, 999_999])
def test_positions_that_are_no_sibling_are_refused(api: ApiClient, position: object) -> None:
    assert move(api, QUIZ, position).status == 400
    assert order(api) == [QUIZ, WALK, POSTER]


def test_position_is_required(api: ApiClient) -> None:
    assert api.send("POST", INES, f"{FIRE}order/objectId/{QUIZ}").status == 400


def test_locked_topic_is_not_moved(api: ApiClient) -> None:
    assert move(api, ALARMS, "first").status == 400
    assert order(api, KNOW) == [ROUTES, ALARMS]


def test_order_is_changed_by_content_managers_for_existing_objects(api: ApiClient) -> None:
    for person_id in (ANA, MAYA):
        assert move(api, QUIZ, "last", person_id).status == 403
    assert move(api, 999_999, "last").status == 404
    assert move(api, SIGNS, "last").status == 404


def test_order_exists_since_le_1_63(api: ApiClient) -> None:
    api.state.versions["le"] = ("1.62", "1.63")
    for version, status in (("1.62", 404), ("1.63", 200)):
        path = f"le/{version}/{org.FIRE}/content/order/objectId/{QUIZ}"
        assert api.send("POST", INES, path, query={"position": "last"}).status == status
