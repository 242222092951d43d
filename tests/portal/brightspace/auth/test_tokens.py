"""Each person's tokens in use: refreshed once when they expire, stored through failures, encrypted."""

from datetime import timedelta
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from portal.brightspace.auth import tokens
from portal.brightspace.auth.oauth import refresh
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
    """Let all tokens expire, here and at Brightspace, and clear Maya's cache, so that the next page needs a token."""
    OAuthToken.objects.update(refresh_at=timezone.now() - timedelta(seconds=1))
    sandbox.control.expire_tokens()
    PersonCache(MAYA).clear()


def refreshes(sandbox: Sandbox) -> int:
    return sum(request.grant_type == "refresh_token" for request in sandbox.control.requests(route=TOKEN))


@pytest.fixture
def expired(maya: Client, sandbox: Sandbox) -> Client:
    """Maya's browser; her access token has expired since she signed in."""
    expire(sandbox)
    return maya


def test_a_valid_token_is_used_without_a_refresh(maya: Client, sandbox: Sandbox) -> None:
    assert token() == token()
    assert refreshes(sandbox) == 0


def test_an_expired_token_is_refreshed_and_the_page_is_complete(expired: Client, sandbox: Sandbox) -> None:
    page = expired.get("/team/")

    assert (page.status_code, page.content.decode().count("data-person=")) == (200, 12)
    assert refreshes(sandbox) == 1


def test_a_new_pair_is_stored_before_it_is_used(expired: Client, sandbox: Sandbox) -> None:
    token_before = row()
    sandbox.control.add_fault("drop", path="/d2l/api/")
    expired.get("/team/")

    assert row().version == token_before.version + 1
    assert row().refresh_at > timezone.now() + timedelta(minutes=50)
    assert token()
    assert refreshes(sandbox) == 1


def test_refresh_tokens_are_used_once_each(expired: Client, sandbox: Sandbox) -> None:
    sandbox.control.set_switches(refresh_reuse="revoke_family")
    for _ in range(5):
        assert expired.get("/team/").status_code == 200
        expire(sandbox)

    assert refreshes(sandbox) == 5
    assert sandbox.control.token_counts().get("reused", 0) == 0


def test_a_token_rejected_in_the_middle_of_a_page_is_refreshed_once(maya: Client, sandbox: Sandbox) -> None:
    sandbox.control.expire_tokens(MAYA)
    part = maya.get("/team/?figures=0.0", headers={"HX-Request": "true"}).content.decode()

    assert 'data-waiting="0"' in part
    assert refreshes(sandbox) == 1


def test_a_token_rejected_after_its_refresh_leads_to_sign_in(maya: Client, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("expired", path="/d2l/api/")
    response = maya.get("/team/?sort=name")

    assert response["Location"] == "/signin/?next=%2Fteam%2F%3Fsort%3Dname"
    assert refreshes(sandbox) == 1


@pytest.mark.parametrize("fault", ["drop_after", "drop", "empty", "cut_json", "truncated"])
def test_a_lost_response_leads_to_sign_in_and_back(
    expired: Client, sandbox: Sandbox, sign_in: SignIn, fault: str
) -> None:
    sandbox.control.add_fault(fault, route=TOKEN, times=1)
    response = expired.get("/team/?sort=name")

    assert response["Location"] == "/signin/?next=%2Fteam%2F%3Fsort%3Dname"
    assert expired.get("/team/").status_code == 302
    assert refreshes(sandbox) == 1
    assert sign_in(MAYA, expired).get("/team/?sort=name").status_code == 200


def test_a_refused_refresh_token_leads_to_sign_in(expired: Client, sandbox: Sandbox) -> None:
    sandbox.control.revoke_refresh_tokens(MAYA)

    assert expired.get("/team/").status_code == 302
    assert expired.get("/team/").status_code == 302
    assert refreshes(sandbox) == 1
    assert (row().access_token, row().refresh_token) == ("", "")


def test_a_dripping_response_ends_at_the_deadline_and_leads_to_sign_in(
    expired: Client, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.brightspace.auth.oauth.REFRESH_SECONDS", 1.0)
    sandbox.control.add_fault("drip", route=TOKEN, delay_ms=100)

    assert expired.get("/team/").status_code == 302


@pytest.mark.parametrize("fault", ["503", "500", "429", "html", "redirect", "forbidden"])
def test_a_failed_refresh_leads_to_an_error_page_and_leaves_the_tokens(
    expired: Client, sandbox: Sandbox, fault: str
) -> None:
    sandbox.control.add_fault(fault, route=TOKEN, times=1)
    token_before = row().refresh_token
    response = expired.get("/team/")
    assert (response.status_code, row().refresh_token) == (503, token_before)

    end_cool_down()
    assert expired.get("/team/").status_code == 200


def test_an_unreachable_token_endpoint_leads_to_an_error_page_and_leaves_the_tokens(
    expired: Client, sandbox: Sandbox, settings: Settings
) -> None:
    settings.BRIGHTSPACE_TOKEN_URL = "http://127.0.0.1:9/core/connect/token"
    assert expired.get("/team/").status_code == 503

    settings.BRIGHTSPACE_TOKEN_URL = sandbox.token_url
    end_cool_down()
    assert expired.get("/team/").status_code == 200


@pytest.mark.parametrize(("fault", "error"), [("503", Unavailable), ("429", RateLimited)])
def test_callers_fail_at_once_after_a_failed_refresh(
    expired: Client, sandbox: Sandbox, fault: str, error: type[BrightspaceError]
) -> None:
    sandbox.control.add_fault(fault, route=TOKEN, retry_after=20)
    for _ in range(3):
        with pytest.raises(error):
            token()

    assert refreshes(sandbox) == 1


def test_a_wrong_client_secret_is_logged_and_leaves_the_tokens(
    expired: Client, sandbox: Sandbox, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BRIGHTSPACE_CLIENT_SECRET = "not-the-secret"

    assert expired.get("/team/").status_code == 503
    assert row().state == OAuthToken.State.SIGNED_IN
    assert "refused the portal: invalid_client." in caplog.text


def test_a_refresh_requests_the_scope_that_was_granted(expired: Client, sandbox: Sandbox, settings: Settings) -> None:
    settings.BRIGHTSPACE_SCOPES = "core:*:* groups:group:read"

    assert expired.get("/team/").status_code == 200
    assert "groups" not in row().scope


def end_cool_down() -> None:
    """As if the cool-down after a failed refresh were over."""
    OAuthToken.objects.update(lease_until=tokens.NEVER_LEASED)


def test_a_token_without_a_refresh_token_is_used_until_it_expires(sign_in: SignIn, sandbox: Sandbox) -> None:
    sandbox.control.set_switches(refresh_tokens=False)
    maya = sign_in(MAYA)
    assert maya.get("/team/").status_code == 200

    expire(sandbox)
    assert maya.get("/team/").status_code == 302
    assert refreshes(sandbox) == 0


def test_a_very_short_lifetime_is_accepted(sign_in: SignIn, sandbox: Sandbox) -> None:
    sandbox.control.set_switches(access_token_seconds=1)
    maya = sign_in(MAYA)

    assert maya.get("/team/").status_code == 200
    assert timezone.now() - timedelta(seconds=1) < row().refresh_at < timezone.now() + timedelta(seconds=1)


def test_a_sign_out_during_a_refresh_leaves_no_tokens(expired: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    during_refresh(monkeypatch, lambda: tokens.delete(MAYA))

    with pytest.raises(SignInExpired):
        token()
    assert not OAuthToken.objects.exists()


@pytest.mark.parametrize("outcome", ["refreshed", "refused"])
def test_a_sign_in_during_a_refresh_leaves_its_own_tokens_stored(
    expired: Client, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, outcome: str
) -> None:
    if outcome == "refused":
        sandbox.control.revoke_refresh_tokens()
    fresh = {"access_token": "fresh-access", "refresh_token": "fresh-refresh", "expires_in": 3600}
    during_refresh(monkeypatch, lambda: tokens.store(MAYA, fresh))

    assert token() == "fresh-access"
    assert token() == "fresh-access"


def during_refresh(monkeypatch: pytest.MonkeyPatch, action: object) -> None:
    """Run an action while a refresh is under way."""

    def refresh_after_action(*arguments: str) -> object:
        action()  # type: ignore[operator]
        return refresh(*arguments)

    monkeypatch.setattr(tokens, "refresh", refresh_after_action)


def test_tokens_moved_to_another_person_are_not_used(maya: Client, sign_in: SignIn, sandbox: Sandbox) -> None:
    helena = sign_in(HELENA)
    OAuthToken.objects.filter(pk=HELENA).update(access_token=row().access_token, refresh_token=row().refresh_token)

    with pytest.raises(SignInExpired):
        token(HELENA)
    assert helena.get("/team/").status_code == 302


def test_tokens_swapped_between_columns_are_not_used(maya: Client) -> None:
    stored = row()
    OAuthToken.objects.update(access_token=stored.refresh_token, refresh_token=stored.access_token)

    with pytest.raises(SignInExpired):
        token()


def test_rotation_leaves_people_signed_in_and_the_old_key_unused(maya: Client, settings: Settings) -> None:
    token_before, old, new = token(), settings.TOKEN_KEYS[0], Fernet.generate_key().decode()
    settings.TOKEN_KEYS = [new, old]
    out = StringIO()
    call_command("rotate_token_keys", stdout=out)
    settings.TOKEN_KEYS = [new]

    assert "The tokens of 1 people are encrypted with the first key." in out.getvalue()
    assert token() == token_before


def test_rotation_deletes_and_counts_tokens_that_no_key_decrypts(maya: Client, settings: Settings) -> None:
    settings.TOKEN_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(CommandError, match="The tokens of 1 people could not be decrypted"):
        call_command("rotate_token_keys", stdout=StringIO())
    assert maya.get("/team/").status_code == 302


def test_rotation_skips_sign_ins_that_have_ended(expired: Client, sandbox: Sandbox) -> None:
    sandbox.control.revoke_refresh_tokens()
    expired.get("/team/")
    out = StringIO()
    call_command("rotate_token_keys", stdout=out)

    assert out.getvalue() == "The tokens of 0 people are encrypted with the first key.\n"


def test_a_missing_key_leads_to_sign_in(maya: Client, settings: Settings, sign_in: SignIn) -> None:
    settings.TOKEN_KEYS = [Fernet.generate_key().decode()]

    assert maya.get("/team/").status_code == 302
    assert sign_in(MAYA, maya).get("/team/").status_code == 200


def test_no_token_shows_in_a_repr(maya: Client) -> None:
    access_token = tokens.access_token(MAYA, Deadline.after(5))

    assert access_token.value not in f"{access_token} {access_token!r} {row()} {row()!r} {vars(row())}"
