"""What every answer tells the browser, whichever address, method, person or trouble."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from tests.sandbox.server import Sandbox

HTMX = {"HX-Request": "true"}


def addresses(resolver: Any = None, before: str = "/") -> Iterator[str]:
    """Every address of the site, 102 for each number and "x" for each text in it."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = before + re.sub(r"<int:\w+>", "102", re.sub(r"<(?!int:)[^>]+>", "x", str(entry.pattern)))
        if isinstance(entry, URLResolver):
            yield from addresses(entry, here)
        elif isinstance(entry, URLPattern):
            yield here


EVERYWHERE = [
    *addresses(),
    "/healthz",
    "/readyz",
    "/nowhere/",
    "/people/999999999/",
    "/people/x/",
    "/team/?figures=0.0",
]


def test_every_address_is_looked_at() -> None:
    assert {"/", "/signin/", "/signin/callback/", "/signout/", "/team/", "/team/export.csv", "/people/102/"} <= set(
        EVERYWHERE
    )


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_answer_to_somebody_signed_in_is_guarded(maya: Client, address: str) -> None:
    for answer in (maya.get(address), maya.get(address, headers=HTMX), maya.post(address)):
        assert_guarded(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_answer_to_a_stranger_is_guarded(sandbox: Sandbox, address: str) -> None:
    stranger = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    for answer in (stranger.get(address), stranger.get(address, headers=HTMX), stranger.post(address)):
        assert_guarded(answer)


def test_an_answer_about_trouble_at_brightspace_is_guarded(maya: Client, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("503", path="/d2l/api/")
    answer = maya.get("/team/")

    assert answer.status_code == 503
    assert_guarded(answer)


def test_an_answer_about_our_own_trouble_is_guarded(maya: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.team.views.cached_or_names", None)
    maya.raise_request_exception = False
    answer = maya.get("/team/")

    assert answer.status_code == 500
    assert "The portal stumbled" in answer.content.decode()
    assert_guarded(answer)


def test_an_answer_to_a_name_that_is_not_ours_is_guarded() -> None:
    answer = Client(SERVER_NAME="evil.example").get("/")

    assert answer.status_code == 400
    assert_guarded(answer)


@pytest.mark.django_db
def test_https_is_insisted_on_for_a_year(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    plain, secure = Client(SERVER_NAME="localhost").get("/"), Client(SERVER_NAME="localhost").get("/", secure=True)

    assert (plain.status_code, plain["Location"]) == (301, "https://localhost/")
    assert secure["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "unsafe" not in plain["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_file_of_the_site_may_be_kept_and_is_what_it_says() -> None:
    page = Client(SERVER_NAME="localhost").get("/").content.decode()
    style = re.search(r'href="(/static/css/base[^"]*)"', page)
    assert style
    answer = Client(SERVER_NAME="localhost").get(style[1])

    assert "immutable" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"].startswith("text/css")


def assert_guarded(answer: Any) -> None:
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert (policy["default-src"], policy["frame-ancestors"], policy["base-uri"]) == ("'none'",) * 3
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "*" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert "camera=()" in answer["Permissions-Policy"]
    assert "HX-Request" in answer["Vary"]
