"""Accessibility rules and the smallest screens, in a real browser."""

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, settled
from tests.conftest import ALMA, MAYA, OTTO

Scheme = Literal["light", "dark"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SCREENS = [(width, scheme) for width in (1280, 375) for scheme in ("light", "dark")]


def offences(page: Page) -> list[str]:
    found: Any = Axe().run(page, options=RULES).response
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found["violations"]]


def sideways(page: Page) -> int:
    """Pixels by which the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_the_team_and_a_person_break_no_rule(open_as: Open, width: int, scheme: Scheme) -> None:
    page = settled(open_as(MAYA, viewport={"width": width, "height": 800}, color_scheme=scheme))

    assert offences(page) == []
    page.locator("#person-202").click()
    expect(page.locator("#panel-content")).to_contain_text("Completion by course")
    assert offences(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_empty_team_and_the_front_door_break_no_rule(open_as: Open, portal: str, scheme: Scheme) -> None:
    page = open_as(OTTO, color_scheme=scheme)

    assert offences(page) == []
    page.click(".account-button")
    page.get_by_role("button", name="Sign out").click()
    assert offences(page) == []
    page.goto(f"{portal}/")
    assert offences(page) == []


@pytest.mark.parametrize("width", [320, 375, 768])
def test_nothing_is_wider_than_the_screen(open_as: Open, width: int) -> None:
    page = settled(open_as(ALMA, viewport={"width": width, "height": 800}))

    assert sideways(page) == 0
    page.locator("tr[data-person] .person-cell a").first.click()
    expect(page.locator("#panel-content")).to_contain_text("Completion by course")
    assert sideways(page) == 0


def test_the_keyboard_reaches_the_first_person_with_a_visible_focus(open_as: Open) -> None:
    page = settled(open_as(MAYA))
    page.locator("#sort-last").focus()
    page.keyboard.press("Tab")

    focused = page.locator("tr[data-person] .person-cell a").first
    expect(focused).to_be_focused()
    assert focused.evaluate("element => getComputedStyle(element).outlineStyle") != "none"


def test_print_leaves_out_the_navigation_and_names_the_filter(open_as: Open) -> None:
    page = settled(open_as(MAYA))
    page.click("#count-overdue")
    expect(page.locator("tr[data-person]")).to_have_count(3)
    page.emulate_media(media="print")

    expect(page.locator("nav[aria-label='Main']")).to_be_hidden()
    expect(page.locator(".print-only", has_text="Filter:")).to_contain_text("Overdue")
