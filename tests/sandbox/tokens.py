"""What the authorization server has handed out: codes, access tokens, refresh tokens."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from threading import RLock

from tests.sandbox.registration import Registration

KEPT = 5_000


@dataclass
class AuthorizationCode:
    """A code on its way through the browser. The method names are Authlib's."""

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
    """What the API accepts until ``expires_at`` (seconds since 1970)."""

    text: str
    client_id: str
    person_id: int
    scopes: frozenset[str]
    expires_at: float
    family: str


@dataclass
class RefreshToken:
    """Good for one exchange. All tokens that descend from one sign-in share a family."""

    text: str
    client_id: str
    person_id: int
    scope: str
    expires_at: float
    family: str
    state: str = "fresh"

    def check_client(self, client: Registration) -> bool:
        """Whether it was issued to this app."""
        return self.client_id == client.client_id

    def get_scope(self) -> str:
        """The scope that was consented to at sign-in, whatever refreshes asked since."""
        return self.scope


class TokenStore:
    """All of it, in memory, for one registered app. Safe for threads."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._codes: dict[str, AuthorizationCode] = {}
        self._access: dict[str, AccessToken] = {}
        self._refresh: dict[str, RefreshToken] = {}
        self.counts: Counter[str] = Counter()

    def add_code(self, code: AuthorizationCode) -> None:
        """Keeps a code until it is used or too old."""
        with self._lock:
            self._codes[code.text] = code

    def use_code(self, text: str, client_id: str) -> AuthorizationCode | None:
        """Takes a code out for good; None when unknown, used before, foreign or too old."""
        with self._lock:
            code = self._codes.pop(text, None)
        if code is None or code.client_id != client_id or code.expires_at < time.time():
            return None
        return code

    def add(self, access: AccessToken, refresh: RefreshToken | None) -> None:
        """Keeps a new pair."""
        with self._lock:
            self._forget_old()
            self._access[access.text] = access
            if refresh is not None:
                self._refresh[refresh.text] = refresh

    def access(self, text: str) -> AccessToken | None:
        """A token the API may accept now, or None."""
        token = self._access.get(text)
        return token if token and token.expires_at > time.time() else None

    def refresh(self, text: str) -> RefreshToken | None:
        """A refresh token in whatever state it is, or None when never issued."""
        return self._refresh.get(text)

    def use_refresh(self, token: RefreshToken) -> bool:
        """Spends a refresh token; False when somebody else was faster."""
        with self._lock:
            if token.state != "fresh" or token.expires_at < time.time():
                return False
            token.state = "used"
            return True

    def owner_of(self, code: str, refresh: str) -> int | None:
        """Whose code or refresh token a token request carries."""
        with self._lock:
            found = self._codes.get(code) or self._refresh.get(refresh)
        return found.person_id if found else None

    def expire_access(self, person_id: int | None = None) -> int:
        """Ends a person's, or all, access tokens at once; how many."""
        with self._lock:
            ended = [token for token in self._access.values() if _of(token, person_id)]
            for token in ended:
                del self._access[token.text]
            return len(ended)

    def revoke_refresh(self, person_id: int | None = None) -> int:
        """Makes a person's, or all, refresh tokens useless; how many."""
        with self._lock:
            ended = [token for token in self._refresh.values() if _of(token, person_id) and token.state == "fresh"]
            for token in ended:
                token.state = "revoked"
            return len(ended)

    def revoke_family(self, family: str) -> None:
        """Makes everything that descends from one sign-in useless."""
        with self._lock:
            for token in self._refresh.values():
                if token.family == family:
                    token.state = "revoked"
            for text in [t.text for t in self._access.values() if t.family == family]:
                del self._access[text]

    def clear(self) -> None:
        """Forgets everything, counts included."""
        with self._lock:
            for kept in self._tables():
                kept.clear()
            self.counts.clear()

    def count(self, what: str) -> None:
        """Adds one to a tally."""
        with self._lock:
            self.counts[what] += 1

    def _tables(self) -> Iterator[dict[str, AuthorizationCode | AccessToken | RefreshToken]]:
        yield self._codes  # type: ignore[misc]
        yield self._access  # type: ignore[misc]
        yield self._refresh  # type: ignore[misc]

    def _forget_old(self) -> None:
        now = time.time()
        for kept in self._tables():
            if len(kept) > KEPT:
                for text in [text for text, item in kept.items() if item.expires_at < now]:
                    del kept[text]


def _of(token: AccessToken | RefreshToken, person_id: int | None) -> bool:
    return person_id is None or token.person_id == person_id
