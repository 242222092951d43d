"""The team page as a person meets it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Open, settled
from tests.conftest import ALMA, MAYA, OTTO
from tests.sandbox.server import Sandbox


def names(page: object) -> list[str]:
    return page.locator("tr[data-person] .person-cell a").all_inner_texts()  # type: ignore[attr-defined, no-any-return]


def test_names_come_first_and_figures_follow_by_themselves(open_as: Open, sandbox: Sandbox) -> None:
    sandbox.control.set_latency(40)
    page = open_as(MAYA)

    expect(page.locator("tr[data-person]")).to_have_count(12)
    expect(settled(page).locator(".skeleton")).to_have_count(0)
    expect(page.locator('tr[data-person="201"] [data-figure="cpd"]')).to_contain_text("of 35 h")
    expect(page.locator("#status")).to_have_text("12 people found")


def test_who_needs_attention_comes_first_with_the_reason(open_as: Open) -> None:
    page = settled(open_as(MAYA))

    first = page.locator("tr[data-person]").first
    expect(first.locator('[data-figure="status"]')).to_have_text("overdue", ignore_case=True)
    expect(first).to_contain_text("items overdue")


def test_a_count_filters_and_the_address_follows_and_goes_back(open_as: Open) -> None:
    page = settled(open_as(MAYA))
    page.click("#count-overdue")

    expect(page).to_have_url(re.compile(r"\?status=overdue$"))
    expect(page.locator("tr[data-person]")).to_have_count(3)
    page.go_back()
    expect(page.locator("tr[data-person]")).to_have_count(12)


def test_searching_narrows_while_typing_and_keeps_the_focus(open_as: Open) -> None:
    page = settled(open_as(MAYA))
    page.get_by_role("searchbox").press_sequentially("beltran")

    expect(page.locator("tr[data-person]")).to_have_count(1)
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.locator("#status")).to_have_text("1 person found")


def test_a_header_sorts_and_says_so(open_as: Open) -> None:
    page = settled(open_as(MAYA))
    page.click("#sort-name")

    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "ascending")
    assert names(page) == sorted(names(page))


def test_a_failed_fragment_is_told_and_leaves_the_table_alone(open_as: Open, sandbox: Sandbox) -> None:
    page = settled(open_as(MAYA, allowed="503"))
    before = names(page)
    page.route("**/team/?status=overdue", lambda route: route.fulfill(status=503, body="no"))
    page.click("#count-overdue")

    expect(page.locator("#notices")).not_to_be_empty()
    assert names(page) == before


def test_a_person_opens_with_cpd_and_courses(open_as: Open) -> None:
    page = settled(open_as(MAYA))
    page.click("#person-205" if page.locator("#person-205").count() else "#person-202")

    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#panel-cpd")).to_contain_text("By category")
    expect(page.locator("#panel-content")).to_contain_text("Completion by course")


def test_hostile_names_are_shown_as_text(open_as: Open) -> None:
    page = settled(open_as(ALMA))

    expect(page.locator("#team-table")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("#team-table img, #team-table script").count() == 0


def test_somebody_without_reports_is_told_why_and_what_to_do(open_as: Open) -> None:
    page = open_as(OTTO)

    expect(page.locator("main")).to_contain_text("Nobody is in your team yet")


def test_signing_out_leads_nowhere_but_to_signing_in(open_as: Open, portal: str) -> None:
    page = settled(open_as(MAYA))
    page.click(".account-button")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{portal}/team/")

    assert "/oauth2/auth" in page.url


def test_without_javascript_the_figures_are_a_link_away(open_as: Open) -> None:
    page = open_as(MAYA, java_script_enabled=False)
    page.get_by_role("link", name="Show the figures").click()

    expect(page.locator('tr[data-person="201"] [data-figure="cpd"]')).to_contain_text("of 35 h")
    page.locator("#count-overdue").click()
    expect(page.locator("tr[data-person]")).to_have_count(3)


def test_the_chosen_appearance_is_remembered(open_as: Open) -> None:
    page = settled(open_as(MAYA))
    page.click(".account-button")
    page.get_by_label("Dark").check()
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
