"""Completions of single topics."""

from typing import Any

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, CALLUM, DAI, GRACE, HELENA, INES, MAYA, OTTO, TOMAS
from tests.sandbox_checks.api_client import ApiClient, Reply
from tests.sandbox_checks.content_blocks import FIRE, KNOW, QUIZ, WALK

OF_QUIZ = f"{FIRE}topics/{QUIZ}/completions/"
DATE = "2026-11-01T09:30:00.000Z"


def set_date(api: ApiClient, caller: int, person_id: int, date: Any, topic_id: int = QUIZ) -> Reply:
    path = f"{FIRE}topics/{topic_id}/completions/users/{person_id}"
    return api.send("PUT", caller, path, body={"CompletedDate": date})


def people(api: ApiClient, caller: int, **query: Any) -> list[int]:
    return [one["UserId"] for page in api.pages(caller, OF_QUIZ, **query) for one in page]


def test_topic_completion_has_numeric_ids(api: ApiClient) -> None:
    completion = api.get(ANA, f"{OF_QUIZ}users/{ANA}").value
    assert completion == {
        "UserId": ANA,
        "OrgUnitId": org.FIRE,
        "TopicId": QUIZ,
        "CompletionType": 2,
        "CompletionDate": None,
    }
    assert api.get(TOMAS, f"{OF_QUIZ}users/{TOMAS}").value["CompletionDate"] is not None
    assert api.get(DAI, f"{OF_QUIZ}users/{DAI}").value["CompletionType"] == 3


@pytest.mark.parametrize("size", [1, 6, 100, 1000])
def test_topic_completions_list_every_learner_at_any_page_size(api: ApiClient, size: int) -> None:
    learners = sorted(set(api.world.enrolled_in(org.FIRE)) - {INES, GRACE})
    assert people(api, INES, pageSize=size) == learners
    assert people(api, INES, pageSize=size, isAscendingSort="false") == learners[::-1]


def test_topic_completions_are_in_pages_of_twenty_with_a_user_bookmark(api: ApiClient) -> None:
    first = api.get(INES, OF_QUIZ).value
    assert len(first["Objects"]) == 20
    last = first["Objects"][-1]["UserId"]
    assert f"userBookmark={last}" in first["Next"]
    after = api.get(INES, OF_QUIZ, userBookmark=last).value["Objects"]
    assert after[0]["UserId"] > last
    assert api.get(INES, OF_QUIZ, pageSize=0).status == 400


def test_topic_completions_list_those_the_caller_may_see(api: ApiClient) -> None:
    assert people(api, ANA) == [ANA]
    assert people(api, MAYA) == api.world.auditees[MAYA]
    assert len(people(api, ADRIAN)) > 12
    assert people(api, INES, userId=ANA) == [ANA]
    assert people(api, MAYA, userId=ANA) == [ANA]
    # Otto takes no part in this course, and audits nobody who does.
    elsewhere = org.INFECTION * 1000 + 2
    assert api.get(OTTO, f"le/1.90/{org.INFECTION}/content/topics/{elsewhere}/completions/").status == 403
    for query in ({"userId": ANA}, {"userId": MAYA}):
        assert api.get(OTTO, OF_QUIZ, **query).status == 403
    assert api.get(INES, OF_QUIZ, userId=999_999).status == 404


def test_topic_completion_is_for_oneself_auditors_and_content_managers(api: ApiClient) -> None:
    statuses = [api.get(caller, f"{OF_QUIZ}users/{ANA}").status for caller in (ANA, MAYA, INES, TOMAS, OTTO)]
    assert statuses == [200, 200, 200, 403, 403]
    assert api.get(INES, f"{OF_QUIZ}users/{HELENA}").status == 403
    assert api.get(INES, f"{OF_QUIZ}users/999999").status == 404
    assert api.get(INES, f"{FIRE}topics/{KNOW}/completions/users/{ANA}").status == 404
    assert api.get(INES, f"{OF_QUIZ}users/{ANA}/").status == 404


def test_completed_date_is_stored_and_shown_everywhere(api: ApiClient) -> None:
    reply = set_date(api, INES, ANA, DATE)
    assert (reply.status, reply.value) == (200, b"")
    assert api.get(ANA, f"{OF_QUIZ}users/{ANA}").value["CompletionDate"] == DATE
    overdue = api.get(ANA, "le/1.90/overdueItems/myItems").value["Objects"]
    assert QUIZ not in [item["ItemId"] for item in overdue]
    progress = api.get(ANA, f"le/unstable/{org.FIRE}/content/userprogress/{QUIZ}").value
    assert (progress["Completed"], progress["CompletedDate"]) == (True, DATE)
    done = api.get(ANA, f"{FIRE}myItems/", completion=2).value["Objects"]
    assert [(item["ItemId"], item["DateCompleted"]) for item in done] == [(QUIZ, DATE)]


def test_null_removes_a_topic_completion(api: ApiClient) -> None:
    before = api.get(TOMAS, f"{FIRE}completions/mycount/").value["Objects"][0]["CompletedItems"]
    assert set_date(api, INES, TOMAS, None).status == 200
    assert api.get(TOMAS, f"{OF_QUIZ}users/{TOMAS}").value["CompletionDate"] is None
    mine = api.get(TOMAS, f"{FIRE}completions/mycount/").value["Objects"][0]
    assert mine["CompletedItems"] == before - 1
    assert set_date(api, INES, CALLUM, None).status == 200
    assert QUIZ not in api.world.progress_of(CALLUM, org.FIRE)


def test_learners_complete_only_their_own_manual_topics(api: ApiClient) -> None:
    assert set_date(api, ANA, ANA, DATE, WALK).status == 200
    assert api.get(ANA, f"{FIRE}topics/{WALK}/completions/users/{ANA}").value["CompletionDate"] == DATE
    assert set_date(api, ANA, ANA, DATE, QUIZ).status == 403
    assert set_date(api, ANA, TOMAS, DATE, WALK).status == 403
    assert set_date(api, MAYA, ANA, DATE, WALK).status == 403


@pytest.mark.parametrize("body", [{}, [], {"CompletionDate": DATE}, {"CompletedDate": "2026-11-01"}])
def test_topic_completion_body_of_another_shape_is_400(api: ApiClient, body: Any) -> None:
    assert api.send("PUT", INES, f"{OF_QUIZ}users/{ANA}", body=body).status == 400


def test_topic_completion_is_for_people_of_the_course(api: ApiClient) -> None:
    assert set_date(api, INES, HELENA, DATE).status == 400
    assert set_date(api, INES, 999_999, DATE).status == 404
