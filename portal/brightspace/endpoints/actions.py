"""The documented actions the portal covers: each service function says which one it is.

``manage.py brightspace_actions`` prints them, and the table of scopes in ``docs/`` is made from them.
"""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import ParamSpec, TypeVar

from django.apps import apps

from portal.brightspace.endpoints.routes import Route

P = ParamSpec("P")
T = TypeVar("T")
FALLBACK_SCOPE = "core:*:*"  # what an action without a scope of its own needs


@dataclass(frozen=True)
class Action:
    """A documented action and the service function that covers it. ``since`` is the first version that has it."""

    method: str
    path: str
    service: str
    scopes: tuple[str, ...]
    since: str
    newer: bool  # newer than the documents the portal was made from
    supporting: bool  # not of these documents: sign-in, enrolments, rosters

    @property
    def scope(self) -> str:
        return " ".join(self.scopes) or FALLBACK_SCOPE

    @property
    def document(self) -> str:
        """The document that has it, by the feature's name; else ``newer`` or ``supporting``."""
        if self.supporting:
            return "supporting"
        return "newer" if self.newer else self.service.partition(".")[0]


_registered: dict[str, Action] = {}


def action(
    method: str, route: Route, *scopes: str, newer: bool = False, supporting: bool = False
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Mark a service function as the one that covers a documented action."""

    def mark(function: Callable[P, T]) -> Callable[P, T]:
        service = f"{function.__module__}.{function.__name__}"
        since = "unstable" if route.unstable else route.since
        _registered[service] = Action(method, route.documented, service, scopes, since, newer, supporting)
        return function

    return mark


def scope_of(method: str, route: Route) -> str | None:
    """What a documented action asks for; None if it is none of those imported so far."""
    found = (each for each in _registered.values() if (each.method, each.path) == (method, route.documented))
    return next((each.scope for each in found), None)


def actions() -> list[Action]:
    """Every action covered, by path and method; imports all service modules of the installed features.

    A feature's are those in its package ``services``; an app that keeps them elsewhere names the modules in
    ``service_modules``.
    """
    for app in apps.get_app_configs():
        for name in getattr(app, "service_modules", (f"{app.name}.services",)):
            _import_all(name)
    return sorted(_registered.values(), key=lambda each: (each.path, each.method))


def _import_all(name: str) -> None:
    """A module, and if it is a package all modules in it; none at all if there is no such module."""
    try:
        module = import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return
    for inner in pkgutil.iter_modules(getattr(module, "__path__", [])):
        import_module(f"{name}.{inner.name}")
