"""Everything one running stand-in holds besides its sockets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Event

from tests.sandbox.answers import Answer
from tests.sandbox.credits import Bucket
from tests.sandbox.faults import FaultBook
from tests.sandbox.registration import Registration
from tests.sandbox.request_log import RequestLog
from tests.sandbox.routing import TENANT_VERSIONS, Call
from tests.sandbox.switches import ServerSwitches
from tests.sandbox.tokens import TokenStore
from tests.sandbox.world import World

Observer = Callable[[Call, Answer], object]


@dataclass
class Latency:
    """Milliseconds added before each answer: everywhere, and by route template."""

    everywhere: float = 0
    by_route: dict[str, float] = field(default_factory=dict)

    def of(self, route: str | None) -> float:
        """What a request to this route waits for."""
        return self.by_route.get(route or "", self.everywhere)


class State:
    """World, registration, tokens, faults, limits and log of one stand-in.

    ``observer`` is shown every call that reached its action, with what was answered before any fault.
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
        self._first_switches = replace(registration.switches)
        self._first_latency = latency_ms
        self.world = make_world()
        self.registration = registration
        self.switches: ServerSwitches = registration.switches
        self.versions = dict(TENANT_VERSIONS)
        self.tokens = TokenStore()
        self.faults = FaultBook()
        self.bucket = Bucket()
        self.log = RequestLog()
        self.latency = Latency(latency_ms)
        self.stopping = stopping or Event()
        self.observer = observer

    def pause(self, milliseconds: float) -> None:
        """Sleeps, unless the stand-in is being stopped."""
        if milliseconds > 0:
            self.stopping.wait(milliseconds / 1000)

    def reset(self, *, world: bool = True, tokens: bool = True) -> None:
        """Back to the start: faults, latency, switches, credits, log; world and tokens at will."""
        self.faults.clear()
        self.latency = Latency(self._first_latency)
        for name, value in vars(self._first_switches).items():
            setattr(self.switches, name, value)
        self.versions = dict(TENANT_VERSIONS)
        self.bucket.refill()
        if tokens:
            self.tokens.clear()
        if world:
            self.world = self._make_world()
        self.log.clear()
