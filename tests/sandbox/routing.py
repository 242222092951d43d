"""The table of actions: who may call what, with which scopes, in which versions.

A handler is registered by :func:`action` under the reference's own path, parameters in
(parens) and the trailing slash exactly as documented. It receives a :class:`Call` and
returns an :class:`Answer`, or raises a :class:`Refusal`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar, overload

from werkzeug.datastructures import Headers, MultiDict

from tests.sandbox.answers import Answer as Answer
from tests.sandbox.answers import Refusal as Refusal

if TYPE_CHECKING:
    from tests.sandbox.world import Person, World

D = TypeVar("D")
Handler = Callable[["Call"], Answer]

# What the tenant supports, newest last. Newest ones as probed on a live tenant in 2026.
TENANT_VERSIONS: dict[str, tuple[str, ...]] = {
    "lp": tuple(f"1.{minor}" for minor in range(47, 64)),
    "le": tuple(f"1.{minor}" for minor in range(80, 98)),
    "bas": tuple(f"1.{minor}" for minor in range(2, 7)),
    "eP": ("2.4", "2.5"),
    "lr": ("1.2", "1.3"),
}
LARGEST_ID = 2**63 - 1
TEXT_IDS = {"certificateId"}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")


@dataclass(frozen=True)
class Caller:
    """The person a token was issued to, and what it allows."""

    person_id: int
    client_id: str
    scopes: frozenset[str]


@dataclass(frozen=True)
class Action:
    """One documented action and its handler."""

    method: str
    template: str
    handler: Handler
    scopes: tuple[str, ...] = ()
    since: str | None = None
    only_unstable: bool = False
    public: bool = False

    @property
    def product(self) -> str | None:
        """The product whose versions apply (``le``, ``lp``…), or None for a versionless path."""
        found = re.match(r"/d2l/api/([A-Za-z]+)/\(version\)/", self.template)
        return found[1] if found else None

    def serves(self, version: str, supported: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether this action answers at ``version`` on a tenant with these versions."""
        if self.product is None:
            return True
        if version == "unstable":
            return True
        if self.only_unstable or version not in supported.get(self.product, ()):
            return False
        return self.since is None or version_key(version) >= version_key(self.since)


@dataclass(frozen=True)
class Call:
    """One authorised API call, as a handler sees it."""

    world: World
    caller: Caller | None
    method: str
    route: str
    version: str
    ids: Mapping[str, str]
    query: MultiDict[str, str]
    headers: Headers
    body: bytes
    host_url: str
    path: str
    versions: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: TENANT_VERSIONS)

    def id(self, name: str) -> int:
        """A D2LID from the path; refuses with 404 whatever is not a plain decimal number."""
        return path_id(self.ids[name])

    def person(self) -> Person:
        """The person who calls; refuses with 401 when the token's person no longer exists."""
        person = None if self.caller is None else self.world.people.get(self.caller.person_id)
        if person is None:
            raise Refusal.invalid_token()
        return person

    def json(self) -> Any:
        """The body as JSON; refuses with 400 when it is not."""
        try:
            return json.loads(self.body)
        except ValueError:
            raise Refusal.invalid_parameters("The request body is not valid JSON.") from None

    def text(self, name: str, default: str = "") -> str:
        """A text parameter; an absent one gives ``default``."""
        return self.query.get(name, default)

    @overload
    def number(self, name: str, default: int) -> int: ...
    @overload
    def number(self, name: str, default: None = None) -> int | None: ...
    def number(self, name: str, default: int | None = None) -> int | None:
        """A whole-number parameter; empty counts as absent, anything else is refused with 400."""
        value = self.query.get(name, "")
        if value == "":
            return default
        if not re.fullmatch(r"-?[0-9]{1,19}", value):
            raise Refusal.invalid_parameters(f"The value '{value}' is not valid for {name}.")
        return int(value)

    @overload
    def boolean(self, name: str, default: bool) -> bool: ...
    @overload
    def boolean(self, name: str, default: None = None) -> bool | None: ...
    def boolean(self, name: str, default: bool | None = None) -> bool | None:
        """A boolean parameter: true, false, 1 or 0 in any case; else refused with 400."""
        value = self.query.get(name, "").lower()
        if value == "":
            return default
        if value not in ("true", "false", "1", "0"):
            raise Refusal.invalid_parameters(f"The value '{value}' is not valid for {name}.")
        return value in ("true", "1")

    def date(self, name: str) -> datetime | None:
        """A UTCDateTime parameter; one without milliseconds is refused with 400."""
        value = self.query.get(name, "")
        return utc_date(value, name) if value else None

    def ids_csv(self, name: str, most: int = 100) -> list[int] | None:
        """Comma-separated D2LIDs; None when absent, 400 for a bad id or more than ``most``."""
        value = self.query.get(name)
        if value is None:
            return None
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if len(parts) > most:
            raise Refusal.invalid_parameters(f"{name} takes at most {most} ids.")
        return [_query_id(part, name) for part in parts]

    def ids_list(self, name: str) -> list[int]:
        """D2LIDs from a repeated parameter, in order; refuses a bad one with 400."""
        return [_query_id(part, name) for part in self.query.getlist(name)]


def path_id(value: str) -> int:
    """A D2LID as it stands in a path; anything else is a 404, as in the real routing."""
    if not re.fullmatch(r"[0-9]{1,19}", value) or int(value) > LARGEST_ID:
        raise Refusal.not_found()
    return int(value)


def utc_date(value: object, name: str) -> datetime:
    """A UTCDateTime sent by a client (query or body); refuses with 400 what lacks milliseconds."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return datetime.fromisoformat(value[:-1]).replace(tzinfo=UTC)
        except ValueError:
            pass
    raise Refusal.invalid_parameters(f"The value '{value}' is not a valid UTCDateTime for {name}.")


def version_key(version: str) -> tuple[int, ...]:
    """Versions in order: ``1.9`` comes before ``1.84``."""
    return tuple(int(part) for part in version.split("."))


def _query_id(value: str, name: str) -> int:
    if not re.fullmatch(r"[0-9]{1,19}", value) or int(value) > LARGEST_ID:
        raise Refusal.invalid_parameters(f"The value '{value}' is not valid for {name}.")
    return int(value)


class RouteTable:
    """All registered actions, found by path."""

    def __init__(self) -> None:
        self._actions: dict[str, dict[str, Action]] = {}
        self._patterns: list[tuple[re.Pattern[str], str]] = []

    def add(self, action: Action) -> None:
        """Registers an action; the same method and template twice is a programming error."""
        by_method = self._actions.setdefault(action.template, {})
        if action.method in by_method:
            raise ValueError(f"{action.method} {action.template} is registered twice")
        if not by_method:
            self._patterns.append((_pattern(action.template), action.template))
            self._patterns.sort(key=lambda pair: _specificity(pair[1]))
        by_method[action.method] = action

    def find(self, path: str) -> tuple[Mapping[str, Action], Mapping[str, str]] | None:
        """The actions by method, and the raw path parameters, of the best matching template."""
        for pattern, template in self._patterns:
            if found := pattern.fullmatch(path):
                return self._actions[template], found.groupdict()
        return None

    def all(self) -> list[Action]:
        """Every registered action."""
        return [action for methods in self._actions.values() for action in methods.values()]


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\(([A-Za-z]+)\)", template)
    pattern = re.escape(parts[0])
    for name, literal in zip(parts[1::2], parts[2::2], strict=True):
        pattern += f"(?P<{name}>{_parameter(name)})" + re.escape(literal)
    return re.compile(pattern)


def _parameter(name: str) -> str:
    if name == "version":
        return r"[0-9]+\.[0-9]+|unstable"
    if name.endswith("Id") and name not in TEXT_IDS:
        return "[0-9]+"
    return "[^/]+"


def _specificity(template: str) -> tuple[tuple[bool, str], ...]:
    return tuple((segment.startswith("("), segment) for segment in template.split("/"))


ROUTES = RouteTable()


def action(
    method: str,
    template: str,
    *,
    scopes: tuple[str, ...] = (),
    since: str | None = None,
    only_unstable: bool = False,
    public: bool = False,
) -> Callable[[Handler], Handler]:
    """Registers the decorated handler.

    Any one of ``scopes`` suffices; none means the reference lists none, so the call needs
    ``core:*:*``. ``public`` needs no token. Below ``since``, or at a numbered version when
    ``only_unstable``, the answer is 404.
    """

    def register(handler: Handler) -> Handler:
        ROUTES.add(Action(method, template, handler, scopes, since, only_unstable, public))
        return handler

    return register
