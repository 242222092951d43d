"""Several processes of one site that carry out calls, for races that threads of one process cannot show."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.processes.own_site import OwnSite, own_site
from tests.sandbox.server import Sandbox

TIMEOUT_SECONDS = 20


class CallerProcess:
    """A process of ``tests.processes.caller``. ``send`` and ``receive`` are apart, so that several can work at once."""

    def __init__(self, site: OwnSite) -> None:
        self._process = site.run_module("tests.processes.caller")

    def send(self, action: str, **arguments: Any) -> None:
        """Have the process carry out an action."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"action": action, **arguments}) + "\n")
        self._process.stdin.flush()

    def receive(self) -> Any:
        """The result of the action sent last."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"a process of the site ended by itself, with {self._process.wait()}")
        return json.loads(line)

    def call(self, action: str, **arguments: Any) -> Any:
        """Carry out an action; its result."""
        self.send(action, **arguments)
        return self.receive()

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


class Callers:
    """A number of such processes on one site, and the sandbox that they call."""

    def __init__(self, number: int, site: OwnSite, sandbox: Sandbox) -> None:
        self._site = site
        self.sandbox = sandbox
        self.processes = [CallerProcess(site) for _ in range(number)]

    def new_process(self) -> CallerProcess:
        """One more process, which is not in ``processes`` and is the caller's to kill."""
        return CallerProcess(self._site)

    @property
    def first(self) -> CallerProcess:
        return self.processes[0]

    def call_all(self, action: str, **arguments: Any) -> list[Any]:
        """Carry out an action in all processes at the same time; the result of each."""
        for process in self.processes:
            process.send(action, **arguments)
        return [process.receive() for process in self.processes]

    def expire_tokens(self) -> None:
        """Let every access token expire, here and at Brightspace."""
        self.first.call("expire_tokens")
        self.sandbox.control.expire_tokens()

    def refreshes(self) -> int:
        """The number of refreshes that have reached Brightspace, answered or not."""
        log = self.sandbox.control.requests(route="/core/connect/token")
        return sum(request.grant_type == "refresh_token" for request in log)

    def wait_for_refreshes(self, number: int) -> None:
        """Return as soon as so many refreshes have reached Brightspace."""
        until = time.monotonic() + TIMEOUT_SECONDS
        while self.refreshes() < number:
            if time.monotonic() > until:
                raise RuntimeError(f"{self.refreshes()} of {number} refreshes in {TIMEOUT_SECONDS} s")
            time.sleep(0.01)


@contextmanager
def running_callers(number: int, folder: Path, database: str = "") -> Iterator[Callers]:
    """Processes on a site and with a sandbox of their own, inside the block."""
    with Sandbox(redirect_uris=["http://localhost/signin/callback/"]) as sandbox:
        callers = Callers(number, own_site(folder, sandbox, database), sandbox)
        try:
            yield callers
        finally:
            for process in callers.processes:
                process.kill()
