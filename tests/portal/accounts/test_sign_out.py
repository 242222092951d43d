"""Sign-out: tokens, cache and session of the person are gone, on every device."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from portal.brightspace.cache import PersonCache
from portal.brightspace.models import OAuthToken
from tests.conftest import HELENA, MAYA, SignIn
from tests.portal.sign_in_steps import is_signed_in
from tests.sandbox.server import Sandbox

PAGES = ["/team/", "/team/?figures=0.0", "/team/export.csv", "/people/101/", "/people/102/?panel=cpd"]


def test_sign_out_says_so_and_closes_every_page(maya: Client, sandbox: Sandbox) -> None:
    maya.get("/team/")
    response = maya.post("/signout/")

    assert "You are signed out" in response.content.decode()
    assert [maya.get(page).headers.get("Location", "")[:14] for page in PAGES] == ["/signin/?next="] * len(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_the_cookie_of_before_a_sign_out_opens_nothing(maya: Client, page: str) -> None:
    copy = Client(SERVER_NAME="localhost")
    copy.cookies["portal"] = maya.cookies["portal"].value
    assert is_signed_in(copy)
    maya.post("/signout/")
    copy.cookies["portal"] = copy.cookies["portal"].value

    assert copy.get(page)["Location"].startswith("/signin/?next=")


def test_sign_out_deletes_tokens_and_session(maya: Client) -> None:
    maya.post("/signout/")

    assert not OAuthToken.objects.exists()
    assert not Session.objects.exists()


def test_sign_out_clears_the_persons_cache(maya: Client, sandbox: Sandbox, sign_in: SignIn) -> None:
    generation_before = PersonCache(MAYA).generation.generation
    maya.get("/team/")
    maya.post("/signout/")

    assert PersonCache(MAYA).generation.generation != generation_before


def test_a_second_device_of_the_same_person_is_led_to_sign_in(maya: Client, sign_in: SignIn) -> None:
    second_browser = sign_in(MAYA)
    second_browser.get("/team/")
    maya.post("/signout/")

    assert not is_signed_in(second_browser)
    assert [second_browser.get(page).status_code for page in PAGES] == [302] * len(PAGES)
    fragment = second_browser.get("/team/?figures=0.0", headers={"HX-Request": "true"})
    assert fragment["HX-Redirect"].startswith("/signin/?next=")


def test_another_person_stays_signed_in(maya: Client, sign_in: SignIn) -> None:
    helena = sign_in(HELENA)
    maya.post("/signout/")

    assert helena.get("/team/").status_code == 200


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_sign_out_takes_post_only(maya: Client, method: str) -> None:
    assert getattr(maya, method)("/signout/").status_code == 405
    assert is_signed_in(maya)


def test_sign_out_needs_a_csrf_token(maya: Client) -> None:
    checking_browser = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    checking_browser.cookies = maya.cookies
    response = checking_browser.post("/signout/")

    assert response.status_code == 403
    assert "Please send that once more" in response.content.decode()
    assert is_signed_in(maya)


def test_the_button_on_the_page_signs_out(maya: Client) -> None:
    checking_browser = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    checking_browser.cookies = maya.cookies
    csrf_token = checking_browser.get("/team/").content.decode().partition('name="csrfmiddlewaretoken" value="')[2][:64]

    assert checking_browser.post("/signout/", {"csrfmiddlewaretoken": csrf_token}).status_code == 200
    assert not is_signed_in(maya)


def test_sign_out_without_a_session_changes_nothing(maya: Client) -> None:
    assert Client(SERVER_NAME="localhost").post("/signout/").status_code == 200
    assert is_signed_in(maya)


def test_sign_out_works_with_an_empty_cache(maya: Client) -> None:
    cache.clear()

    assert maya.post("/signout/").status_code == 200
    assert not is_signed_in(maya)
