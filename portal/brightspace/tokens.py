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
from django.db.models.functions import Now
from django.utils import timezone

from portal.brightspace import vault
from portal.brightspace.deadline import Deadline
from portal.brightspace.errors import BrightspaceError, OutOfTime, SignInExpired
from portal.brightspace.models import Connection
from portal.brightspace.refresh import RefreshLost, refresh

LEASE = timedelta(seconds=8)  # longer than a refresh may take
COOL_DOWN = timedelta(seconds=1)  # after a refresh that Brightspace did not take up
FREE = datetime(2000, 1, 1, tzinfo=UTC)  # a lease that nobody holds
EARLY_SECONDS = 60  # a token this close to its end is not started with
DEFAULT_LIFE_SECONDS = 3600


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
        "state": Connection.State.SIGNED_IN,
        "lease_by": "",
        "lease_until": FREE,
    }
    with transaction.atomic(durable=True):
        Connection.objects.update_or_create(
            person_id=person_id, defaults=_sealed(person_id, token, "") | fresh
        )


def forget(person_id: int) -> None:
    """Delete a person's tokens, as at sign-out; calls already under way end by themselves."""
    Connection.objects.filter(person_id=person_id).delete()


def access_token(
    person_id: int, deadline: Deadline, rejected: AccessToken | None = None
) -> AccessToken:
    """A token to call Brightspace with, refreshed first if it has expired or was just ``rejected``.

    Raises SignInExpired when the person must sign in again, Down or RateLimited when Brightspace cannot
    refresh now, OutOfTime when somebody else's refresh outlasts the deadline.
    """
    while True:
        row = Connection.objects.filter(person_id=person_id).first()
        if row is None or row.state == Connection.State.SIGN_IN_AGAIN:
            raise SignInExpired
        refused = rejected is not None and rejected.version == row.version
        if not refused and row.renew_at > timezone.now():
            return AccessToken(_opened(row, "access", row.access_token), row.version)
        if lease := _take_lease(row):
            return _refreshed(row, lease)
        if deadline.expired:
            raise OutOfTime
        time.sleep(random.uniform(0.02, 0.06))  # noqa: S311  # spreads callers, keeps no secret


def rotate_keys() -> tuple[int, int]:
    """Encrypt every stored token with the first key: (rotated, removed because no key opens them)."""
    rotated = removed = 0
    for row in Connection.objects.all().iterator():
        mine = Connection.objects.filter(person_id=row.person_id, version=row.version)
        try:
            fresh = {"access_token": vault.rotate(row.access_token)}
            if row.refresh_token:
                fresh["refresh_token"] = vault.rotate(row.refresh_token)
        except vault.SealBroken:
            removed += mine.delete()[0]
        else:
            rotated += mine.update(**fresh)
    return rotated, removed


def _take_lease(row: Connection) -> str:
    lease = str(uuid.uuid4())
    won = Connection.objects.filter(
        person_id=row.person_id, version=row.version, lease_until__lt=Now()
    ).update(lease_by=lease, lease_until=Now() + LEASE)
    return lease if won else ""


def _refreshed(row: Connection, lease: str) -> AccessToken:
    """Refresh under the lease; the new pair is stored before it is used."""
    mine = Connection.objects.filter(person_id=row.person_id, version=row.version, lease_by=lease)
    if not row.refresh_token:
        _end(mine, row)
        raise SignInExpired
    try:
        token = refresh(_opened(row, "refresh", row.refresh_token))
    except (SignInExpired, RefreshLost) as error:
        _end(mine, row)
        raise SignInExpired from error
    except BrightspaceError:
        mine.update(lease_until=Now() + COOL_DOWN, lease_by="")
        raise
    with transaction.atomic(durable=True):
        # By version, not by lease: a new pair is worth keeping even if the lease ran out meanwhile.
        stored = Connection.objects.filter(person_id=row.person_id, version=row.version).update(
            **_sealed(row.person_id, token, row.scope),
            version=row.version + 1,
            lease_by="",
            lease_until=FREE,
        )
    if not stored:  # signed out or signed in anew meanwhile: these tokens are nobody's
        raise SignInExpired
    return AccessToken(str(token["access_token"]), row.version + 1)


def _end(mine: Any, row: Connection) -> None:
    """The chain of tokens is over: say so once, so that nobody tries again."""
    mine.update(
        state=Connection.State.SIGN_IN_AGAIN,
        access_token="",
        refresh_token="",
        version=row.version + 1,
    )


def _sealed(person_id: int, token: Mapping[str, Any], scope: str) -> dict[str, Any]:
    refresh_token = str(token.get("refresh_token") or "")
    return {
        "access_token": vault.seal(person_id, "access", str(token["access_token"])),
        "refresh_token": vault.seal(person_id, "refresh", refresh_token) if refresh_token else "",
        "scope": str(token.get("scope") or scope),
        "renew_at": timezone.now() + timedelta(seconds=_usable_seconds(token)),
    }


def _usable_seconds(token: Mapping[str, Any]) -> float:
    """How long to start calls with a token: a little less than its life, if it can be refreshed at all."""
    try:
        life = min(max(float(token.get("expires_in") or DEFAULT_LIFE_SECONDS), 0), 31_536_000)
    except (TypeError, ValueError):
        life = DEFAULT_LIFE_SECONDS
    return life - min(EARLY_SECONDS, life / 10) if token.get("refresh_token") else life


def _opened(row: Connection, kind: str, sealed: str) -> str:
    try:
        return vault.unseal(row.person_id, kind, sealed)
    except vault.SealBroken:
        raise SignInExpired from None
