"""Topics: reading, changing and deleting them."""

from typing import Any

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, DAI, INES, MAYA, TOMAS
from tests.sandbox_checks.api_client import ApiClient
from tests.sandbox_checks.content_blocks import FIRE, FIRE_FOLDER, KNOW, POSTER, QUIZ, ROUTES, WALK, topic_data

DATE = "2026-12-24T12:00:00.000Z"
POLICY = org.SAFEGUARDING * 1000 + 3
SAFEGUARDING = f"le/1.90/{org.SAFEGUARDING}/content/"


def file_data(**changes: Any) -> dict[str, Any]:
    return topic_data(TopicType=1, Url=f"{FIRE_FOLDER}{WALK}.html", **changes)


def test_quiz_is_a_link_to_an_activity_with_a_grade(api: ApiClient) -> None:
    quiz = api.get(ANA, f"{FIRE}topics/{QUIZ}").value
    assert (quiz["TopicType"], quiz["ActivityType"], quiz["DueDate"]) == (3, 4, "2026-11-10T23:59:59.000Z")
    assert (quiz["ToolId"], quiz["ToolItemId"], quiz["GradeItemId"]) == (13000, QUIZ + 500, QUIZ + 700)
    assert quiz["AssociatedGradeItemIds"] == [QUIZ + 700]
    assert quiz["ActivityId"].startswith("https://")


def test_exemption_of_a_topic_is_the_callers(api: ApiClient) -> None:
    assert api.get(DAI, f"{FIRE}topics/{QUIZ}").value["IsExempt"] is True
    assert api.get(ANA, f"{FIRE}topics/{QUIZ}").value["IsExempt"] is False


def test_newer_fields_exist_in_their_versions(api: ApiClient) -> None:
    api.state.versions["le"] = ("1.71", "1.72")
    path = f"{org.FIRE}/content/topics/{ROUTES}"
    oldest, newer, unstable = (set(api.get(ANA, f"le/{v}/{path}").value) for v in ("1.71", "1.72", "unstable"))
    assert (newer - oldest, unstable - newer) == ({"IsBroken"}, {"Duration"})


def test_topics_are_for_people_of_the_course(api: ApiClient) -> None:
    assert api.get(MAYA, f"{FIRE}topics/{ROUTES}").status == 403
    assert api.get(ANA, f"{FIRE}topics/{KNOW}").status == 404
    assert api.get(ANA, f"{FIRE}topics/{ROUTES}/").status == 404
    hidden = org.INFECTION * 1000 + 8
    assert api.get(ANA, f"le/1.90/{org.INFECTION}/content/topics/{hidden}").status == 404


def test_changed_topic_reads_as_written(api: ApiClient) -> None:
    data = file_data(Title="Walk it", DueDate=DATE, Description={"Content": "<i>Go</i>", "Type": "Html"})
    reply = api.send("PUT", INES, f"{FIRE}topics/{WALK}", body=data)
    assert (reply.status, reply.value) == (200, b"")
    topic = api.get(ANA, f"{FIRE}topics/{WALK}").value
    assert (topic["Title"], topic["DueDate"]) == ("Walk it", DATE)
    assert topic["Description"] == {"Text": "Go", "Html": "<i>Go</i>"}
    assert topic["LastModifiedDate"] == "2026-11-21T12:00:00.000Z"
    past = file_data(DueDate="2026-11-20T12:00:00.000Z")
    api.send("PUT", INES, f"{FIRE}topics/{WALK}", body=past)
    overdue = api.get(ANA, "le/1.90/overdueItems/myItems").value["Objects"]
    assert WALK in [item["ItemId"] for item in overdue]


@pytest.mark.parametrize(("version", "expected"), [("1.69", DATE), ("1.70", None), ("unstable", None)])
def test_dates_of_a_topic_are_removed_by_null_since_le_1_70(api: ApiClient, version: str, expected: str | None) -> None:
    api.state.versions["le"] = ("1.69", "1.70")
    path = f"le/{version}/{org.FIRE}/content/topics/{WALK}"
    api.send("PUT", INES, path, body=file_data(StartDate=DATE, EndDate=DATE, DueDate=DATE))
    api.send("PUT", INES, path, body=file_data())
    topic = api.get(INES, path).value
    assert [topic[name] for name in ("StartDate", "EndDate", "DueDate")] == [expected] * 3


def test_dates_that_are_left_out_stay(api: ApiClient) -> None:
    data = {"Title": "Walk", "Type": 1, "TopicType": 1}
    assert api.send("PUT", INES, f"{FIRE}topics/{WALK}", body=data).status == 200
    assert api.get(INES, f"{FIRE}topics/{WALK}").value["DueDate"] == "2026-12-12T23:59:59.000Z"


def test_new_url_is_checked_for_its_folder_not_for_a_file(api: ApiClient) -> None:
    path = f"{FIRE}topics/{POSTER}"
    assert api.send("PUT", INES, path, body=topic_data(TopicType=1, Url="/content/enforced/1-X/a.pdf")).status == 400
    nowhere = f"{FIRE_FOLDER}nowhere.pdf"
    assert api.send("PUT", INES, path, body=topic_data(TopicType=1, Url=nowhere)).status == 200
    topic = api.get(ANA, path).value
    assert (topic["Url"], topic["IsBroken"]) == (nowhere, True)
    assert api.get(ANA, f"{path}/file").status == 404
    entry = api.get(ANA, f"{FIRE}toc").value["Modules"][1]["Topics"][2]
    assert (entry["Url"], entry["IsBroken"]) == (nowhere, True)


@pytest.mark.parametrize("opens", [True, False, None])
def test_link_may_open_externally(api: ApiClient, opens: bool | None) -> None:
    data = topic_data(Url="https://example.org/policy", OpenAsExternalResource=opens)
    assert api.send("PUT", INES, f"{SAFEGUARDING}topics/{POLICY}", body=data).status == 200
    topic = api.get(ANA, f"{SAFEGUARDING}topics/{POLICY}").value
    assert (topic["Url"], topic["OpenAsExternalResource"]) == ("https://example.org/policy", opens)


@pytest.mark.parametrize(
    "changes",
    [
        {"Title": "\u00a0 "},
        {"Type": 0},
        {"TopicType": 3},
        {"Url": None},
        {"OpenAsExternalResource": True},
        {"MajorUpdate": "yes"},
        {"EndDate": "2026-01-01T00:00:00.000Z", "StartDate": "2026-01-02T00:00:00.000Z"},
    ],
)
def test_invalid_topic_update_is_refused_and_changes_nothing(api: ApiClient, changes: dict[str, Any]) -> None:
    before = api.get(INES, f"{FIRE}topics/{WALK}").value
    assert api.send("PUT", INES, f"{FIRE}topics/{WALK}", body={**file_data(), **changes}).status == 400
    assert api.send("PUT", INES, f"{FIRE}topics/{WALK}", body=[]).status == 400
    assert api.get(INES, f"{FIRE}topics/{WALK}").value == before


def test_major_update_can_reset_everybodys_completion(api: ApiClient) -> None:
    def is_done() -> bool:
        path = f"{FIRE}topics/{WALK}/completions/users/{TOMAS}"
        return api.get(TOMAS, path).value["CompletionDate"] is not None

    path = f"{FIRE}topics/{WALK}"
    api.send("PUT", INES, path, body=file_data(ResetCompletionTracking=True))
    assert is_done()
    api.send("PUT", INES, path, body=file_data(MajorUpdate=True, MajorUpdateText="New route"))
    assert is_done()
    api.send("PUT", INES, path, body=file_data(MajorUpdate=True, ResetCompletionTracking=True))
    assert not is_done()


def test_deleted_topic_is_404_and_its_file_stays(api: ApiClient) -> None:
    poster = api.get(ANA, f"{FIRE}topics/{POSTER}").value
    assert api.send("DELETE", ANA, f"{FIRE}topics/{POSTER}").status == 403
    reply = api.send("DELETE", INES, f"{FIRE}topics/{POSTER}")
    assert (reply.status, reply.value) == (200, b"")
    assert api.get(INES, f"{FIRE}topics/{POSTER}").status == 404
    assert api.send("DELETE", INES, f"{FIRE}topics/{POSTER}").status == 404
    assert api.send("DELETE", INES, f"{FIRE}topics/{KNOW}").status == 404
    again = topic_data(TopicType=1, Url=poster["Url"])
    assert api.send("POST", INES, f"{FIRE}modules/{KNOW}/structure/", body=again).status == 200


def test_deleted_required_topic_reduces_required_items(api: ApiClient) -> None:
    def required() -> int:
        return int(api.get(ANA, f"{FIRE}completions/mycount/").value["Objects"][0]["RequiredItems"])

    before = required()
    api.send("DELETE", INES, f"{FIRE}topics/{QUIZ}")
    assert required() == before - 1
    bookmarked = api.get(ANA, f"{FIRE}bookmarks").value
    assert QUIZ not in [entry["TopicId"] for entry in bookmarked]
