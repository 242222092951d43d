"""The state of one running sandbox: world, tokens, faults, limits and log; everything besides its sockets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Event

from tests.sandbox.api.calls import Call
from tests.sandbox.api.rate_limit import RateLimit
from tests.sandbox.api.responses import Response
from tests.sandbox.api.versions import TENANT_VERSIONS
from tests.sandbox.faults.registry import FaultRegistry
from tests.sandbox.oauth.registration import Registration
from tests.sandbox.oauth.token_store import TokenStore
from tests.sandbox.request_log import RequestLog
from tests.sandbox.switches import ServerSwitches
from tests.sandbox.world import World

Observer = Callable[[Call, Response], object]


@dataclass
class Latency:
    """Milliseconds of delay before each response: everywhere, and by route template."""

    everywhere: float = 0
    by_route: dict[str, float] = field(default_factory=dict)

    def of(self, route: str | None) -> float:
        """The delay of a request to this route, in milliseconds."""
        return self.by_route.get(route or "", self.everywhere)


class State:
    """World, registration, tokens, faults, limits and log of one sandbox.

    ``observer`` is called with every call that reached its action and with its response before any fault.
    """

    def __init__(
        self,
        make_world: Callable[[], World],
        registration: Registration,
        *,
        latency_ms: float = 0,
        stopping: Event | None = None,
        observer: Observer | None = None,
    ) -> None:
        self._make_world = make_world
        self._initial_switches = replace(registration.switches)
        self._initial_latency_ms = latency_ms
        self.world = make_world()
        self.registration = registration
        self.switches: ServerSwitches = registration.switches
        self.versions = dict(TENANT_VERSIONS)
        self.tokens = TokenStore()
        self.faults = FaultRegistry()
        self.rate_limit = RateLimit()
        self.log = RequestLog()
        self.latency = Latency(latency_ms)
        self.stopping = stopping or Event()
        self.observer = observer

    def pause(self, milliseconds: float) -> None:
        """Sleeps, unless the sandbox is being stopped."""
        if milliseconds > 0:
            self.stopping.wait(milliseconds / 1000)

    def reset(self, *, world: bool = True, tokens: bool = True) -> None:
        """Restores faults, latency, switches, versions, credits and log; world and tokens unless told otherwise."""
        self.faults.clear()
        self.latency = Latency(self._initial_latency_ms)
        for name, value in vars(self._initial_switches).items():
            setattr(self.switches, name, value)
        self.versions = dict(TENANT_VERSIONS)
        self.rate_limit.refill()
        if tokens:
            self.tokens.clear()
        if world:
            self.world = self._make_world()
        self.log.clear()
