"""Signing out: the tokens, what was kept and the session are gone, here and on every device."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from portal.brightspace.cache import PersonCache
from portal.brightspace.models import OAuthToken
from tests.conftest import HELENA, MAYA, SignIn
from tests.portal.front_door import is_signed_in
from tests.sandbox.server import Sandbox

PAGES = ["/team/", "/team/?figures=0.0", "/team/export.csv", "/people/101/", "/people/102/?panel=cpd"]


def test_signing_out_says_so_and_opens_nothing_any_more(maya: Client, sandbox: Sandbox) -> None:
    maya.get("/team/")
    answer = maya.post("/signout/")

    assert "You are signed out" in answer.content.decode()
    assert [maya.get(page).headers.get("Location", "")[:14] for page in PAGES] == ["/signin/?next="] * len(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_the_old_cookie_opens_nothing(maya: Client, page: str) -> None:
    copied = Client(SERVER_NAME="localhost")
    copied.cookies["portal"] = maya.cookies["portal"].value
    assert is_signed_in(copied)
    maya.post("/signout/")
    copied.cookies["portal"] = copied.cookies["portal"].value

    assert copied.get(page)["Location"].startswith("/signin/?next=")


def test_signing_out_deletes_tokens_and_session(maya: Client) -> None:
    maya.post("/signout/")

    assert not OAuthToken.objects.exists()
    assert not Session.objects.exists()


def test_signing_out_forgets_what_was_kept(maya: Client, sandbox: Sandbox, sign_in: SignIn) -> None:
    before = PersonCache(MAYA).generation.generation
    maya.get("/team/")
    maya.post("/signout/")

    assert PersonCache(MAYA).generation.generation != before


def test_a_second_device_of_the_same_person_is_led_to_sign_in(maya: Client, sign_in: SignIn) -> None:
    second = sign_in(MAYA)
    second.get("/team/")
    maya.post("/signout/")

    assert not is_signed_in(second)
    assert [second.get(page).status_code for page in PAGES] == [302] * len(PAGES)
    fragment = second.get("/team/?figures=0.0", headers={"HX-Request": "true"})
    assert fragment["HX-Redirect"].startswith("/signin/?next=")


def test_another_person_stays_signed_in(maya: Client, sign_in: SignIn) -> None:
    helena = sign_in(HELENA)
    maya.post("/signout/")

    assert helena.get("/team/").status_code == 200


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_signing_out_is_asked_for_by_post_only(maya: Client, method: str) -> None:
    assert getattr(maya, method)("/signout/").status_code == 405
    assert is_signed_in(maya)


def test_signing_out_needs_the_page_it_is_asked_from(maya: Client) -> None:
    careful = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    careful.cookies = maya.cookies
    answer = careful.post("/signout/")

    assert answer.status_code == 403
    assert "Please send that once more" in answer.content.decode()
    assert is_signed_in(maya)


def test_the_button_on_the_page_signs_out(maya: Client) -> None:
    careful = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    careful.cookies = maya.cookies
    secret = careful.get("/team/").content.decode().partition('name="csrfmiddlewaretoken" value="')[2][:64]

    assert careful.post("/signout/", {"csrfmiddlewaretoken": secret}).status_code == 200
    assert not is_signed_in(maya)


def test_signing_out_without_a_session_harms_nobody(maya: Client) -> None:
    assert Client(SERVER_NAME="localhost").post("/signout/").status_code == 200
    assert is_signed_in(maya)


def test_signing_out_works_when_the_cache_is_empty(maya: Client) -> None:
    cache.clear()

    assert maya.post("/signout/").status_code == 200
    assert not is_signed_in(maya)
