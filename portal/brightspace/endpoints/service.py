"""Service classes: one class a resource of the API, one method a documented action.

What holds for the resource is said once on the class, what holds for an action once in its decorator. Calling a method
gives a `Read`, `Write` or `FileRead`: a value that the gateway carries out. Nothing here asks Brightspace anything.
"""

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from typing import Any, ClassVar, Concatenate, ParamSpec, Self, TypeVar

from django.apps import apps

from portal.brightspace.endpoints.reads import Read
from portal.brightspace.endpoints.routes import Endpoint, Origin, Query, Route
from portal.brightspace.endpoints.writes import FileRead, FileUpload, Write

P = ParamSpec("P")
S = TypeVar("S", bound="Service")
T = TypeVar("T")
Action = Callable[Concatenate[S, P], T]
_FACTS = "_brightspace_facts"


@dataclass(frozen=True)
class _Facts:
    """What an action's decorator says; None: as the class says."""

    method: str
    path: str
    scope: str | None
    since: str | None
    unstable: bool | None


class Service:
    """Base of all service classes. A method, while it runs, sees a service bound to its own endpoint."""

    product: ClassVar[str]  # lp, le or bas
    since: ClassVar[str] = ""  # the first version that has the actions
    unstable: ClassVar[bool] = False  # whether they exist in the moving version only
    scope: ClassVar[str] = ""  # scopes separated by blanks; empty if the document lists none
    source: ClassVar[str]  # D2L's page about the resource
    origin: ClassVar[Origin] = Origin.DOCUMENT
    endpoints: ClassVar[dict[str, Endpoint]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        marked = {name: facts for name, member in vars(cls).items() if (facts := getattr(member, _FACTS, None))}
        cls.endpoints = {name: cls._endpoint_of(name, facts) for name, facts in marked.items()}

    def __init__(self, endpoint: Endpoint | None = None) -> None:
        self._endpoint = endpoint

    @classmethod
    def _endpoint_of(cls, name: str, facts: _Facts) -> Endpoint:
        unstable = cls.unstable if facts.unstable is None else facts.unstable
        since = cls.since if facts.since is None else facts.since
        route = Route(cls.product, facts.path, unstable=unstable, since="" if unstable else since)
        scopes = tuple((cls.scope if facts.scope is None else facts.scope).split())
        service = f"{cls.__module__}.{cls.__qualname__}.{name}"
        return Endpoint(facts.method, route, scopes, service, cls.source, cls.origin)

    @classmethod
    def _bound_to(cls, name: str) -> Self:
        return cls(cls.endpoints[name])

    @property
    def endpoint(self) -> Endpoint:
        """The endpoint of the action that is running."""
        if self._endpoint is None:
            raise TypeError("only an action of a service can make a read or a write")
        return self._endpoint

    def read(
        self,
        answer: type[T],
        *,
        query: Query = (),
        cursor: str = "",
        order: Callable[[Any], Any] | None = None,
        fresh_seconds: int | None = None,
        stale_seconds: int | None = None,
        **ids: int | str,
    ) -> Read[T]:
        """A GET of this endpoint; ``ids`` are named as in its path. Raises InvalidArgument for ids that are none."""
        pairs = tuple(ids.items())
        return Read(self.endpoint, answer, pairs, query, cursor, order, fresh_seconds, stale_seconds)

    def write(
        self,
        answer: type[T] | None = None,
        *,
        query: Query = (),
        body: object = None,
        file: FileUpload | None = None,
        **ids: int | str,
    ) -> Write[T]:
        """A change by this endpoint; ``answer`` is the block that comes back, None if none is wanted."""
        return Write(self.endpoint, answer, tuple(ids.items()), query, body, file)

    def file(self, *, query: Query = (), **ids: int | str) -> FileRead:
        """A GET of this endpoint that answers with a file."""
        return FileRead(self.endpoint, tuple(ids.items()), query)


def get(
    path: str, *, scope: str | None = None, since: str | None = None, unstable: bool | None = None
) -> Callable[[Action[S, P, T]], Action[S, P, T]]:
    """Mark a method as the action ``GET path``."""
    return _action(_Facts("GET", path, scope, since, unstable))


def post(
    path: str, *, scope: str | None = None, since: str | None = None, unstable: bool | None = None
) -> Callable[[Action[S, P, T]], Action[S, P, T]]:
    """Mark a method as the action ``POST path``."""
    return _action(_Facts("POST", path, scope, since, unstable))


def put(
    path: str, *, scope: str | None = None, since: str | None = None, unstable: bool | None = None
) -> Callable[[Action[S, P, T]], Action[S, P, T]]:
    """Mark a method as the action ``PUT path``."""
    return _action(_Facts("PUT", path, scope, since, unstable))


def delete(
    path: str, *, scope: str | None = None, since: str | None = None, unstable: bool | None = None
) -> Callable[[Action[S, P, T]], Action[S, P, T]]:
    """Mark a method as the action ``DELETE path``."""
    return _action(_Facts("DELETE", path, scope, since, unstable))


def _action(facts: _Facts) -> Callable[[Action[S, P, T]], Action[S, P, T]]:
    def decorate(method: Action[S, P, T]) -> Action[S, P, T]:
        @wraps(method)
        def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
            return method(self._bound_to(method.__name__), *args, **kwargs)

        setattr(call, _FACTS, facts)
        return call

    return decorate


def all_endpoints() -> list[Endpoint]:
    """Every endpoint of the installed apps' services, by path and method; imports all modules of ``services``."""
    for app in apps.get_app_configs():
        _import_all(f"{app.name}.services")
    found = [endpoint for service in _subclasses(Service) for endpoint in service.endpoints.values()]
    installed = tuple(f"{app.name}." for app in apps.get_app_configs())
    ours = [endpoint for endpoint in found if endpoint.service.startswith(installed)]
    return sorted(ours, key=lambda each: (each.path, each.method))


def _subclasses(service: type[Service]) -> Iterator[type[Service]]:
    for each in service.__subclasses__():
        yield each
        yield from _subclasses(each)


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
