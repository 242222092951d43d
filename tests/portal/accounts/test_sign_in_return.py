"""After signing in a person is back where they wanted to be, and never anywhere else."""

import pytest
from django.test import Client
from django.utils.http import urlencode

from tests.conftest import MAYA
from tests.portal.front_door import browser, come_back
from tests.sandbox.server import Sandbox

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def lands_on(person: Client, start: str) -> str:
    return str(person.get(come_back(person, MAYA, start))["Location"])


@pytest.mark.parametrize(
    "wanted", ["/team/", "/team/?sort=name&q=a%26b", "/people/102/?panel=cpd&page=2", "/team/export.csv?for=excel"]
)
def test_signing_in_leads_back_to_the_page_that_was_wanted(sandbox: Sandbox, wanted: str) -> None:
    person = browser()
    leads_to = person.get(wanted)["Location"]

    assert leads_to.startswith("/signin/?next=")
    assert lands_on(person, leads_to) == wanted


def test_a_fragment_leads_back_to_the_page_it_is_part_of(sandbox: Sandbox) -> None:
    person = browser()
    shown = {"HX-Current-URL": "http://localhost/team/?sort=name&q=a%26b"}
    answer = person.get("/team/?figures=0.0", headers=HTMX | shown)

    assert (answer.status_code, answer.content) == (204, b"")
    assert lands_on(person, answer["HX-Redirect"]) == "/team/?sort=name&q=a%26b"


@pytest.mark.parametrize(
    "shown", ["https://evil.example/team/", "http://localhost.evil.example/", "javascript:alert(1)"]
)
def test_a_fragment_that_names_another_site_leads_to_our_own(sandbox: Sandbox, shown: str) -> None:
    person = browser()
    answer = person.get("/team/", headers=HTMX | {"HX-Current-URL": shown})

    assert lands_on(person, answer["HX-Redirect"]) == "/team/"


@pytest.mark.parametrize(
    "wanted",
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
def test_signing_in_leads_to_pages_of_this_site_only(sandbox: Sandbox, wanted: str) -> None:
    assert lands_on(browser(), f"/signin/?{urlencode({'next': wanted})}") == "/team/"


@pytest.mark.parametrize("wanted", ["/%2Fevil.example", "/%5Cevil.example", "/%09/evil.example", "/team/?next=//evil"])
def test_an_encoded_address_stays_a_path_of_this_site(sandbox: Sandbox, wanted: str) -> None:
    assert lands_on(browser(), f"/signin/?{urlencode({'next': wanted})}") == wanted


def test_two_tabs_each_come_back_to_their_own_page(sandbox: Sandbox) -> None:
    person = browser()
    one = come_back(person, MAYA, "/signin/?next=/people/102/")
    other = come_back(person, MAYA, "/signin/?next=/people/103/")

    assert person.get(one)["Location"] == "/people/102/"
    assert person.get(other)["Location"] == "/people/103/"
