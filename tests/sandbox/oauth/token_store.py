"""The codes, access tokens and refresh tokens that the authorization server has issued."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from threading import RLock
from typing import Literal

from tests.sandbox.oauth.registration import Registration

# Expired entries of a table are removed when it has more entries than this.
MAX_ENTRIES = 5_000


@dataclass
class AuthorizationCode:
    """An authorization code; ``expires_at`` is in seconds since 1970. The method names are Authlib's."""

    text: str
    client_id: str
    person_id: int
    redirect_uri: str
    scope: str
    expires_at: float
    code_challenge: str | None = None
    code_challenge_method: str | None = None

    def get_redirect_uri(self) -> str:
        """The address the code was sent to."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """The scope that was consented to."""
        return self.scope


@dataclass
class AccessToken:
    """An access token, valid until ``expires_at`` (seconds since 1970)."""

    text: str
    client_id: str
    person_id: int
    scopes: frozenset[str]
    expires_at: float
    family: str


@dataclass
class RefreshToken:
    """A refresh token, valid for one use. All tokens that descend from one sign-in share a family."""

    text: str
    client_id: str
    person_id: int
    scope: str
    expires_at: float
    family: str
    state: Literal["fresh", "used", "revoked"] = "fresh"

    def check_client(self, client: Registration) -> bool:
        """Whether it was issued to this app."""
        return self.client_id == client.client_id

    def get_scope(self) -> str:
        """The scope that was consented to at sign-in, whatever refreshes asked for since."""
        return self.scope


class TokenStore:
    """Codes and tokens of one registered app, in memory. Safe for threads."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._codes: dict[str, AuthorizationCode] = {}
        self._access: dict[str, AccessToken] = {}
        self._refresh: dict[str, RefreshToken] = {}
        self.counts: Counter[str] = Counter()

    def add_code(self, code: AuthorizationCode) -> None:
        """Stores a code."""
        with self._lock:
            self._codes[code.text] = code

    def use_code(self, text: str, client_id: str) -> AuthorizationCode | None:
        """Removes a code and returns it; None when it is unknown, used, expired or another app's."""
        with self._lock:
            code = self._codes.pop(text, None)
        if code is None or code.client_id != client_id or code.expires_at < time.time():
            return None
        return code

    def add(self, access: AccessToken, refresh: RefreshToken | None) -> None:
        """Stores a new pair of tokens."""
        with self._lock:
            self._remove_expired()
            self._access[access.text] = access
            if refresh is not None:
                self._refresh[refresh.text] = refresh

    def access(self, text: str) -> AccessToken | None:
        """The access token if it is valid now, or None."""
        token = self._access.get(text)
        return token if token and token.expires_at > time.time() else None

    def refresh(self, text: str) -> RefreshToken | None:
        """The refresh token in any state, or None when it was never issued."""
        return self._refresh.get(text)

    def use_refresh(self, token: RefreshToken) -> bool:
        """Marks a refresh token as used; False when it is used, revoked or expired already."""
        with self._lock:
            if token.state != "fresh" or token.expires_at < time.time():
                return False
            token.state = "used"
            return True

    def owner_of(self, code: str, refresh: str) -> int | None:
        """The person whom a code or a refresh token was issued to, or None."""
        with self._lock:
            found = self._codes.get(code) or self._refresh.get(refresh)
        return found.person_id if found else None

    def expire_access(self, person_id: int | None = None) -> int:
        """Removes a person's, or all, access tokens and returns how many there were."""
        with self._lock:
            tokens = [token for token in self._access.values() if _belongs_to(token, person_id)]
            for token in tokens:
                del self._access[token.text]
            return len(tokens)

    def revoke_refresh(self, person_id: int | None = None) -> int:
        """Revokes a person's, or all, fresh refresh tokens and returns how many there were."""
        with self._lock:
            fresh = [token for token in self._refresh.values() if token.state == "fresh"]
            tokens = [token for token in fresh if _belongs_to(token, person_id)]
            for token in tokens:
                token.state = "revoked"
            return len(tokens)

    def revoke_family(self, family: str) -> None:
        """Revokes all tokens that descend from one sign-in."""
        with self._lock:
            for token in self._refresh.values():
                if token.family == family:
                    token.state = "revoked"
            for text in [token.text for token in self._access.values() if token.family == family]:
                del self._access[text]

    def clear(self) -> None:
        """Removes all codes, tokens and counts."""
        with self._lock:
            for table in self._tables():
                table.clear()
            self.counts.clear()

    def count(self, event: str) -> None:
        """Adds one to the count of an event."""
        with self._lock:
            self.counts[event] += 1

    def _tables(self) -> Iterator[dict[str, AuthorizationCode | AccessToken | RefreshToken]]:
        yield self._codes  # type: ignore[misc]
        yield self._access  # type: ignore[misc]
        yield self._refresh  # type: ignore[misc]

    def _remove_expired(self) -> None:
        now = time.time()
        for table in self._tables():
            if len(table) > MAX_ENTRIES:
                for text in [text for text, entry in table.items() if entry.expires_at < now]:
                    del table[text]


def _belongs_to(token: AccessToken | RefreshToken, person_id: int | None) -> bool:
    return person_id is None or token.person_id == person_id
