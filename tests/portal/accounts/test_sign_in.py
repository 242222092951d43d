"""Signing in through the front door: what is asked, what is refused, and where it leads."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from tests.conftest import HELENA, MAYA, SignIn
from tests.portal.front_door import CALLBACK, asked_of_brightspace, browser, come_back, is_signed_in, nobody_has_tokens
from tests.sandbox.oauth.scopes import KNOWN_SCOPES
from tests.sandbox.server import Sandbox

pytestmark = pytest.mark.django_db


def test_brightspace_is_asked_with_state_pkce_and_every_scope(sandbox: Sandbox) -> None:
    asked = asked_of_brightspace(browser())

    assert len(asked["state"]) >= 30
    assert (len(asked["code_challenge"]), asked["code_challenge_method"]) == (43, "S256")
    assert asked["redirect_uri"] == "http://localhost/signin/callback/"
    assert {"cpd:records:read", "users:own_profile:read"} <= set(asked["scope"].split())


def test_every_sign_in_has_a_state_and_a_challenge_of_its_own(sandbox: Sandbox) -> None:
    one, other = asked_of_brightspace(browser()), asked_of_brightspace(browser())

    assert one["state"] != other["state"]
    assert one["code_challenge"] != other["code_challenge"]


def test_signing_in_leads_to_the_team(sandbox: Sandbox) -> None:
    person = browser()
    answer = person.get(come_back(person, MAYA))

    assert (answer.status_code, answer["Location"]) == (302, "/team/")
    assert "Maya" in person.get("/team/").content.decode()


def test_signing_in_works_where_brightspace_insists_on_pkce(sandbox: Sandbox) -> None:
    sandbox.control.set_switches(pkce="required")
    person = browser()

    assert person.get(come_back(person, MAYA)).status_code == 302


def test_a_wrong_verifier_is_refused(sandbox: Sandbox) -> None:
    person = browser()
    back = come_back(person, MAYA)
    session = person.session
    state = f"_state_brightspace_{parse_qs(urlsplit(back).query)['state'][0]}"
    session[state]["data"]["code_verifier"] = "x" * 48
    session.save()

    assert person.get(back).status_code == 400
    assert not is_signed_in(person)


def test_the_session_key_changes_when_somebody_signs_in(sandbox: Sandbox) -> None:
    person = browser()
    back = come_back(person, MAYA)
    before = person.cookies["portal"].value
    person.get(back)

    assert person.cookies["portal"].value != before
    assert not Session.objects.filter(session_key=before).exists()


def without_state(back: str) -> str:
    return back.partition("&state=")[0]


def with_another_state(back: str) -> str:
    return f"{without_state(back)}&state=made-up-by-somebody-else"


@pytest.mark.parametrize("change", [without_state, with_another_state, lambda back: CALLBACK])
def test_a_missing_or_wrong_state_is_refused(sandbox: Sandbox, change: object) -> None:
    person = browser()
    answer = person.get(change(come_back(person, MAYA)))  # type: ignore[operator]

    assert_refused(person, answer)


def test_the_state_of_another_session_is_refused(sandbox: Sandbox) -> None:
    attacker, victim = browser(), browser()
    asked_of_brightspace(victim)
    answer = victim.get(come_back(attacker, MAYA))

    assert_refused(victim, answer)


def test_a_state_is_refused_an_hour_later(sandbox: Sandbox) -> None:
    person = browser()
    back = come_back(person, MAYA)
    session = person.session
    for kept in [kept for name, kept in session.items() if name.startswith("_state_")]:
        kept["exp"] -= 3_601
    session.save()

    assert_refused(person, person.get(back))


def test_an_address_that_signed_somebody_in_signs_nobody_in_again(sandbox: Sandbox) -> None:
    person, other = browser(), browser()
    back = come_back(person, MAYA)
    person.get(back)

    assert person.get(back).status_code == 400
    assert other.get(back).status_code == 400
    assert not is_signed_in(other)
    assert is_signed_in(person)


def test_a_code_that_was_used_is_refused_with_a_good_state(sandbox: Sandbox) -> None:
    person, other = browser(), browser()
    used = come_back(person, MAYA)
    person.get(used)
    code, state = parse_qs(urlsplit(used).query)["code"][0], asked_of_brightspace(other)["state"]
    answer = other.get(f"{CALLBACK}?code={code}&state={state}")

    assert answer.status_code == 400
    assert not is_signed_in(other)


def test_a_session_remembers_a_few_started_sign_ins_only(sandbox: Sandbox) -> None:
    person = browser()
    for _ in range(20):
        person.get("/signin/")

    assert sum(name.startswith("_state_") for name, _ in person.session.items()) == 8
    assert person.get(come_back(person, MAYA)).status_code == 302


def assert_refused(person: Client, answer: object) -> None:
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert "no longer valid" in answer.content.decode()  # type: ignore[attr-defined]
    assert 'href="/signin/"' in answer.content.decode()  # type: ignore[attr-defined]
    assert not is_signed_in(person)
    assert nobody_has_tokens()


def test_somebody_who_does_not_agree_is_told_so(sandbox: Sandbox) -> None:
    person = browser()
    answer = person.get(come_back(person, MAYA, allow=False))

    assert answer.status_code == 403
    assert "You did not agree" in answer.content.decode()
    assert nobody_has_tokens()


@pytest.fixture
def registered(sandbox: Sandbox) -> Iterator[Callable[[list[str]], None]]:
    """Change what the portal's registration at Brightspace declares."""
    yield sandbox.control.declare_scopes
    sandbox.control.declare_scopes(KNOWN_SCOPES)


def test_a_scope_that_is_not_registered_is_told(registered: Callable[[list[str]], None]) -> None:
    registered(["users:own_profile:read"])
    person = browser()
    answer = person.get(come_back(person, MAYA))

    assert answer.status_code == 403
    assert "declare them all" in answer.content.decode()


def test_a_scope_that_was_not_granted_is_named(sandbox: Sandbox, settings: Settings) -> None:
    person = browser()
    settings.BRIGHTSPACE_SCOPES = "users:own_profile:read"
    back = come_back(person, MAYA)
    settings.BRIGHTSPACE_SCOPES = "users:own_profile:read cpd:records:read"
    answer = person.get(back)

    assert answer.status_code == 403
    assert "did not grant: cpd:records:read." in answer.content.decode()
    assert nobody_has_tokens()


@pytest.mark.parametrize("granted", ["cpd:*:*", "cpd:records:manage,read", "cpd:records:read"])
def test_a_wider_scope_is_enough(registered: Callable[[list[str]], None], settings: Settings, granted: str) -> None:
    registered([granted, "core:*:*"])
    person = browser()
    settings.BRIGHTSPACE_SCOPES = f"{granted} core:*:*"
    back = come_back(person, MAYA)
    settings.BRIGHTSPACE_SCOPES = "cpd:records:read"

    assert person.get(back).status_code == 302


TOKEN, WHOAMI, VERSIONS = "/core/connect/token", "/d2l/api/lp/(version)/users/whoami", "/d2l/api/versions/"


@pytest.mark.parametrize("route", [TOKEN, WHOAMI, VERSIONS])
@pytest.mark.parametrize("fault", ["500", "503", "429", "html", "cut_json", "empty", "wrong_type", "drop", "redirect"])
def test_a_brightspace_in_trouble_is_told_with_a_way_on(
    sandbox: Sandbox, sign_in: SignIn, route: str, fault: str
) -> None:
    person = browser()
    back = come_back(person, MAYA, "/signin/?next=/people/102/%3Fpage%3D2%26x")
    sandbox.control.add_fault(fault, route=route)
    answer = person.get(back)

    assert answer.status_code == 503
    assert 'href="/signin/?next=%2Fpeople%2F102%2F%3Fpage%3D2%26x"' in answer.content.decode()
    assert not is_signed_in(person)
    assert nobody_has_tokens()


def test_a_huge_answer_of_the_token_endpoint_is_not_read(sandbox: Sandbox) -> None:
    person = browser()
    back = come_back(person, MAYA)
    sandbox.control.add_fault("big", route=TOKEN)

    assert person.get(back).status_code == 503
    assert (sandbox.control.requests(route=TOKEN)[-1].answer_bytes or 0) < 20_000_000


def test_brightspace_out_of_reach_is_told(sandbox: Sandbox, settings: Settings) -> None:
    person = browser()
    back = come_back(person, MAYA)
    settings.BRIGHTSPACE_TOKEN_URL = "http://127.0.0.1:9/core/connect/token"

    assert person.get(back).status_code == 503


def test_a_wrong_client_secret_is_told_to_person_and_operator(
    sandbox: Sandbox, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BRIGHTSPACE_CLIENT_SECRET = "not-the-secret"
    person = browser()
    answer = person.get(come_back(person, MAYA))

    assert answer.status_code == 403
    assert "refused the portal: invalid_client." in caplog.text


def test_somebody_signed_in_can_sign_in_again(maya: Client, sandbox: Sandbox) -> None:
    assert maya.get(come_back(maya, MAYA)).status_code == 302
    assert is_signed_in(maya)


def test_another_person_in_the_same_browser_gets_a_session_of_their_own(maya: Client, sandbox: Sandbox) -> None:
    session = maya.session
    session["left-by"] = "Maya"
    session.save()
    maya.get(come_back(maya, HELENA))
    page = maya.get("/team/").content.decode()

    assert "Helena" in page
    assert "left-by" not in maya.session


def test_a_sign_in_that_is_refused_again_and_again_ends_with_a_page(maya: Client, sandbox: Sandbox) -> None:
    for _ in range(3):
        maya.get(come_back(maya, MAYA))
    answer = maya.get("/signin/?next=/people/101/")

    assert answer.status_code == 429
    assert 'href="/signin/?next=%2Fpeople%2F101%2F"' in answer.content.decode()
