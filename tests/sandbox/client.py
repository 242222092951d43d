"""Clients for tests: the control methods from another process, and a sign-in without a browser."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any, cast
from urllib.parse import urljoin

import requests

from tests.sandbox.request_log import LoggedRequest

TIMEOUT_SECONDS = (3, 30)


class ControlClient:
    """The methods of :class:`tests.sandbox.control.Control` over HTTP.

    ValueError carries the sandbox's message when it refuses.
    """

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._session = _session()

    def reset(self, *, world: bool = True, tokens: bool = True) -> None:
        """Restores faults, latency, switches, versions, credits and log; world and tokens unless told otherwise."""
        self._call("reset", world=world, tokens=tokens)

    def add_fault(self, kind: str, **options: Any) -> int:
        """Adds a fault and returns its id."""
        return cast("int", self._call("add_fault", kind=kind, **options))

    def remove_fault(self, fault_id: int) -> bool:
        """Removes one fault; False when it was no longer in force."""
        return cast("bool", self._call("remove_fault", fault_id=fault_id))

    def clear_faults(self) -> None:
        """Removes all faults."""
        self._call("clear_faults")

    def faults(self) -> list[dict[str, Any]]:
        """The faults in force."""
        return cast("list[dict[str, Any]]", self._call("faults"))

    def set_latency(self, ms: float, route: str | None = None) -> None:
        """Delays every response, or those of one route template, by ``ms`` milliseconds."""
        self._call("set_latency", ms=ms, route=route)

    def latency(self) -> dict[str, Any]:
        """The delays in force, in milliseconds."""
        return cast("dict[str, Any]", self._call("latency"))

    def switches(self) -> dict[str, Any]:
        """All switches with their values."""
        return cast("dict[str, Any]", self._call("switches"))

    def set_switches(self, **changes: Any) -> dict[str, Any]:
        """Sets switches by name and returns all of them."""
        return cast("dict[str, Any]", self._call("set_switches", **changes))

    def set_versions(self, product: str, versions: Sequence[str]) -> None:
        """Sets which versions of a product the tenant supports."""
        self._call("set_versions", product=product, versions=list(versions))

    def register_redirect_uri(self, redirect_uri: str) -> None:
        """Adds a redirect URI to the app's registration."""
        self._call("register_redirect_uri", redirect_uri=redirect_uri)

    def declare_scopes(self, scopes: Sequence[str]) -> None:
        """Replaces the scopes declared at the app's registration."""
        self._call("declare_scopes", scopes=list(scopes))

    def issue_access_token(self, person_id: int, scope: str = "", seconds: int = 3600) -> str:
        """A token without sign-in; by default with all declared scopes."""
        return cast(
            "str",
            self._call("issue_access_token", person_id=person_id, scope=scope, seconds=seconds),
        )

    def expire_tokens(self, person_id: int | None = None) -> int:
        """Expires a person's, or everybody's, access tokens at once and returns how many there were."""
        return cast("int", self._call("expire_tokens", person_id=person_id))

    def revoke_refresh_tokens(self, person_id: int | None = None) -> int:
        """Revokes a person's, or everybody's, unused refresh tokens and returns how many there were."""
        return cast("int", self._call("revoke_refresh_tokens", person_id=person_id))

    def token_counts(self) -> dict[str, int]:
        """Counts of token pairs issued by grant, of refresh tokens reused, and of requests refused."""
        return cast("dict[str, int]", self._call("token_counts"))

    def refill_credits(self) -> None:
        """Restores all credits of the app."""
        self._call("refill_credits")

    def requests(self, **criteria: Any) -> list[LoggedRequest]:
        """The logged requests that match the criteria, oldest first."""
        return [LoggedRequest(**row) for row in self._call("requests", **criteria)]

    def clear_requests(self) -> None:
        """Empties the request log."""
        self._call("clear_requests")

    def people(self, *, in_picker: bool | None = None) -> list[dict[str, Any]]:
        """Everybody in the world, or those (not) offered by the sign-in page."""
        return cast("list[dict[str, Any]]", self._call("people", in_picker=in_picker))

    def patch_person(self, person_id: int, **changes: Any) -> None:
        """Changes fields of a person; datetimes as ISO 8601 text."""
        self._call("patch_person", person_id=person_id, **changes)

    def patch_record(self, record_id: int, **changes: Any) -> None:
        """Changes fields of a CPD record; datetimes as ISO 8601 text."""
        self._call("patch_record", record_id=record_id, **changes)

    def set_auditees(self, auditor_id: int, auditee_ids: Sequence[int]) -> None:
        """Replaces whom a person audits."""
        self._call("set_auditees", auditor_id=auditor_id, auditee_ids=list(auditee_ids))

    def _call(self, name: str, /, **arguments: Any) -> Any:
        reply = self._session.post(f"{self._url}/sandbox/{name}", json=arguments, timeout=TIMEOUT_SECONDS)
        body = reply.json()
        if reply.status_code != 200:
            raise ValueError(body["error"])
        return body["result"]


def sign_in(authorize_url: str, person_id: int, *, allow: bool = True) -> str:
    """Submits picker and consent as a browser would; returns the callback address with the code.

    RuntimeError when the sandbox shows an error page instead.
    """
    session = _session()
    page = session.get(authorize_url, allow_redirects=False, timeout=TIMEOUT_SECONDS)
    for button in (("person", str(person_id)), ("decision", "allow" if allow else "deny")):
        if page.status_code != 200:
            break
        page = _submit(session, page, button)
        if page.status_code == 303:
            following = urljoin(page.url, page.headers["Location"])
            page = session.get(following, allow_redirects=False, timeout=TIMEOUT_SECONDS)
    if page.status_code != 302:
        raise RuntimeError(f"sign-in ended with {page.status_code}: {page.text[:500]}")
    return page.headers["Location"]


def _submit(session: requests.Session, page: requests.Response, button: tuple[str, str]) -> requests.Response:
    form = _Form()
    form.feed(page.text)
    return session.post(
        urljoin(page.url, form.action),
        data=[*form.fields, button],
        allow_redirects=False,
        timeout=TIMEOUT_SECONDS,
    )


def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    return session


class _Form(HTMLParser):
    """The first form of a page: its action and its hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: list[tuple[str, str]] = []
        self._forms = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collects the action and the hidden fields."""
        values = dict(attrs)
        if tag == "form":
            self._forms += 1
            self.action = self.action or values.get("action") or ""
        if tag == "input" and self._forms == 1 and values.get("type") == "hidden":
            self.fields.append((values.get("name") or "", values.get("value") or ""))
