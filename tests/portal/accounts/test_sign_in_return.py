"""The page that a sign-in leads back to: the requested one, and never one of another site."""

import pytest
from django.test import Client
from django.utils.http import urlencode

from tests.conftest import MAYA
from tests.portal.sign_in_steps import callback_url, new_browser
from tests.sandbox.server import Sandbox

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def return_address(browser: Client, start: str) -> str:
    return str(browser.get(callback_url(browser, MAYA, start))["Location"])


@pytest.mark.parametrize(
    "address", ["/team/", "/team/?sort=name&q=a%26b", "/people/102/?panel=cpd&page=2", "/team/export.csv?for=excel"]
)
def test_sign_in_leads_back_to_the_requested_page(sandbox: Sandbox, address: str) -> None:
    browser = new_browser()
    sign_in_address = browser.get(address)["Location"]

    assert sign_in_address.startswith("/signin/?next=")
    assert return_address(browser, sign_in_address) == address


def test_a_fragment_leads_back_to_the_page_it_is_part_of(sandbox: Sandbox) -> None:
    browser = new_browser()
    current_url = {"HX-Current-URL": "http://localhost/team/?sort=name&q=a%26b"}
    response = browser.get("/team/?figures=0.0", headers=HTMX | current_url)

    assert (response.status_code, response.content) == (204, b"")
    assert return_address(browser, response["HX-Redirect"]) == "/team/?sort=name&q=a%26b"


@pytest.mark.parametrize(
    "current_url", ["https://evil.example/team/", "http://localhost.evil.example/", "javascript:alert(1)"]
)
def test_a_fragment_of_another_site_leads_back_to_the_requested_page(sandbox: Sandbox, current_url: str) -> None:
    browser = new_browser()
    response = browser.get("/team/", headers=HTMX | {"HX-Current-URL": current_url})

    assert return_address(browser, response["HX-Redirect"]) == "/team/"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "team/",
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "https://evil.example/",
        "https:/evil.example",
        "https:evil.example",
        "http://localhost@evil.example/",
        "http://localhost/team/",
        "\\\\evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/team/\\..\\..\\evil",
        "javascript:alert(1)",
        "data:text/html,x",
        "/\t/evil.example",
        "/\n/evil.example",
        "\r\n/team/",
        "\x00/team/",
        "/\x00/evil.example",
        "/team/\r\nSet-Cookie: a=b",
        " /team/?a=b",
        "%2F%2Fevil.example",
        "%5C%5Cevil.example",
        "/signin/?next=/team/",
        "/signin/callback/?code=1",
        "/signout/",
    ],
)
def test_sign_in_leads_to_pages_of_this_site_only(sandbox: Sandbox, address: str) -> None:
    assert return_address(new_browser(), f"/signin/?{urlencode({'next': address})}") == "/team/"


@pytest.mark.parametrize("address", ["/%2Fevil.example", "/%5Cevil.example", "/%09/evil.example", "/team/?next=//evil"])
def test_an_encoded_address_stays_a_path_of_this_site(sandbox: Sandbox, address: str) -> None:
    assert return_address(new_browser(), f"/signin/?{urlencode({'next': address})}") == address


def test_two_tabs_each_return_to_their_own_page(sandbox: Sandbox) -> None:
    browser = new_browser()
    one = callback_url(browser, MAYA, "/signin/?next=/people/102/")
    other = callback_url(browser, MAYA, "/signin/?next=/people/103/")

    assert browser.get(one)["Location"] == "/people/102/"
    assert browser.get(other)["Location"] == "/people/103/"
