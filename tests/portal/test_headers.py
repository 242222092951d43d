"""Security headers of every response, whatever the address, method, person or error."""

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
        address = before + re.sub(r"<int:\w+>", "102", re.sub(r"<(?!int:)[^>]+>", "x", str(entry.pattern)))
        if isinstance(entry, URLResolver):
            yield from addresses(entry, address)
        elif isinstance(entry, URLPattern):
            yield address


ADDRESSES = [
    *addresses(),
    "/healthz",
    "/readyz",
    "/nowhere/",
    "/people/999999999/",
    "/people/x/",
    "/team/?figures=0.0",
]


def test_the_list_of_addresses_is_complete() -> None:
    assert {"/", "/signin/", "/signin/callback/", "/signout/", "/team/", "/team/export.csv", "/people/102/"} <= set(
        ADDRESSES
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_to_a_signed_in_person_has_security_headers(maya: Client, address: str) -> None:
    for response in (maya.get(address), maya.get(address, headers=HTMX), maya.post(address)):
        assert_has_security_headers(response)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_to_a_stranger_has_security_headers(sandbox: Sandbox, address: str) -> None:
    stranger = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    for response in (stranger.get(address), stranger.get(address, headers=HTMX), stranger.post(address)):
        assert_has_security_headers(response)


def test_a_page_about_an_error_of_brightspace_has_security_headers(maya: Client, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("503", path="/d2l/api/")
    response = maya.get("/team/")

    assert response.status_code == 503
    assert_has_security_headers(response)


def test_a_page_about_a_server_error_has_security_headers(maya: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.team.views.team_at_once", None)
    maya.raise_request_exception = False
    response = maya.get("/team/")

    assert response.status_code == 500
    assert "The portal stumbled" in response.content.decode()
    assert_has_security_headers(response)


def test_a_response_to_a_foreign_host_name_has_security_headers() -> None:
    response = Client(SERVER_NAME="evil.example").get("/")

    assert response.status_code == 400
    assert_has_security_headers(response)


@pytest.mark.django_db
def test_https_is_required_for_a_year(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    plain, secure = Client(SERVER_NAME="localhost").get("/"), Client(SERVER_NAME="localhost").get("/", secure=True)

    assert (plain.status_code, plain["Location"]) == (301, "https://localhost/")
    assert secure["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "unsafe" not in plain["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_static_file_may_be_cached_and_has_its_content_type() -> None:
    page = Client(SERVER_NAME="localhost").get("/").content.decode()
    style = re.search(r'href="(/static/css/base[^"]*)"', page)
    assert style
    response = Client(SERVER_NAME="localhost").get(style[1])

    assert "immutable" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"].startswith("text/css")


def assert_has_security_headers(response: Any) -> None:
    policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
    assert (policy["default-src"], policy["frame-ancestors"], policy["base-uri"]) == ("'none'",) * 3
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "*" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
    assert "camera=()" in response["Permissions-Policy"]
    assert "HX-Request" in response["Vary"]
