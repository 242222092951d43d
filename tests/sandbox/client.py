"""The control face from another process, and a sign-in without a browser, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any, cast
from urllib.parse import urljoin

import requests

from tests.sandbox.request_log import LoggedRequest

TIMEOUT = (3, 30)


class ControlClient:
    """The methods of :class:`tests.sandbox.control.Control`, over HTTP; see there.

    ValueError carries the stand-in's own words when it refuses.
    """

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._session = _session()

    def reset(self, *, world: bool = True, tokens: bool = True) -> None:
        """Takes back all faults, latency, switches, credits and the log; world, tokens at will."""
        self._call("reset", world=world, tokens=tokens)

    def add_fault(self, kind: str, **options: Any) -> int:
        """Adds a fault and gives its number."""
        return cast("int", self._call("add_fault", kind=kind, **options))

    def remove_fault(self, fault_id: int) -> bool:
        """Takes one fault away; False when it was no longer in force."""
        return cast("bool", self._call("remove_fault", fault_id=fault_id))

    def clear_faults(self) -> None:
        """Takes all faults away."""
        self._call("clear_faults")

    def faults(self) -> list[dict[str, Any]]:
        """The faults in force."""
        return cast("list[dict[str, Any]]", self._call("faults"))

    def set_latency(self, ms: float, route: str | None = None) -> None:
        """Delays every answer, or those of one route template, by milliseconds."""
        self._call("set_latency", ms=ms, route=route)

    def latency(self) -> dict[str, Any]:
        """The delays in force, in milliseconds."""
        return cast("dict[str, Any]", self._call("latency"))

    def switches(self) -> dict[str, Any]:
        """All switches with their values."""
        return cast("dict[str, Any]", self._call("switches"))

    def set_switches(self, **changes: Any) -> dict[str, Any]:
        """Sets switches by name and gives all of them."""
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
        """Ends a person's, or everybody's, access tokens at once; how many there were."""
        return cast("int", self._call("expire_tokens", person_id=person_id))

    def revoke_refresh_tokens(self, person_id: int | None = None) -> int:
        """Makes a person's, or everybody's, refresh tokens useless; how many there were."""
        return cast("int", self._call("revoke_refresh_tokens", person_id=person_id))

    def token_counts(self) -> dict[str, int]:
        """Pairs issued by grant, tokens reused, refusals."""
        return cast("dict[str, int]", self._call("token_counts"))

    def refill_credits(self) -> None:
        """Makes the app's bucket of credits full again."""
        self._call("refill_credits")

    def requests(self, **filters: Any) -> list[LoggedRequest]:
        """The request log, oldest first, filtered."""
        return [LoggedRequest(**row) for row in self._call("requests", **filters)]

    def clear_requests(self) -> None:
        """Empties the request log."""
        self._call("clear_requests")

    def people(self, *, in_picker: bool | None = None) -> list[dict[str, Any]]:
        """Everybody in the world, or those (not) offered by the sign-in page."""
        return cast("list[dict[str, Any]]", self._call("people", in_picker=in_picker))

    def patch_person(self, person_id: int, **changes: Any) -> None:
        """Changes fields of a person; moments as ISO 8601 text."""
        self._call("patch_person", person_id=person_id, **changes)

    def patch_record(self, record_id: int, **changes: Any) -> None:
        """Changes fields of a CPD record; moments as ISO 8601 text."""
        self._call("patch_record", record_id=record_id, **changes)

    def set_auditees(self, auditor_id: int, auditee_ids: Sequence[int]) -> None:
        """Replaces whom a person audits."""
        self._call("set_auditees", auditor_id=auditor_id, auditee_ids=list(auditee_ids))

    def _call(self, name: str, /, **arguments: Any) -> Any:
        reply = self._session.post(f"{self._url}/sandbox/{name}", json=arguments, timeout=TIMEOUT)
        body = reply.json()
        if reply.status_code != 200:
            raise ValueError(body["error"])
        return body["result"]


def sign_in(authorize_url: str, person_id: int, *, allow: bool = True) -> str:
    """Walks picker and consent as a browser would; gives the callback address with the code.

    RuntimeError when the stand-in shows an error page instead.
    """
    session = _session()
    reply = session.get(authorize_url, allow_redirects=False, timeout=TIMEOUT)
    choices = [("person", str(person_id)), ("decision", "allow" if allow else "deny")]
    for choice in choices:
        if reply.status_code != 200:
            break
        reply = _submit(session, reply, choice)
        if reply.status_code == 303:
            following = urljoin(reply.url, reply.headers["Location"])
            reply = session.get(following, allow_redirects=False, timeout=TIMEOUT)
    if reply.status_code != 302:
        raise RuntimeError(f"sign-in ended with {reply.status_code}: {reply.text[:500]}")
    return reply.headers["Location"]


def _submit(session: requests.Session, page: requests.Response, choice: tuple[str, str]) -> requests.Response:
    form = _Form()
    form.feed(page.text)
    return session.post(
        urljoin(page.url, form.action),
        data=[*form.fields, choice],
        allow_redirects=False,
        timeout=TIMEOUT,
    )


def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    return session


class _Form(HTMLParser):
    """The first form of a page: where it goes and what it carries unseen."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: list[tuple[str, str]] = []
        self._forms = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes forms and hidden fields."""
        values = dict(attrs)
        if tag == "form":
            self._forms += 1
            self.action = self.action or values.get("action") or ""
        if tag == "input" and self._forms == 1 and values.get("type") == "hidden":
            self.fields.append((values.get("name") or "", values.get("value") or ""))
