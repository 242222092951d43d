"""Each person's OAuth tokens: stored encrypted, refreshed by one caller at a time across threads and processes.

A refresh token works once. A caller that finds the access token expired tries to take the row's lease by a conditional
update. One succeeds, refreshes, and stores the new pair before anyone uses it; the others poll until the row's version
has grown. No transaction is open while Brightspace is called, so this works on SQLite and PostgreSQL alike. The lease
is timed by the database's clock, which all processes share.
"""

import random
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from portal.brightspace.auth import encryption
from portal.brightspace.auth.oauth import refresh
from portal.brightspace.auth.token_responses import MAX_LIFETIME_SECONDS, TokenResponseLost
from portal.brightspace.errors import BrightspaceError, DeadlineExceeded, RateLimited, SignInExpired, Unavailable
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.models import OAuthToken

LEASE_TIME = timedelta(seconds=7)  # longer than a refresh may take, shorter than a page's deadline
COOL_DOWN = timedelta(seconds=1)  # after a failed refresh that has not used the token
MAX_COOL_DOWN = timedelta(seconds=30)
UNAVAILABLE, RATE_LIMITED = "unavailable", "rate_limited"  # lease holders during a cool-down: why nobody may refresh
NEVER_LEASED = datetime(2000, 1, 1, tzinfo=UTC)  # the end of a lease that nobody holds
EXPIRY_MARGIN_SECONDS = 60  # no call starts with a token that expires sooner
DEFAULT_LIFETIME_SECONDS = 3600
POLL_SECONDS = (0.02, 0.06)  # between two looks at the row while another caller refreshes, at random


@dataclass(frozen=True)
class AccessToken:
    """An access token and the version of the row it came from."""

    value: str
    version: int

    def __repr__(self) -> str:
        return f"AccessToken(version={self.version})"


def store(person_id: int, token: Mapping[str, Any]) -> None:
    """Store the tokens of a new sign-in; they replace the person's earlier ones."""
    # A version that no earlier sign-in had: a refresh still under way for one of them must not overwrite these tokens.
    state = {
        "version": time.time_ns() // 1000,
        "state": OAuthToken.State.SIGNED_IN,
        "lease_holder": "",
        "lease_until": NEVER_LEASED,
    }
    with transaction.atomic(durable=True):
        OAuthToken.objects.update_or_create(person_id=person_id, defaults=_encrypted(person_id, token, "") | state)


def usable() -> QuerySet[OAuthToken]:
    """The tokens of people who need not sign in again, as far as is known."""
    return OAuthToken.objects.filter(state=OAuthToken.State.SIGNED_IN)


def delete(person_id: int) -> None:
    """Delete a person's tokens, as at sign-out. Calls already under way go on."""
    OAuthToken.objects.filter(person_id=person_id).delete()


def access_token(person_id: int, deadline: Deadline, rejected: AccessToken | None = None) -> AccessToken:
    """A person's access token, refreshed first if it has expired or is the one just ``rejected``.

    Raises SignInExpired if the person must sign in again, Unavailable or RateLimited if Brightspace cannot refresh
    now, DeadlineExceeded if another caller's refresh takes longer than ``deadline``. This caller's own refresh is not
    cut off at the deadline: without its response the refresh token would be lost.
    """
    while True:
        row = OAuthToken.objects.filter(person_id=person_id).first()
        if row is None or row.state == OAuthToken.State.SIGN_IN_AGAIN:
            raise SignInExpired
        is_rejected = rejected is not None and rejected.version == row.version
        if not is_rejected and row.refresh_at > timezone.now():
            return AccessToken(_decrypted(row, "access", row.access_token), row.version)
        if lease := _take_lease(row):
            if token := _refreshed(row, lease):
                return token
        else:
            _raise_if_cooling_down(row)
            time.sleep(random.uniform(*POLL_SECONDS))  # noqa: S311  # spreads callers out, guards nothing
        if deadline.expired:
            raise DeadlineExceeded


def rotate_keys() -> tuple[int, int]:
    """Encrypt every stored token with the first key. Returns how many people's were, and how many had no fitting key.

    The latter are deleted.
    """
    rotated = deleted = 0
    for row in usable().iterator():
        unchanged = OAuthToken.objects.filter(person_id=row.person_id, version=row.version)
        try:
            encrypted = {"access_token": encryption.rotate(row.access_token)}
            if row.refresh_token:
                encrypted["refresh_token"] = encryption.rotate(row.refresh_token)
        except encryption.DecryptionFailed:
            deleted += unchanged.delete()[0]
        else:
            rotated += unchanged.update(**encrypted)
    return rotated, deleted


def _take_lease(row: OAuthToken) -> str:
    """The name of the lease if this caller got it; empty if another one holds it or has refreshed since."""
    lease = str(uuid.uuid4())
    taken = OAuthToken.objects.filter(person_id=row.person_id, version=row.version, lease_until__lt=Now()).update(
        lease_holder=lease, lease_until=Now() + LEASE_TIME
    )
    return lease if taken else ""


def _raise_if_cooling_down(row: OAuthToken) -> None:
    """Fail at once after a failed refresh: waiting for the lease would only lead to the same error."""
    if row.lease_holder == UNAVAILABLE:
        raise Unavailable
    if row.lease_holder == RATE_LIMITED:
        raise RateLimited(row.lease_until)


def _refreshed(row: OAuthToken, lease: str) -> AccessToken | None:
    """Refresh as the holder of the lease, and store the new pair.

    None if the person has signed out, or in again, meanwhile: their row has no use for these tokens.
    """
    leased = OAuthToken.objects.filter(person_id=row.person_id, version=row.version, lease_holder=lease)
    try:
        token = refresh(_decrypted(row, "refresh", row.refresh_token), row.scope)
    except (SignInExpired, TokenResponseLost) as error:
        if _end_sign_in(leased, row):
            raise SignInExpired from error
        return None
    except BrightspaceError as error:
        _cool_down(leased, error)
        raise
    with transaction.atomic(durable=True):
        # By version, not by lease: the new pair must be stored even if the lease has ended meanwhile.
        stored = OAuthToken.objects.filter(person_id=row.person_id, version=row.version).update(
            **_encrypted(row.person_id, token, row.scope),
            version=row.version + 1,
            lease_holder="",
            lease_until=NEVER_LEASED,
        )
    return AccessToken(str(token["access_token"]), row.version + 1) if stored else None


def _cool_down(leased: QuerySet[OAuthToken], error: BrightspaceError) -> None:
    """Let nobody refresh for a moment, as long as Brightspace asked for if it did."""
    pause = COOL_DOWN
    if error.retry_at:
        pause = min(max(error.retry_at - timezone.now(), COOL_DOWN), MAX_COOL_DOWN)
    holder = RATE_LIMITED if isinstance(error, RateLimited) else UNAVAILABLE
    leased.update(lease_until=Now() + pause, lease_holder=holder)


def _end_sign_in(leased: QuerySet[OAuthToken], row: OAuthToken) -> bool:
    """Mark that the person must sign in again, so that no other caller tries to refresh. Whether the row was there."""
    ended = leased.update(
        state=OAuthToken.State.SIGN_IN_AGAIN,
        access_token="",
        refresh_token="",
        version=row.version + 1,
    )
    return ended > 0


def _encrypted(person_id: int, token: Mapping[str, Any], scope: str) -> dict[str, Any]:
    """The fields of a row for a token response; ``scope`` is used if the response names none."""
    refresh_token = str(token.get("refresh_token") or "")
    return {
        "access_token": encryption.encrypt(person_id, "access", str(token["access_token"])),
        "refresh_token": encryption.encrypt(person_id, "refresh", refresh_token) if refresh_token else "",
        "scope": str(token.get("scope") or scope),
        "refresh_at": timezone.now() + timedelta(seconds=_usable_seconds(token)),
    }


def _usable_seconds(token: Mapping[str, Any]) -> float:
    """How long calls may start with a token: less than its lifetime by a margin, if it can be refreshed."""
    lifetime = min(float(token.get("expires_in") or DEFAULT_LIFETIME_SECONDS), MAX_LIFETIME_SECONDS)
    return lifetime - min(EXPIRY_MARGIN_SECONDS, lifetime / 10) if token.get("refresh_token") else lifetime


def _decrypted(row: OAuthToken, kind: str, ciphertext: str) -> str:
    """A token of the row. Raises SignInExpired if there is none or no key fits."""
    try:
        return encryption.decrypt(row.person_id, kind, ciphertext)
    except encryption.DecryptionFailed:
        raise SignInExpired from None
