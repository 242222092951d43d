"""The control methods: what tests, demo and benchmarks can do to a running sandbox."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from tests.sandbox import switches
from tests.sandbox.oauth.access_tokens import access_token
from tests.sandbox.oauth.token_store import AccessToken
from tests.sandbox.request_log import LoggedRequest
from tests.sandbox.state import State


class Control:
    """Acts on a running sandbox; ``ControlClient`` has the same methods over HTTP."""

    def __init__(self, state: State) -> None:
        self._state = state

    def reset(self, *, world: bool = True, tokens: bool = True) -> None:
        """Restores faults, latency, switches, versions, credits and log; world and tokens unless told otherwise."""
        self._state.reset(world=world, tokens=tokens)

    def add_fault(self, kind: str, **options: Any) -> int:
        """Adds a fault and returns its id; ``faults.registry.Fault`` has the filters and options.

        ValueError says what is wrong with kind or options.
        """
        return self._state.faults.add(kind, **options)

    def remove_fault(self, fault_id: int) -> bool:
        """Removes one fault; False when it was no longer in force."""
        return self._state.faults.remove(fault_id)

    def clear_faults(self) -> None:
        """Removes all faults."""
        self._state.faults.clear()

    def faults(self) -> list[dict[str, Any]]:
        """The faults in force, with the times that are left."""
        return [asdict(fault) for fault in self._state.faults.all()]

    def set_latency(self, ms: float, route: str | None = None) -> None:
        """Delays every response, or those of one route template, by ``ms`` milliseconds."""
        if route is None:
            self._state.latency.everywhere = ms
        else:
            self._state.latency.by_route[route] = ms

    def latency(self) -> dict[str, Any]:
        """The delays in force, in milliseconds."""
        return asdict(self._state.latency)

    def switches(self) -> dict[str, Any]:
        """All switches, the server's and the world's, with their values."""
        return {**asdict(self._state.switches), **asdict(self._state.world.switches)}

    def set_switches(self, **changes: Any) -> dict[str, Any]:
        """Sets switches by name and returns all of them.

        ValueError for an unknown name or value; then none is set.
        """
        server_names = switches.names(self._state.switches)
        for_server = {name: value for name, value in changes.items() if name in server_names}
        for_world = {name: value for name, value in changes.items() if name not in server_names}
        before = dict(vars(self._state.switches))
        switches.set_all(self._state.switches, for_server)
        try:
            switches.set_all(self._state.world.switches, for_world)
        except ValueError:
            switches.set_all(self._state.switches, before)
            raise
        return self.switches()

    def set_versions(self, product: str, versions: Sequence[str]) -> None:
        """Sets which versions of a product (``lp``, ``le``, ``bas``…) the tenant supports; an empty list removes it."""
        self._state.versions[product] = tuple(versions)
        if not versions:
            del self._state.versions[product]

    def register_redirect_uri(self, redirect_uri: str) -> None:
        """Adds a redirect URI to the app's registration."""
        if redirect_uri not in self._state.registration.redirect_uris:
            self._state.registration.redirect_uris.append(redirect_uri)

    def declare_scopes(self, scopes: Sequence[str]) -> None:
        """Replaces the scopes declared at the app's registration."""
        self._state.registration.scopes = tuple(scopes)

    def issue_access_token(self, person_id: int, scope: str = "", seconds: int = 3600) -> str:
        """A token without sign-in, for calling the API directly; by default with all scopes."""
        registration = self._state.registration
        scope = scope or " ".join(registration.scopes)
        text = access_token(person_id, registration.client_id, scope, seconds)
        expires_at = datetime.now(UTC).timestamp() + seconds
        scopes = frozenset(scope.split())
        token = AccessToken(text, registration.client_id, person_id, scopes, expires_at, "control")
        self._state.tokens.add(token, None)
        return text

    def expire_tokens(self, person_id: int | None = None) -> int:
        """Expires a person's, or everybody's, access tokens at once and returns how many there were."""
        return self._state.tokens.expire_access(person_id)

    def revoke_refresh_tokens(self, person_id: int | None = None) -> int:
        """Revokes a person's, or everybody's, unused refresh tokens and returns how many there were."""
        return self._state.tokens.revoke_refresh(person_id)

    def token_counts(self) -> dict[str, int]:
        """Counts since the last reset: token pairs issued by grant (``authorization_code``, ``refresh_token``),
        refresh tokens ``reused``, and requests refused (``refused_invalid_grant``…)."""
        return dict(self._state.tokens.counts)

    def refill_credits(self) -> None:
        """Restores all credits of the app."""
        self._state.rate_limit.refill()

    def requests(self, **criteria: Any) -> list[LoggedRequest]:
        """The logged requests, oldest first, by route, method, path (a regular expression), caller, status,
        after (a sequence number). Requests to the control API are not logged."""
        return self._state.log.read(**criteria)

    def clear_requests(self) -> None:
        """Empties the request log."""
        self._state.log.clear()

    def people(self, *, in_picker: bool | None = None) -> list[dict[str, Any]]:
        """Everybody in the world, or those (not) offered by the sign-in page."""
        return [
            {
                "person_id": person.person_id,
                "display_name": person.display_name,
                "user_name": person.user_name,
                "role": person.role,
                "manager_id": person.manager_id,
                "in_picker": person.in_picker,
                "demo_note": person.demo_note,
            }
            for person in self._state.world.people.values()
            if in_picker in (None, person.in_picker)
        ]

    def patch_person(self, person_id: int, **changes: Any) -> None:
        """Changes fields of a person; datetimes also as ISO 8601 text. ValueError for an unknown person or field."""
        world = self._state.world
        with world.lock:
            _change(world.people.get(person_id), f"person {person_id}", changes)

    def patch_record(self, record_id: int, **changes: Any) -> None:
        """Changes fields of a CPD record, as ``patch_person`` does."""
        world = self._state.world
        with world.lock:
            _change(world.record(record_id), f"record {record_id}", changes)

    def set_auditees(self, auditor_id: int, auditee_ids: Sequence[int]) -> None:
        """Replaces whom a person audits."""
        world = self._state.world
        with world.lock:
            world.auditees[auditor_id] = list(auditee_ids)


def _change(target: Any, name: str, changes: dict[str, Any]) -> None:
    if target is None:
        raise ValueError(f"there is no {name}")
    types = typing.get_type_hints(type(target))
    for field, value in changes.items():
        if field not in types:
            raise ValueError(f"{name} has no field {field}")
        if isinstance(value, str) and "datetime" in str(types[field]):
            value = datetime.fromisoformat(value)
        setattr(target, field, value)
