"""Tables of contents."""

from collections.abc import Iterator
from typing import Any

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ALMA, ANA, GRACE, GRACES, MAYA, OTTO, YUSUF
from tests.sandbox.seeds.edge_cases import BREAKOUT
from tests.sandbox_checks.api_client import ApiClient


def toc(api: ApiClient, caller: int, course: int, version: str = "1.90", **query: Any) -> Any:
    return api.get(caller, f"le/{version}/{course}/content/toc", **query)


def titles(value: dict[str, Any]) -> list[str]:
    def walk(modules: list[dict[str, Any]]) -> Iterator[str]:
        for module in modules:
            yield module["Title"]
            yield from (topic["Title"] for topic in module["Topics"])
            yield from walk(module["Modules"])

    return list(walk(value["Modules"]))


def test_toc_of_a_learner_leaves_out_hidden_and_out_of_date_content(api: ApiClient) -> None:
    seen = titles(toc(api, ANA, org.INFECTION).value)
    assert "Draft: next year's guidance" not in seen
    assert "Winter guidance, now closed" not in seen
    dated = titles(toc(api, ANA, org.INFECTION, ignoreDateRestrictions="true").value)
    assert set(dated) - set(seen) == {"Winter guidance, now closed"}
    assert "Level 3 (opens later)" not in titles(toc(api, ANA, org.SAFEGUARDING).value)


def test_toc_of_a_content_manager_has_everything_or_a_learners_view(api: ApiClient) -> None:
    assert "Draft: next year's guidance" in titles(toc(api, GRACE, org.INFECTION).value)
    viewed = toc(api, GRACE, org.INFECTION, userId=GRACES[0]).value
    assert titles(viewed) == titles(toc(api, GRACES[0], org.INFECTION).value)


def test_toc_of_another_person_is_for_auditors_and_content_managers(api: ApiClient) -> None:
    assert toc(api, MAYA, org.FIRE, userId=ANA).value == toc(api, ANA, org.FIRE).value
    assert toc(api, MAYA, org.FIRE).status == 403
    assert toc(api, OTTO, org.FIRE, userId=ANA).status == 403
    assert toc(api, MAYA, org.SEPSIS, userId=ANA).status == 403
    assert toc(api, ANA, 1).status == 404
    assert api.get(ANA, f"le/1.90/{org.FIRE}/content/toc/").status == 404


def test_toc_topic_has_both_forms_of_its_id_and_an_exempt_one_no_completion_type(
    api: ApiClient,
) -> None:
    module = toc(api, YUSUF, org.DATA_PROTECTION).value["Modules"][1]
    topic = module["Topics"][0]
    assert (topic["TopicId"], topic["Identifier"]) == (6613005, "6613005")
    assert (topic["CompletionType"], topic["IsExempt"]) == (3, True)
    assert toc(api, ANA, org.DATA_PROTECTION).value["Modules"][1]["Topics"][0]["IsExempt"] is False
    assert "StartDateAvailabilityType" not in topic
    unstable = toc(api, ANA, org.FIRE, version="unstable").value["Modules"][0]["Topics"][0]
    assert "StartDateAvailabilityType" in unstable


def test_toc_can_be_narrowed_to_a_module_or_a_title(api: ApiClient) -> None:
    whole = toc(api, ANA, org.SAFEGUARDING).value
    respond = whole["Modules"][1]
    narrowed = toc(api, ANA, org.SAFEGUARDING, moduleId=respond["ModuleId"]).value
    assert titles(narrowed) == titles({"Modules": [respond]})
    inner = respond["Modules"][0]["ModuleId"]
    assert titles(toc(api, ANA, org.SAFEGUARDING, moduleId=inner).value)[0] == ("If a child discloses")
    assert toc(api, ANA, org.SAFEGUARDING, moduleId=1).status == 404
    by_module = toc(api, ANA, org.SAFEGUARDING, title="RECOGNISE AND").value
    assert titles(by_module) == titles({"Modules": [respond]})
    by_topic = toc(api, ANA, org.SAFEGUARDING, title="signs of harm").value
    assert titles(by_topic) == ["Recognise and respond", "Signs of harm"]


def test_odd_course_has_unknown_types_and_markup_in_titles(api: ApiClient) -> None:
    topics = toc(api, ALMA, org.ODD_COURSE, userId=BREAKOUT).value["Modules"][0]["Topics"]
    assert {7, 29} <= {topic[key] for topic in topics for key in ("CompletionType", "ActivityType")}
    assert any("<img" in topic["Title"] for topic in topics)
    assert any(topic["IsBroken"] for topic in topics)


def test_modules_alone_are_visible_before_their_dates_below_le_1_67(api: ApiClient) -> None:
    api.state.versions["le"] = ("1.66", "1.67")

    def modules(version: str, **query: str) -> int:
        path = f"le/{version}/{org.SAFEGUARDING}/content/toc"
        return len(api.get(ANA, path, **query).value["Modules"])

    seen = modules("1.67")
    assert modules("1.67", ignoreDateRestrictions="true") == seen + 1
    assert modules("1.67", ignoreModuleDateRestrictions="true") == seen
    assert modules("1.66", ignoreModuleDateRestrictions="true") == seen + 1
    assert modules("1.66", ignoreDateRestrictions="true") == seen
