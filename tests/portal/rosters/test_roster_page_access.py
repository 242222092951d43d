"""Who gets to the roster page: admins alone, and only where rosters are uploaded."""

import pytest
from django.test import Client

from tests.conftest import ADRIAN, ALMA, GRACE, INES, MAYA, SignIn
from tests.sandbox.server import Sandbox


@pytest.mark.parametrize("person", [MAYA, INES, ALMA, GRACE, 201])
def test_the_page_does_not_exist_for_anybody_but_admins(file_roster: None, sign_in: SignIn, person: int) -> None:
    browser = sign_in(person)

    assert browser.get("/roster/").status_code == 404
    assert browser.post("/roster/", {"checked": "x"}).status_code == 404
    assert 'href="/roster/"' not in browser.get("/team/").content.decode()


def test_somebody_who_is_not_signed_in_is_led_to_sign_in(file_roster: None, client: Client, db: None) -> None:
    assert client.get("/roster/", SERVER_NAME="localhost").headers["Location"] == "/signin/?next=%2Froster%2F"


def test_the_page_is_missing_with_another_provider(sign_in: SignIn) -> None:
    browser = sign_in(ADRIAN)

    assert browser.get("/roster/").status_code == 404
    assert 'href="/roster/"' not in browser.get("/team/").content.decode()


def test_the_navigation_names_the_page_without_a_call_of_its_own(adrian: Client, sandbox: Sandbox) -> None:
    adrian.get("/team/")
    sandbox.control.clear_requests()

    assert 'href="/roster/"' in adrian.get(f"/people/{ADRIAN}/").content.decode()
    assert sandbox.control.requests() == []


def test_signing_in_works_when_roles_cannot_be_read(file_roster: None, sandbox: Sandbox, sign_in: SignIn) -> None:
    sandbox.control.add_fault("500", route="/d2l/api/lp/(version)/enrollments/myenrollments/")
    browser = sign_in(ADRIAN)
    sandbox.control.clear_faults()

    assert 'href="/roster/"' not in browser.get("/team/").content.decode()
    assert browser.get("/roster/").status_code == 200
    assert 'href="/roster/"' in browser.get("/team/").content.decode()
