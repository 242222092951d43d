"""Choosing a language in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, settled
from tests.browser.test_accessibility import offences, sideways
from tests.conftest import MAYA


def test_the_switch_keeps_the_filters_that_were_set_without_loading_the_page(open_as: Open) -> None:
    page = settled(open_as(MAYA))
    page.click("#count-overdue")
    expect(page.locator("tr[data-person]")).to_have_count(3)
    page.click(".account-button")
    page.get_by_role("button", name="Français").click()

    expect(page.locator("h1")).to_have_text("Votre équipe")
    assert page.url.endswith("/team/?status=overdue")
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_the_switch_works_without_scripts(open_as: Open) -> None:
    page = open_as(MAYA, "/team/?q=an", java_script_enabled=False)
    page.click(".account-button")
    page.get_by_role("button", name="Français").click()

    expect(page.locator("h1")).to_have_text("Votre équipe")
    assert page.url.endswith("/team/?q=an")


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_french_pages_break_no_rule_and_fit_the_screen(open_as: Open, width: int, scheme: Any) -> None:
    viewport = {"width": width, "height": 800}
    page = settled(open_as(MAYA, viewport=viewport, color_scheme=scheme, locale="fr-CA"))
    page.click(".account-button")

    expect(page.get_by_role("group", name="Langue")).to_be_visible()
    assert offences(page) == []
    page.keyboard.press("Escape")
    assert sideways(page) == 0
    page.locator("#person-202").click()
    expect(page.locator("#panel-content")).to_contain_text("Progression par cours")
    assert (offences(page), sideways(page)) == ([], 0)


def test_the_part_of_a_page_that_cannot_be_loaded_is_told_in_french(open_as: Open) -> None:
    page = settled(open_as(MAYA, locale="fr", allowed="503"))
    page.route("**/team/?status=overdue", lambda route: route.fulfill(status=503, body="no"))
    page.click("#count-overdue")

    expect(page.locator("#notices")).to_contain_text("Cette partie n’a pas pu être lue (503).")
    expect(page.locator("#notices a")).to_have_text("Réessayer")
