"""Progress of people through topics."""

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, CALLUM, DAI, GRACES, INES, MAYA, OTTO, TOMAS
from tests.sandbox_checks.api_client import ApiClient

FIRE_QUIZ = org.FIRE * 1000 + 5
FIRE_PROGRESS = f"le/unstable/{org.FIRE}/content/userprogress/"


def test_user_progress_exists_in_unstable_only(api: ApiClient) -> None:
    assert api.get(ANA, FIRE_PROGRESS.replace("unstable", "1.90")).status == 404
    assert api.get(ANA, FIRE_PROGRESS).status == 200


def test_user_progress_lists_visited_topics_of_several_users(api: ApiClient) -> None:
    path = f"{FIRE_PROGRESS}?userId={ANA}&userId={TOMAS}&userId={CALLUM}&pageSize=2"
    rows = [one for page in api.pages(MAYA, path) for one in page]
    assert {row["UserId"] for row in rows} == {ANA, TOMAS}
    assert len(rows) == len({(row["UserId"], row["ObjectId"]) for row in rows}) > 4
    assert set(rows[0]) == {
        "ObjectId",
        "UserId",
        "CompletedDate",
        "IsRead",
        "NumVisits",
        "TotalTime",
        "LastVisited",
        "Visited",
        "Completed",
        "IsExempt",
    }
    one_topic = api.get(MAYA, f"{path}&objectId={FIRE_QUIZ}").value["Objects"]
    assert [(row["UserId"], row["Completed"]) for row in one_topic] == [(TOMAS, True)]


def test_user_progress_without_users_covers_those_the_caller_may_see(api: ApiClient) -> None:
    def people(caller: int) -> set[int]:
        pages = api.pages(caller, FIRE_PROGRESS, pageSize=50)
        return {row["UserId"] for page in pages for row in page}

    assert people(ANA) == {ANA}
    assert people(MAYA) < set(api.world.auditees[MAYA])
    assert people(INES) > people(MAYA)


@pytest.mark.parametrize("size", [1, 3, 20])
def test_user_progress_is_the_same_at_any_page_size(api: ApiClient, size: int) -> None:
    pages = list(api.pages(INES, FIRE_PROGRESS, pageSize=size))
    rows = [(row["UserId"], row["ObjectId"]) for page in pages for row in page]
    everyone = sorted(api.world.enrolled_in(org.FIRE))
    assert rows == [
        (person_id, topic_id)
        for person_id in everyone
        for topic_id in sorted(api.world.progress_of(person_id, org.FIRE))
    ]
    assert {len(page) for page in pages[:-1]} == {size}
    assert api.get(INES, FIRE_PROGRESS, bookmark="zero").status == 400


def test_user_progress_of_strangers_is_refused(api: ApiClient) -> None:
    assert api.get(OTTO, FIRE_PROGRESS, userId=ANA).status == 403
    assert api.get(MAYA, FIRE_PROGRESS, userId=GRACES[0]).status == 403
    assert api.get(INES, FIRE_PROGRESS, userId=MAYA).status == 403
    assert api.get(ADRIAN, FIRE_PROGRESS, userId=ANA).status == 200


def test_user_progress_of_one_topic_exists_before_the_first_visit(api: ApiClient) -> None:
    row = api.get(MAYA, f"{FIRE_PROGRESS}{FIRE_QUIZ}", userId=CALLUM).value
    assert (row["Visited"], row["NumVisits"], row["CompletedDate"]) == (False, 0, None)
    assert api.get(MAYA, f"{FIRE_PROGRESS}{FIRE_QUIZ}", userId=DAI).value["IsExempt"] is True
    assert api.get(MAYA, f"{FIRE_PROGRESS}1", userId=CALLUM).status == 404


def test_own_progress_can_be_updated_and_time_never_decreases(api: ApiClient) -> None:
    body = {"ObjectId": FIRE_QUIZ, "UserId": ANA, "TotalTime": 500, "Completed": True}
    row = api.send("POST", ANA, FIRE_PROGRESS, body=body).value
    assert (row["Completed"], row["TotalTime"]) == (True, 500)
    row = api.send("POST", ANA, FIRE_PROGRESS, body={**body, "TotalTime": 1}).value
    assert row["TotalTime"] == 500
    overdue = api.get(ANA, "le/1.90/overdueItems/myItems").value["Objects"]
    assert FIRE_QUIZ not in [item["ItemId"] for item in overdue]
    assert api.send("POST", TOMAS, FIRE_PROGRESS, body=body).status == 403
    assert api.send("POST", ANA, FIRE_PROGRESS, body={**body, "LastVisited": "x"}).status == 400
    assert api.send("POST", ANA, FIRE_PROGRESS, body=[]).status == 400
