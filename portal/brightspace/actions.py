"""The documented actions the portal covers: each service function says which one it is.

``manage.py brightspace_actions`` prints them, and the table of scopes in the documents is made from them.
"""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import ParamSpec, TypeVar

from django.apps import apps

from portal.brightspace.routes import Route

P = ParamSpec("P")
T = TypeVar("T")
FALLBACK_SCOPE = "core:*:*"  # what an action without a scope of its own needs


@dataclass(frozen=True)
class Action:
    """A documented action and the service function that covers it."""

    method: str
    path: str
    service: str
    scopes: tuple[str, ...]
    since: str
    newer: bool  # newer than the documents the portal was made from

    @property
    def scope(self) -> str:
        return " ".join(self.scopes) or FALLBACK_SCOPE


_registered: dict[str, Action] = {}


def action(method: str, route: Route, *scopes: str, newer: bool = False) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Mark a service function as the one that covers a documented action."""

    def mark(function: Callable[P, T]) -> Callable[P, T]:
        service = f"{function.__module__}.{function.__name__}"
        since = "unstable" if route.unstable else route.since
        _registered[service] = Action(method, route.documented, service, scopes, since, newer)
        return function

    return mark


def scope_of(method: str, route: Route) -> str | None:
    """What a documented action asks for; None if it is none of those imported so far."""
    found = (each for each in _registered.values() if (each.method, each.path) == (method, route.documented))
    return next((each.scope for each in found), None)


def actions() -> list[Action]:
    """Every action covered, by path and method; imports all service modules of the installed features."""
    for app in apps.get_app_configs():
        package = f"{app.name}.services"
        try:
            services = import_module(package)
        except ModuleNotFoundError as error:
            if error.name != package:
                raise
            continue
        for module in pkgutil.iter_modules(services.__path__):
            import_module(f"{package}.{module.name}")
    return sorted(_registered.values(), key=lambda each: (each.path, each.method))
