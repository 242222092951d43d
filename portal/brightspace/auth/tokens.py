"""Each person's tokens: stored encrypted, refreshed by one caller at a time across threads and processes.

A refresh token works once. Whoever finds the access token expired tries to take the row's lease by a
conditional update; one wins, refreshes, and stores the new pair before anyone uses it; the others wait
for the row's version to grow. No transaction is held while Brightspace is asked, so this works on SQLite
and PostgreSQL alike. The lease runs on the database's clock, which all processes share.
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
from portal.brightspace.auth.refresh import refresh
from portal.brightspace.auth.token_responses import MAX_LIFETIME_SECONDS, TokenResponseLost
from portal.brightspace.errors import BrightspaceError, DeadlineExceeded, RateLimited, SignInExpired, Unavailable
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.models import OAuthToken

LEASE_TIME = timedelta(seconds=7)  # longer than a refresh may take, shorter than a page waits
COOL_DOWN = timedelta(seconds=1)  # after a refresh that Brightspace did not take up
MAX_COOL_DOWN = timedelta(seconds=30)
DOWN, BUSY = "down", "busy"  # who holds the lease while Brightspace cools down
NEVER_LEASED = datetime(2000, 1, 1, tzinfo=UTC)  # a lease that nobody holds
EXPIRY_MARGIN_SECONDS = 60  # a token this close to its end is not started with
DEFAULT_LIFETIME_SECONDS = 3600


@dataclass(frozen=True)
class AccessToken:
    """An access token and the version of the row it came from."""

    value: str
    version: int

    def __repr__(self) -> str:
        return f"AccessToken(version={self.version})"


def store(person_id: int, token: Mapping[str, Any]) -> None:
    """Keep the tokens of a fresh sign-in in place of whatever was there."""
    # A version no earlier sign-in had: a refresh still under way for that one must not land here.
    fresh = {
        "version": time.time_ns() // 1000,
        "state": OAuthToken.State.SIGNED_IN,
        "lease_by": "",
        "lease_until": NEVER_LEASED,
    }
    with transaction.atomic(durable=True):
        OAuthToken.objects.update_or_create(person_id=person_id, defaults=_encrypted(person_id, token, "") | fresh)


def usable() -> QuerySet[OAuthToken]:
    """The connections that need no new sign-in, as far as is known."""
    return OAuthToken.objects.filter(state=OAuthToken.State.SIGNED_IN)


def delete(person_id: int) -> None:
    """Delete a person's tokens, as at sign-out; calls already under way end by themselves."""
    OAuthToken.objects.filter(person_id=person_id).delete()


def access_token(person_id: int, deadline: Deadline, rejected: AccessToken | None = None) -> AccessToken:
    """A token to call Brightspace with, refreshed first if it has expired or was just ``rejected``.

    Raises SignInExpired when the person must sign in again, Down or RateLimited when Brightspace cannot
    refresh now, DeadlineExceeded when somebody else's refresh outlasts the deadline. A refresh of its own ends
    when it ends, not at the deadline: its answer is too precious to hang up on.
    """
    while True:
        row = OAuthToken.objects.filter(person_id=person_id).first()
        if row is None or row.state == OAuthToken.State.SIGN_IN_AGAIN:
            raise SignInExpired
        refused = rejected is not None and rejected.version == row.version
        if not refused and row.renew_at > timezone.now():
            return AccessToken(_decrypted(row, "access", row.access_token), row.version)
        if lease := _take_lease(row):
            if token := _refreshed(row, lease):
                return token
        else:
            _raise_if_cooling(row)
            time.sleep(random.uniform(0.02, 0.06))  # noqa: S311  # spreads callers, keeps no secret
        if deadline.expired:
            raise DeadlineExceeded


def rotate_keys() -> tuple[int, int]:
    """Encrypt every stored token with the first key: (rotated, removed because no key opens them)."""
    rotated = removed = 0
    for row in usable().iterator():
        mine = OAuthToken.objects.filter(person_id=row.person_id, version=row.version)
        try:
            fresh = {"access_token": encryption.rotate(row.access_token)}
            if row.refresh_token:
                fresh["refresh_token"] = encryption.rotate(row.refresh_token)
        except encryption.DecryptionFailed:
            removed += mine.delete()[0]
        else:
            rotated += mine.update(**fresh)
    return rotated, removed


def _take_lease(row: OAuthToken) -> str:
    lease = str(uuid.uuid4())
    won = OAuthToken.objects.filter(person_id=row.person_id, version=row.version, lease_until__lt=Now()).update(
        lease_by=lease, lease_until=Now() + LEASE_TIME
    )
    return lease if won else ""


def _raise_if_cooling(row: OAuthToken) -> None:
    """A refresh has just failed: nobody queues up behind it to learn the same."""
    if row.lease_by == DOWN:
        raise Unavailable
    if row.lease_by == BUSY:
        raise RateLimited(row.lease_until)


def _refreshed(row: OAuthToken, lease: str) -> AccessToken | None:
    """Refresh under the lease; the new pair is stored before it is used.

    None if the person signed out or in anew meanwhile: then these tokens are nobody's.
    """
    mine = OAuthToken.objects.filter(person_id=row.person_id, version=row.version, lease_by=lease)
    try:
        token = refresh(_decrypted(row, "refresh", row.refresh_token), row.scope)
    except (SignInExpired, TokenResponseLost) as error:
        if _end(mine, row):
            raise SignInExpired from error
        return None
    except BrightspaceError as error:
        _cool_down(mine, error)
        raise
    with transaction.atomic(durable=True):
        # By version, not by lease: a new pair is worth keeping even if the lease ran out meanwhile.
        stored = OAuthToken.objects.filter(person_id=row.person_id, version=row.version).update(
            **_encrypted(row.person_id, token, row.scope),
            version=row.version + 1,
            lease_by="",
            lease_until=NEVER_LEASED,
        )
    return AccessToken(str(token["access_token"]), row.version + 1) if stored else None


def _cool_down(mine: QuerySet[OAuthToken], error: BrightspaceError) -> None:
    pause = COOL_DOWN
    if error.retry_at:
        pause = min(max(error.retry_at - timezone.now(), COOL_DOWN), MAX_COOL_DOWN)
    mine.update(lease_until=Now() + pause, lease_by=BUSY if isinstance(error, RateLimited) else DOWN)


def _end(mine: QuerySet[OAuthToken], row: OAuthToken) -> bool:
    """The chain of tokens is over: say so once, so that nobody tries again."""
    ended = mine.update(
        state=OAuthToken.State.SIGN_IN_AGAIN,
        access_token="",
        refresh_token="",
        version=row.version + 1,
    )
    return ended > 0


def _encrypted(person_id: int, token: Mapping[str, Any], scope: str) -> dict[str, Any]:
    refresh_token = str(token.get("refresh_token") or "")
    return {
        "access_token": encryption.encrypt(person_id, "access", str(token["access_token"])),
        "refresh_token": encryption.encrypt(person_id, "refresh", refresh_token) if refresh_token else "",
        "scope": str(token.get("scope") or scope),
        "renew_at": timezone.now() + timedelta(seconds=_usable_seconds(token)),
    }


def _usable_seconds(token: Mapping[str, Any]) -> float:
    """How long to start calls with a token: a little less than its life, if it can be refreshed at all."""
    life = min(float(token.get("expires_in") or DEFAULT_LIFETIME_SECONDS), MAX_LIFETIME_SECONDS)
    return life - min(EXPIRY_MARGIN_SECONDS, life / 10) if token.get("refresh_token") else life


def _decrypted(row: OAuthToken, kind: str, sealed: str) -> str:
    """The token, or SignInExpired if there is none or no key opens it."""
    try:
        return encryption.decrypt(row.person_id, kind, sealed)
    except encryption.DecryptionFailed:
        raise SignInExpired from None
