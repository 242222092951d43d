"""Which language a page is in: the one that was chosen, else the one that the browser asks for."""

import pytest
from django.test import Client

from portal.accounts.models import Person
from portal.team.tasks import warm_team
from tests.conftest import MAYA, SignIn
from tests.languages.conftest import choose
from tests.portal.sign_in_steps import callback_url, new_browser
from tests.portal.team.reading import elements, page_of, text, value
from tests.sandbox.server import Sandbox

pytestmark = pytest.mark.django_db


def language_of_front_page(browser: Client, accepted: str = "") -> str:
    response = browser.get("/", headers={"Accept-Language": accepted} if accepted else {})
    [html] = elements(page_of(response), "html", lang=response.headers["Content-Language"])
    return value(html, "lang")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("en-GB,fr;q=0.5", "en"),
        ("cy,de", "en"),
        ("*", "en"),
    ],
)
def test_a_new_browser_gets_the_language_it_asks_for(accepted: str, language: str) -> None:
    assert language_of_front_page(new_browser(), accepted) == language


def test_a_choice_holds_against_what_the_browser_asks_for() -> None:
    browser = new_browser()
    choose(browser, "fr")

    assert language_of_front_page(browser, "en") == "fr"
    choose(browser, "en")
    assert language_of_front_page(browser, "fr") == "en"


@pytest.mark.parametrize("language", ["de", "", "fr-CA", "../fr", "x" * 500])
def test_a_language_that_is_not_offered_changes_nothing(language: str) -> None:
    browser = new_browser()
    choose(browser, language)

    assert "portal_language" not in browser.cookies
    assert language_of_front_page(browser, "fr") == "fr"


@pytest.mark.parametrize(
    ("address", "back"),
    [
        ("/team/?q=an&status=behind", "/team/?q=an&status=behind"),
        ("", "/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/signout/", "/"),
    ],
)
def test_a_choice_leads_back_to_a_page_of_this_site(maya: Client, address: str, back: str) -> None:
    response = maya.post("/language/", {"language": "fr", "next": address})

    assert (response.status_code, response["Location"]) == (302, back)


def test_a_choice_is_made_by_a_form_of_this_site_only() -> None:
    browser = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)

    assert browser.post("/language/", {"language": "fr"}).status_code == 403
    assert browser.get("/language/").status_code == 405


@pytest.mark.parametrize("address", ["/team/?q=an", "/people/201/", "/people/101/"])
def test_the_account_menu_offers_each_language_by_its_own_name(maya: Client, address: str) -> None:
    choose(maya, "fr")
    [form] = elements(page_of(maya.get(address)), "form", action="/language/")
    buttons = elements(form, "button", name="language")

    assert [(value(each, "lang"), text(each)) for each in buttons] == [("en", "English"), ("fr", "Français")]
    assert [value(each, "aria-current") for each in buttons] == ["", "true"]
    assert [value(each, "value") for each in elements(form, "input", name="next")] == [address]


def test_the_footer_offers_the_languages_to_people_who_have_not_signed_in() -> None:
    [footer] = elements(page_of(new_browser().get("/")), "footer")

    assert [text(button) for button in elements(footer, "button", name="language")] == ["English", "Français"]
    assert [value(each, "value") for each in elements(footer, "input", name="next")] == ["/"]


def test_a_choice_on_an_error_page_leads_to_the_first_page(maya: Client) -> None:
    page = maya.get("/nowhere/?x=1").content.decode()

    assert page.count('name="language"') == 2
    assert "nowhere" not in page


def test_a_choice_is_known_in_the_persons_next_browser(maya: Client, sandbox: Sandbox) -> None:
    choose(maya, "fr")
    other = new_browser()
    other.get(callback_url(other, MAYA))

    assert other.get("/team/").headers["Content-Language"] == "fr"


def test_what_a_browser_asks_for_is_no_choice_for_the_next_browser(sandbox: Sandbox) -> None:
    french, english = new_browser(), new_browser()
    french.get(callback_url(french, MAYA), headers={"Accept-Language": "fr"})
    assert Person.objects.get(pk=MAYA).language == "fr"
    english.get(callback_url(english, MAYA), headers={"Accept-Language": "en"})

    assert english.get("/team/", headers={"Accept-Language": "en"}).headers["Content-Language"] == "en"
    assert french.get("/team/", headers={"Accept-Language": "fr"}).headers["Content-Language"] == "fr"


def test_a_choice_made_before_signing_in_becomes_the_persons(sandbox: Sandbox) -> None:
    browser = new_browser()
    choose(browser, "fr")
    browser.get(callback_url(browser, MAYA))

    assert Person.objects.get(pk=MAYA).language == "fr"


def test_the_worker_has_the_figures_ready_in_the_persons_language(maya: Client, sandbox: Sandbox) -> None:
    choose(maya, "fr")
    warm_team(MAYA)
    sandbox.control.clear_requests()
    page = maya.get("/team/").content.decode()

    assert "h sur 35\u00a0h" in page
    assert sandbox.control.requests() == []


def test_figures_cached_in_one_language_are_not_shown_in_the_other(maya: Client) -> None:
    for language, expected in (("en", " of 35 h"), ("fr", "\u00a0h sur 35\u00a0h"), ("en", " of 35 h")):
        choose(maya, language)
        assert expected in maya.get("/team/?wait=1").content.decode()


def test_people_of_one_process_do_not_get_each_others_language(sign_in: SignIn) -> None:
    french, english = sign_in(MAYA, Client(SERVER_NAME="localhost")), new_browser()
    choose(french, "fr")

    for _ in range(3):
        assert french.get("/team/").headers["Content-Language"] == "fr"
        assert english.get("/").headers["Content-Language"] == "en"
