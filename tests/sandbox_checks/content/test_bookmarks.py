"""Bookmarked and recently visited topics."""

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, CALLUM, INES, MAYA, TOMAS
from tests.sandbox_checks.api_client import ApiClient
from tests.sandbox_checks.content_blocks import FIRE, QUIZ, ROUTES, SHOW, WALK, module_data


def test_bookmarks_are_entries_of_the_table_of_contents(api: ApiClient) -> None:
    marked = api.get(ANA, f"{FIRE}bookmarks").value
    toc = api.get(ANA, f"{FIRE}toc").value["Modules"]
    assert marked == [toc[0]["Topics"][0], toc[1]["Topics"][0]]
    assert [(entry["TopicId"], entry["Bookmarked"]) for entry in marked] == [(ROUTES, True), (QUIZ, True)]
    assert api.get(CALLUM, f"{FIRE}bookmarks").value == []


def test_recent_topics_are_the_visited_ones_latest_first(api: ApiClient) -> None:
    recent = [entry["TopicId"] for entry in api.get(TOMAS, f"{FIRE}recent").value]
    progress = api.world.progress_of(TOMAS, org.FIRE)
    visits = [progress[topic_id].last_visited for topic_id in recent]
    assert len(recent) == 4
    assert visits == sorted(visits, key=lambda moment: moment or api.world.now, reverse=True)
    assert api.get(CALLUM, f"{FIRE}recent").value == []


def test_visited_topic_becomes_the_most_recent(api: ApiClient) -> None:
    body = {"ObjectId": WALK, "UserId": CALLUM, "LastVisited": "2026-11-21T11:00:00.000Z", "NumVisits": 1}
    api.send("POST", CALLUM, f"le/unstable/{org.FIRE}/content/userprogress/", body=body)
    assert [entry["TopicId"] for entry in api.get(CALLUM, f"{FIRE}recent").value] == [WALK]


def test_hidden_topics_are_neither_bookmarked_nor_recent(api: ApiClient) -> None:
    api.send("PUT", INES, f"{FIRE}modules/{SHOW}", body=module_data(IsHidden=True))
    assert [entry["TopicId"] for entry in api.get(ANA, f"{FIRE}bookmarks").value] == [ROUTES]
    assert QUIZ not in [entry["TopicId"] for entry in api.get(TOMAS, f"{FIRE}recent").value]


def test_bookmarks_and_recent_topics_are_for_people_of_the_course(api: ApiClient) -> None:
    for name in ("bookmarks", "recent"):
        assert api.get(MAYA, f"{FIRE}{name}").status == 403
        assert api.get(ANA, f"{FIRE}{name}/").status == 404
