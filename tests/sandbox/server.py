"""The sandbox as one object: start it, use its addresses and control methods, stop it."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Sequence
from datetime import date
from threading import Event
from types import TracebackType

from tests.sandbox.control import Control
from tests.sandbox.http.application import Application
from tests.sandbox.http.server import HttpServer
from tests.sandbox.oauth.registration import CLIENT_ID, CLIENT_SECRET, Registration
from tests.sandbox.oauth.scopes import KNOWN_SCOPES
from tests.sandbox.oauth.sign_in_pages import AUTHORIZE_PATH, TOKEN_PATH
from tests.sandbox.seeds import seed
from tests.sandbox.state import Observer, State
from tests.sandbox.switches import ServerSwitches
from tests.sandbox.world import World


class Sandbox:
    """A sandbox. As a context manager it starts on entry and stops on exit.

    ``port`` 0 takes any free one. ``make_world`` overrides the seeds. ``observer`` is called with every call that
    reached its action and with its response before any fault. OSError when the port is taken.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        scale: str | int = "demo",
        today: date | None = None,
        make_world: Callable[[], World] | None = None,
        redirect_uris: Sequence[str] = (),
        client_id: str = CLIENT_ID,
        client_secret: str = CLIENT_SECRET,
        scopes: Sequence[str] = KNOWN_SCOPES,
        access_token_seconds: int = 3600,
        latency_ms: float = 0,
        tls: ssl.SSLContext | None = None,
        observer: Observer | None = None,
    ) -> None:
        stopping = Event()
        self._registration = Registration(
            ServerSwitches(access_token_seconds=access_token_seconds),
            client_id,
            client_secret,
            scopes=tuple(scopes),
            redirect_uris=list(redirect_uris),
        )
        self._state = State(
            make_world or (lambda: seed(scale, today)),
            self._registration,
            latency_ms=latency_ms,
            stopping=stopping,
            observer=observer,
        )
        self.control = Control(self._state)
        self.app = Application(self._state, self.control)
        self._server = HttpServer((host, port), self.app, stopping, tls)
        self.url = f"{'https' if tls else 'http'}://{host}:{self._server.server_address[1]}"

    @property
    def world(self) -> World:
        """The data, as it is now; a reset replaces it."""
        return self._state.world

    @property
    def authorize_url(self) -> str:
        """Where the browser is sent to sign in."""
        return self.url + AUTHORIZE_PATH

    @property
    def token_url(self) -> str:
        """Where codes and refresh tokens are exchanged."""
        return self.url + TOKEN_PATH

    @property
    def client_id(self) -> str:
        """The registered app's public id."""
        return self._registration.client_id

    @property
    def client_secret(self) -> str:
        """The registered app's secret."""
        return self._registration.client_secret

    def start(self) -> Sandbox:
        """Serves in a background thread."""
        self._server.start()
        return self

    def stop(self) -> None:
        """Closes the port and every connection."""
        self._server.stop()

    def __enter__(self) -> Sandbox:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
