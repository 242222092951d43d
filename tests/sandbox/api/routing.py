"""The table of actions: which function answers which method and path, with which scopes, in which versions.

A function is registered by :func:`action` under the reference's own path, with parameters in (parens) and the
trailing slash exactly as documented. It receives a :class:`Call` and returns a :class:`Response` or raises an
:class:`ApiError`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import Response
from tests.sandbox.api.versions import version_key

Handler = Callable[[Call], Response]
# Path parameters that end in "Id" and are text all the same.
TEXT_IDS = {"certificateId"}


@dataclass(frozen=True)
class Action:
    """One documented action and the function that carries it out."""

    method: str
    template: str
    handler: Handler
    scopes: tuple[str, ...] = ()
    since: str | None = None
    only_unstable: bool = False
    public: bool = False

    @property
    def product(self) -> str | None:
        """The product whose versions apply (``le``, ``lp``…), or None for a path without a version."""
        found = re.match(r"/d2l/api/([A-Za-z]+)/\(version\)/", self.template)
        return found[1] if found else None

    def serves(self, version: str, supported: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether this action exists at ``version`` on a tenant with these versions by product."""
        if self.product is None:
            return True
        if version == "unstable":
            return True
        if self.only_unstable or version not in supported.get(self.product, ()):
            return False
        return self.since is None or version_key(version) >= version_key(self.since)


class RouteTable:
    """All registered actions, found by path."""

    def __init__(self) -> None:
        self._actions: dict[str, dict[str, Action]] = {}
        self._patterns: list[tuple[re.Pattern[str], str]] = []

    def add(self, action: Action) -> None:
        """Registers an action. ValueError when its method and template are registered already."""
        by_method = self._actions.setdefault(action.template, {})
        if action.method in by_method:
            raise ValueError(f"{action.method} {action.template} is registered twice")
        if not by_method:
            self._patterns.append((_pattern(action.template), action.template))
            self._patterns.sort(key=lambda pair: _specificity(pair[1]))
        by_method[action.method] = action

    def find(self, path: str) -> tuple[Mapping[str, Action], Mapping[str, str]] | None:
        """The actions by method, and the raw path parameters, of the most specific template that matches."""
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
    """A sort key by which literal segments come before parameters."""
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
    """Registers the decorated function.

    Any one of ``scopes`` suffices; none means that the reference lists none, so the call needs ``core:*:*``.
    ``public`` needs no token. Below ``since``, or at a numbered version when ``only_unstable``, the response is 404.
    """

    def register(handler: Handler) -> Handler:
        ROUTES.add(Action(method, template, handler, scopes, since, only_unstable, public))
        return handler

    return register
