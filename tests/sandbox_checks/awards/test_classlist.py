"""The classlist of awards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.sandbox.awards.permissions import EARN, SEE, award_permission
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, GRACE, INES, JUN, LINNEA, MAYA, OLIVER, PRIYA, TOMAS, YUSUF
from tests.sandbox.seeds.edge_cases import NO_FIRST_NAME, PROLIFIC
from tests.sandbox_checks.api_client import ApiClient, Reply, path_of

INFECTION = f"bas/1.3/orgunits/{org.INFECTION}/classlist/"
FIRE = f"bas/1.3/orgunits/{org.FIRE}/classlist/"
LEADERBOARD = f"bas/1.3/orgunits/{org.NOTICEBOARD}/classlist/"


def rows(reply: Reply) -> list[dict[str, Any]]:
    assert reply.status == 200, reply
    found: list[dict[str, Any]] = reply.value["Objects"]
    return found


def row_of(api: ApiClient, path: str, person_id: int, caller: int = GRACE, **query: Any) -> dict[str, Any]:
    return next(
        row for page in api.pages(caller, path, limit=200, **query) for row in page if row["UserId"] == person_id
    )


def test_classlist_has_those_who_can_earn_awards(api: ApiClient) -> None:
    listed = {row["UserId"] for row in rows(api.get(INES, FIRE, limit=200))}
    assert listed == {
        person_id for person_id, enrolment in api.world.enrolled_in(org.FIRE).items() if enrolment.role == "learner"
    }
    assert not listed & {INES, GRACE}


def test_classlist_row_counts_awards_and_credits_of_the_course(api: ApiClient) -> None:
    row = row_of(api, INFECTION, PRIYA)
    assert set(row) == {
        "UserId",
        "OrgUnitId",
        "ProfileImage",
        "DisplayName",
        "FirstName",
        "LastName",
        "TotalAwardCount",
        "TotalCreditCount",
        "Rank",
        "IssuedAwards",
    }
    assert (row["TotalAwardCount"], row["TotalCreditCount"], row["OrgUnitId"]) == (2, 2.5, org.INFECTION)
    assert isinstance(row["TotalCreditCount"], float)
    assert row["ProfileImage"].startswith("/d2l/")
    assert [award["OrgUnitId"] for award in row["IssuedAwards"]["Objects"]] == [org.INFECTION] * 2
    assert row["IssuedAwards"]["Next"] is None


def test_expired_awards_are_left_out_unless_asked_for(api: ApiClient) -> None:
    assert row_of(api, INFECTION, YUSUF)["TotalAwardCount"] == 0
    assert row_of(api, INFECTION, YUSUF, includeExpired="true")["TotalAwardCount"] == 1
    assert row_of(api, INFECTION, YUSUF, includeExpired="false")["TotalAwardCount"] == 0


def test_next_of_a_row_leads_to_the_awards_after_the_first_ten(api: ApiClient) -> None:
    api.world.enrol(GRACE, org.NOTICEBOARD, "course_lead")
    awards = row_of(api, LEADERBOARD, PROLIFIC, awardType="Badge", includeExpired="false")["IssuedAwards"]
    assert (len(awards["Objects"]), awards["Next"]) == (7, None)
    awards = row_of(api, LEADERBOARD, PROLIFIC)["IssuedAwards"]
    assert len(awards["Objects"]) == 10
    query = parse_qs(urlsplit(awards["Next"]).query)
    assert query == {"orgUnitId": [str(org.NOTICEBOARD)], "includeExpired": ["0"], "offset": ["10"]}
    rest = api.get(GRACE, path_of(awards["Next"])).value
    assert len(rest["Objects"]) == 2
    dates = [award["IssuedDate"] for award in awards["Objects"] + rest["Objects"]]
    assert dates == sorted(dates)


def test_next_of_a_filtered_row_has_the_award_type(api: ApiClient) -> None:
    api.world.enrol(GRACE, org.NOTICEBOARD, "course_lead")
    for award in api.world.awards.awards.values():
        award.award_type = 1
    following = row_of(api, LEADERBOARD, PROLIFIC, awardType=1, includeExpired=1)["IssuedAwards"]["Next"]
    query = parse_qs(urlsplit(following).query)
    assert (query["awardType"], query["includeExpired"], query["offset"]) == (["Badge"], ["1"], ["10"])


def test_latest_ten_awards_are_newest_first_and_next_has_all(api: ApiClient) -> None:
    api.world.enrol(GRACE, org.NOTICEBOARD, "course_lead")
    awards = row_of(api, LEADERBOARD, PROLIFIC, fetchLatest="true")["IssuedAwards"]
    rest = api.get(GRACE, path_of(awards["Next"])).value["Objects"]
    dates = [award["IssuedDate"] for award in awards["Objects"]]
    assert (len(dates), dates) == (10, sorted(dates, reverse=True))
    assert {award["IssuedId"] for award in awards["Objects"]} < {award["IssuedId"] for award in rest}
    assert len(rest) == 12


def test_default_sort_of_the_classlist_is_that_of_the_configuration(api: ApiClient) -> None:
    counts = [row["TotalAwardCount"] for row in rows(api.get(GRACE, INFECTION, limit=200))]
    assert counts == sorted(counts, reverse=True)
    api.world.switches.classlist_sort_field = "LastName"
    api.world.switches.classlist_sort_ascending = True
    names = [row["LastName"].lower() for row in rows(api.get(GRACE, INFECTION, limit=200))]
    assert names == sorted(names)
    descending = rows(api.get(GRACE, INFECTION, limit=200, sortFieldIsAscending="false"))
    assert [row["LastName"].lower() for row in descending] == sorted(names, reverse=True)


@pytest.mark.parametrize("field", ["CreditScore", "creditscore", 4])
def test_sort_field_is_accepted_by_name_or_number(api: ApiClient, field: Any) -> None:
    found = rows(api.get(GRACE, INFECTION, limit=200, sortField=field, sortFieldIsAscending="true"))
    credits = [row["TotalCreditCount"] for row in found]
    assert credits == sorted(credits)


def test_ties_are_ordered_by_last_then_first_name_in_both_directions(api: ApiClient) -> None:
    for ascending in ("true", "false"):
        found = rows(api.get(GRACE, INFECTION, limit=200, sortField=1, sortFieldIsAscending=ascending))
        tied = [row for row in found if row["TotalAwardCount"] == 0]
        names = [(row["LastName"].lower(), (row["FirstName"] or "").lower()) for row in tied]
        assert len(names) > 5
        assert names == sorted(names)


def test_rank_is_by_award_count_also_when_sorted_by_name(api: ApiClient) -> None:
    for sort in ("FirstName", "LastName", "AwardCount"):
        found = rows(api.get(GRACE, INFECTION, limit=200, sortField=sort))
        ranks = {row["TotalAwardCount"]: row["Rank"] for row in found}
        counts = [row["TotalAwardCount"] for row in found]
        assert ranks == {count: 1 + sum(other > count for other in counts) for count in ranks}


def test_ranks_are_distinct_by_switch(api: ApiClient) -> None:
    api.world.switches.award_rank = "distinct"
    found = rows(api.get(GRACE, INFECTION, limit=200))
    assert [row["Rank"] for row in found] == list(range(1, len(found) + 1))


def test_classlist_search_finds_first_and_last_names_and_keeps_ranks(api: ApiClient) -> None:
    everybody = {row["UserId"]: row["Rank"] for row in rows(api.get(GRACE, INFECTION, limit=200))}
    found = rows(api.get(GRACE, INFECTION, search="NOVAK"))
    assert [(row["UserId"], row["Rank"]) for row in found] == [(ANA, everybody[ANA])]
    assert [row["UserId"] for row in rows(api.get(GRACE, INFECTION, search="tomás"))] == [TOMAS]
    assert [row["FirstName"] for row in rows(api.get(GRACE, INFECTION, search="Mononym"))] == [""]
    assert row_of(api, INFECTION, NO_FIRST_NAME)["DisplayName"] == "Mononym"


def test_section_narrows_the_classlist_and_another_courses_section_is_refused(api: ApiClient) -> None:
    found = {row["UserId"] for row in rows(api.get(INES, FIRE, sectionId=cat.WARD_SECTION))}
    assert found == api.world.awards.sections[cat.WARD_SECTION].member_ids
    assert api.get(GRACE, INFECTION, sectionId=cat.WARD_SECTION).status == 400
    assert api.get(INES, FIRE, sectionId=1).status == 400


def test_classlist_pages_lose_nobody(api: ApiClient) -> None:
    pages = list(api.pages(GRACE, INFECTION, limit=7, sortField="FirstName"))
    assert {len(page) for page in pages[:-1]} == {7}
    people = [row["UserId"] for page in pages for row in page]
    assert len(people) == len(set(people)) == len(rows(api.get(GRACE, INFECTION, limit=200)))


@pytest.mark.parametrize(
    "query", [{"awardType": "x"}, {"sortField": 5}, {"limit": 201}, {"includeExpired": "maybe"}, {"sectionId": "x"}]
)
def test_wrong_parameters_of_the_classlist_are_refused(api: ApiClient, query: dict[str, Any]) -> None:
    assert api.get(INES, FIRE, **query).status == 400


def test_classlist_of_an_unknown_course_is_404_and_of_a_foreign_one_403(api: ApiClient) -> None:
    assert api.get(INES, "bas/1.3/orgunits/99/classlist/").status == 404
    assert api.get(MAYA, FIRE).status == 403
    assert api.get(ANA, FIRE).status == 200


def test_classlist_of_one_person_equals_their_row(api: ApiClient) -> None:
    assert api.get(GRACE, f"{INFECTION}users/{LINNEA}").value == row_of(api, INFECTION, LINNEA)
    assert api.get(GRACE, f"{INFECTION}users/{LINNEA}", awardType=2).value["TotalAwardCount"] == 0
    assert api.get(GRACE, f"{INFECTION}users/{LINNEA}", sortField="bad").status == 400


def test_person_who_cannot_earn_is_404_or_403_by_switch(api: ApiClient) -> None:
    assert api.get(GRACE, f"{INFECTION}users/{OLIVER}").status == 404
    assert api.get(GRACE, f"{INFECTION}users/{GRACE}").status == 404
    api.world.switches.classlist_cannot_earn = "403"
    assert api.get(GRACE, f"{INFECTION}users/{GRACE}").status == 403
    assert api.get(GRACE, "bas/1.3/orgunits/99/classlist/users/1").status == 404


def test_type_the_caller_may_not_see_is_403(api: ApiClient) -> None:
    course_lead = api.world.roles["course_lead"]
    api.world.roles["course_lead"] = replace(
        course_lead, permissions=course_lead.permissions - {award_permission(SEE, 2)}
    )
    assert api.get(GRACE, f"{FIRE}users/{JUN}", awardType="Certificate").status == 403
    assert row_of(api, FIRE, JUN)["TotalAwardCount"] == 0


def test_person_who_earns_one_type_is_listed_for_that_type_only(api: ApiClient) -> None:
    learner = api.world.roles["learner"]
    api.world.roles["learner"] = replace(learner, permissions=learner.permissions - {award_permission(EARN, 2)})
    assert rows(api.get(INES, FIRE, awardType="Badge"))
    assert rows(api.get(INES, FIRE, awardType="Certificate")) == []
