"""Counts of required and completed topics."""

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, CALLUM, DAI, GRACE, GRACES, INES, MAYA, OTTO, PRIYA, TOMAS
from tests.sandbox.seeds.edge_cases import BREAKOUT
from tests.sandbox_checks.api_client import ApiClient


def completions(person_id: int) -> str:
    return f"le/1.90/content/completions/{person_id}/"


def test_completions_are_refused_to_an_auditor_without_manage_content(api: ApiClient) -> None:
    for query in ({}, {"ignoreInvalid": "true"}):
        reply = api.get(MAYA, completions(ANA), orgUnitIdsCSV=org.FIRE, **query)
        assert reply.status == 403
        assert "securityVariableName: Content.ManageContent" in reply.value["detail"]


def test_completions_of_a_learner_are_a_bare_list_with_string_ids(api: ApiClient) -> None:
    person_id = GRACES[0]
    reply = api.get(GRACE, completions(person_id), orgUnitIdsCSV=f"{org.FIRE},{org.INFECTION}")
    assert [(one["UserId"], one["OrgUnitId"]) for one in reply.value] == [
        (str(person_id), str(org.FIRE)),
        (str(person_id), str(org.INFECTION)),
    ]
    assert {type(one["RequiredItems"]) for one in reply.value} == {int}


def test_completions_are_paged_by_switch(api: ApiClient) -> None:
    csv = ",".join(str(course) for course in org.MANDATORY)
    path = completions(GRACES[0])
    expected = api.get(GRACE, path, orgUnitIdsCSV=csv).value
    api.world.switches.completions_shape = "page"
    api.world.switches.page_size = 3
    pages = list(api.pages(GRACE, path, orgUnitIdsCSV=csv))
    assert [len(page) for page in pages] == [3, 1]
    assert [one for page in pages for one in page] == expected


def test_completions_are_refused_for_bad_lists_and_strangers(api: ApiClient) -> None:
    path = completions(GRACES[0])
    over = ",".join(str(number) for number in range(101))
    for csv in ("", "x", over):
        assert api.get(GRACE, path, orgUnitIdsCSV=csv).status == 400
    assert api.get(GRACE, path).status == 400
    assert api.get(GRACE, completions(999_999), orgUnitIdsCSV=org.FIRE).status == 400
    mixed = f"{org.FIRE},{org.NOTICEBOARD}"
    assert api.get(GRACE, path, orgUnitIdsCSV=mixed).status == 403
    valid = api.get(GRACE, path, orgUnitIdsCSV=mixed, ignoreInvalid="true").value
    assert [each["OrgUnitId"] for each in valid] == [str(org.FIRE)]


def test_completions_of_a_course_cover_several_learners(api: ApiClient) -> None:
    path = f"le/1.90/{org.FIRE}/content/completions/"
    listed = api.get(INES, path, userIdsCSV=f"{TOMAS},{CALLUM}").value
    counts = [(one["RequiredItems"], one["CompletedItems"]) for one in listed]
    assert counts == [(4, 4), (4, 0)]
    assert api.get(INES, path, userIdsCSV=f"{TOMAS},999999").status == 403
    valid = api.get(INES, path, userIdsCSV=f"{TOMAS},999999", ignoreInvalid="1").value
    assert [each["UserId"] for each in valid] == [str(TOMAS)]
    assert api.get(MAYA, path, userIdsCSV=TOMAS).status == 403


def test_completed_items_exceed_required_items_with_hidden_and_optional_topics(api: ApiClient) -> None:
    priya = api.get(PRIYA, f"le/1.90/{org.INFECTION}/content/completions/mycount/").value
    only = priya["Objects"][0]
    assert priya["Next"] is None
    assert only["CompletedItems"] > only["RequiredItems"] > 0
    assert (only["UserId"], only["OrgUnitId"], only["ObjectId"]) == (
        str(PRIYA),
        str(org.INFECTION),
        0,
    )
    assert only["Title"] == "Infection Prevention and Control"


def test_exemption_reduces_required_items(api: ApiClient) -> None:
    path = f"le/1.90/{org.FIRE}/content/completions/mycount/"
    dai = api.get(DAI, path).value["Objects"][0]
    ana = api.get(ANA, path).value["Objects"][0]
    assert (dai["RequiredItems"], ana["RequiredItems"]) == (3, 4)


def test_required_items_of_a_course_may_be_zero(api: ApiClient) -> None:
    path = f"le/1.90/{org.NOTICEBOARD}/content/completions/mycount/"
    only = api.get(BREAKOUT, path).value["Objects"][0]
    assert only["RequiredItems"] == 0


def test_own_counts_by_module_and_topic_add_up(api: ApiClient) -> None:
    path = f"le/1.90/{org.FIRE}/content/completions/mycount/"
    api.world.switches.page_size = 1
    modules = [one for page in api.pages(TOMAS, path, level=2) for one in page]
    topics = [one for page in api.pages(TOMAS, path, level=3) for one in page]
    assert sum(one["RequiredItems"] for one in modules) == 4
    assert sum(one["RequiredItems"] for one in topics) == 4
    assert api.get(TOMAS, path, level=4).status == 400
    assert api.get(OTTO, f"le/1.90/{org.INFECTION}/content/completions/mycount/").status == 403
