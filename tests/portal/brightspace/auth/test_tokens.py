"""Each person's tokens in use: refreshed in time and once, kept when Brightspace is down, lost at most once."""

from datetime import timedelta
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from portal.brightspace.auth import tokens
from portal.brightspace.auth.refresh import refresh
from portal.brightspace.cache import PersonCache
from portal.brightspace.errors import BrightspaceError, RateLimited, SignInExpired, Unavailable
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.models import OAuthToken
from tests.conftest import HELENA, MAYA, SignIn
from tests.sandbox.server import Sandbox

TOKEN = "/core/connect/token"


def row(person_id: int = MAYA) -> OAuthToken:
    return OAuthToken.objects.get(pk=person_id)


def token(person_id: int = MAYA) -> str:
    return tokens.access_token(person_id, Deadline.after(5)).value


def expire(sandbox: Sandbox) -> None:
    """Maya's token is over, here and at Brightspace, and nothing is kept that would make it unnecessary."""
    OAuthToken.objects.update(renew_at=timezone.now() - timedelta(seconds=1))
    sandbox.control.expire_tokens()
    PersonCache(MAYA).clear()


def refreshes(sandbox: Sandbox) -> int:
    return sum(request.grant_type == "refresh_token" for request in sandbox.control.requests(route=TOKEN))


@pytest.fixture
def expired(maya: Client, sandbox: Sandbox) -> Client:
    """Maya, whose token has run out since."""
    expire(sandbox)
    return maya


def test_a_good_token_is_used_as_it_is(maya: Client, sandbox: Sandbox) -> None:
    assert token() == token()
    assert refreshes(sandbox) == 0


def test_an_expired_token_is_refreshed_and_the_page_is_whole(expired: Client, sandbox: Sandbox) -> None:
    page = expired.get("/team/")

    assert (page.status_code, page.content.decode().count("data-person=")) == (200, 12)
    assert refreshes(sandbox) == 1


def test_a_new_pair_is_stored_before_it_is_used(expired: Client, sandbox: Sandbox) -> None:
    before = row()
    sandbox.control.add_fault("drop", path="/d2l/api/")
    expired.get("/team/")

    assert row().version == before.version + 1
    assert row().renew_at > timezone.now() + timedelta(minutes=50)
    assert token()
    assert refreshes(sandbox) == 1


def test_refresh_tokens_are_used_once_each(expired: Client, sandbox: Sandbox) -> None:
    sandbox.control.set_switches(refresh_reuse="revoke_family")
    for _ in range(5):
        assert expired.get("/team/").status_code == 200
        expire(sandbox)

    assert refreshes(sandbox) == 5
    assert sandbox.control.token_counts().get("reused", 0) == 0


def test_a_token_refused_in_the_middle_of_a_page_is_refreshed_once(maya: Client, sandbox: Sandbox) -> None:
    sandbox.control.expire_tokens(MAYA)
    part = maya.get("/team/?figures=0.0", headers={"HX-Request": "true"}).content.decode()

    assert 'data-waiting="0"' in part
    assert refreshes(sandbox) == 1


def test_a_token_refused_again_leads_to_sign_in(maya: Client, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("expired", path="/d2l/api/")
    answer = maya.get("/team/?sort=name")

    assert answer["Location"] == "/signin/?next=%2Fteam%2F%3Fsort%3Dname"
    assert refreshes(sandbox) == 1


@pytest.mark.parametrize("fault", ["drop_after", "drop", "empty", "cut_json", "truncated"])
def test_a_lost_answer_leads_to_sign_in_and_back(
    expired: Client, sandbox: Sandbox, sign_in: SignIn, fault: str
) -> None:
    sandbox.control.add_fault(fault, route=TOKEN, times=1)
    answer = expired.get("/team/?sort=name")

    assert answer["Location"] == "/signin/?next=%2Fteam%2F%3Fsort%3Dname"
    assert expired.get("/team/").status_code == 302
    assert refreshes(sandbox) == 1
    assert sign_in(MAYA, expired).get("/team/?sort=name").status_code == 200


def test_a_refused_refresh_token_leads_to_sign_in(expired: Client, sandbox: Sandbox) -> None:
    sandbox.control.revoke_refresh_tokens(MAYA)

    assert expired.get("/team/").status_code == 302
    assert expired.get("/team/").status_code == 302
    assert refreshes(sandbox) == 1
    assert (row().access_token, row().refresh_token) == ("", "")


def test_a_dripping_answer_ends_in_time_and_leads_to_sign_in(
    expired: Client, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.brightspace.auth.oauth.REFRESH_SECONDS", 1.0)
    sandbox.control.add_fault("drip", route=TOKEN, delay_ms=100)

    assert expired.get("/team/").status_code == 302


@pytest.mark.parametrize("fault", ["503", "500", "429", "html", "redirect", "forbidden"])
def test_a_brightspace_that_cannot_refresh_now_is_told_and_the_tokens_stay(
    expired: Client, sandbox: Sandbox, fault: str
) -> None:
    sandbox.control.add_fault(fault, route=TOKEN, times=1)
    before = row().refresh_token
    answer = expired.get("/team/")
    assert (answer.status_code, row().refresh_token) == (503, before)

    cool_down_is_over()
    assert expired.get("/team/").status_code == 200


def test_a_token_endpoint_out_of_reach_is_told_and_the_tokens_stay(
    expired: Client, sandbox: Sandbox, settings: Settings
) -> None:
    settings.BRIGHTSPACE_TOKEN_URL = "http://127.0.0.1:9/core/connect/token"
    assert expired.get("/team/").status_code == 503

    settings.BRIGHTSPACE_TOKEN_URL = sandbox.token_url
    cool_down_is_over()
    assert expired.get("/team/").status_code == 200


@pytest.mark.parametrize(("fault", "error"), [("503", Unavailable), ("429", RateLimited)])
def test_nobody_queues_up_behind_a_refresh_that_has_just_failed(
    expired: Client, sandbox: Sandbox, fault: str, error: type[BrightspaceError]
) -> None:
    sandbox.control.add_fault(fault, route=TOKEN, retry_after=20)
    for _ in range(3):
        with pytest.raises(error):
            token()

    assert refreshes(sandbox) == 1


def test_a_wrong_client_secret_keeps_the_tokens_and_tells_the_operator(
    expired: Client, sandbox: Sandbox, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BRIGHTSPACE_CLIENT_SECRET = "not-the-secret"

    assert expired.get("/team/").status_code == 503
    assert row().state == OAuthToken.State.SIGNED_IN
    assert "refused the portal: invalid_client." in caplog.text


def test_a_refresh_asks_for_the_scope_that_was_granted(expired: Client, sandbox: Sandbox, settings: Settings) -> None:
    settings.BRIGHTSPACE_SCOPES = "core:*:* groups:group:read"

    assert expired.get("/team/").status_code == 200
    assert "groups" not in row().scope


def cool_down_is_over() -> None:
    """As if the moment had passed in which a failed refresh is not repeated."""
    OAuthToken.objects.update(lease_until=tokens.NEVER_LEASED)


def test_a_token_without_a_refresh_token_serves_until_it_ends(sign_in: SignIn, sandbox: Sandbox) -> None:
    sandbox.control.set_switches(refresh_tokens=False)
    maya = sign_in(MAYA)
    assert maya.get("/team/").status_code == 200

    expire(sandbox)
    assert maya.get("/team/").status_code == 302
    assert refreshes(sandbox) == 0


def test_a_very_short_life_is_lived_with(sign_in: SignIn, sandbox: Sandbox) -> None:
    sandbox.control.set_switches(access_token_seconds=1)
    maya = sign_in(MAYA)

    assert maya.get("/team/").status_code == 200
    assert timezone.now() - timedelta(seconds=1) < row().renew_at < timezone.now() + timedelta(seconds=1)


def test_a_sign_out_during_a_refresh_leaves_no_tokens(expired: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(monkeypatch, lambda: tokens.delete(MAYA))

    with pytest.raises(SignInExpired):
        token()
    assert not OAuthToken.objects.exists()


@pytest.mark.parametrize("outcome", ["refreshed", "refused"])
def test_a_sign_in_during_a_refresh_keeps_its_own_tokens(
    expired: Client, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, outcome: str
) -> None:
    if outcome == "refused":
        sandbox.control.revoke_refresh_tokens()
    fresh = {"access_token": "fresh-access", "refresh_token": "fresh-refresh", "expires_in": 3600}
    meanwhile(monkeypatch, lambda: tokens.store(MAYA, fresh))

    assert token() == "fresh-access"
    assert token() == "fresh-access"


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: object) -> None:
    """Let something happen while Brightspace is being asked for a new pair."""

    def asked(*arguments: str) -> object:
        happens()  # type: ignore[operator]
        return refresh(*arguments)

    monkeypatch.setattr(tokens, "refresh", asked)


def test_tokens_moved_to_another_person_open_nothing(maya: Client, sign_in: SignIn, sandbox: Sandbox) -> None:
    helena = sign_in(HELENA)
    OAuthToken.objects.filter(pk=HELENA).update(access_token=row().access_token, refresh_token=row().refresh_token)

    with pytest.raises(SignInExpired):
        token(HELENA)
    assert helena.get("/team/").status_code == 302


def test_tokens_swapped_between_columns_open_nothing(maya: Client) -> None:
    kept = row()
    OAuthToken.objects.update(access_token=kept.refresh_token, refresh_token=kept.access_token)

    with pytest.raises(SignInExpired):
        token()


def test_rotation_leaves_everybody_signed_in_and_the_old_key_useless(maya: Client, settings: Settings) -> None:
    before, old, new = token(), settings.TOKEN_KEYS[0], Fernet.generate_key().decode()
    settings.TOKEN_KEYS = [new, old]
    out = StringIO()
    call_command("rotate_token_keys", stdout=out)
    settings.TOKEN_KEYS = [new]

    assert "1 connections are encrypted with the first key." in out.getvalue()
    assert token() == before


def test_rotation_removes_and_counts_what_no_key_opens(maya: Client, settings: Settings) -> None:
    settings.TOKEN_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(CommandError, match="1 connections could not be read"):
        call_command("rotate_token_keys", stdout=StringIO())
    assert maya.get("/team/").status_code == 302


def test_rotation_passes_over_sign_ins_that_are_over(expired: Client, sandbox: Sandbox) -> None:
    sandbox.control.revoke_refresh_tokens()
    expired.get("/team/")
    out = StringIO()
    call_command("rotate_token_keys", stdout=out)

    assert out.getvalue() == "0 connections are encrypted with the first key.\n"


def test_a_key_that_is_gone_leads_to_sign_in(maya: Client, settings: Settings, sign_in: SignIn) -> None:
    settings.TOKEN_KEYS = [Fernet.generate_key().decode()]

    assert maya.get("/team/").status_code == 302
    assert sign_in(MAYA, maya).get("/team/").status_code == 200


def test_no_token_shows_in_a_repr(maya: Client) -> None:
    held = tokens.access_token(MAYA, Deadline.after(5))

    assert held.value not in f"{held} {held!r} {row()} {row()!r} {vars(row())}"
