"""Several processes of the portal on one database, for races that threads of one process cannot show."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.sandbox.server import Sandbox

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 20
PREPARE = (
    "import django; django.setup(); from django.core.management import call_command as run; "
    "run('migrate', verbosity=0); run('createcachetable', verbosity=0); "
    "run('collectstatic', verbosity=0, interactive=False)"
)


class Member:
    """One process. ``tell`` and ``hear`` apart let several work at once."""

    def __init__(self, environment: dict[str, str]) -> None:
        command = [sys.executable, "-m", "tests.races.caller"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process: subprocess.Popen[str] = subprocess.Popen(command, cwd=ROOT, env=environment, **pipes)  # type: ignore[call-overload]

    def tell(self, do: str, **arguments: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("a process of the crew ended by itself")
        return json.loads(line)

    def ask(self, do: str, **arguments: Any) -> Any:
        self.tell(do, **arguments)
        return self.hear()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


class Crew:
    def __init__(self, size: int, environment: dict[str, str], sandbox: Sandbox) -> None:
        self._environment = environment
        self.members = [Member(environment) for _ in range(size)]
        self.sandbox = sandbox

    def recruit(self) -> Member:
        """One more process, which is the caller's to end and not one of the members."""
        return Member(self._environment)

    @property
    def first(self) -> Member:
        return self.members[0]

    def all(self, do: str, **arguments: Any) -> list[Any]:
        """What every process answers, all of them at work at the same time."""
        for member in self.members:
            member.tell(do, **arguments)
        return [member.hear() for member in self.members]

    def expire(self) -> None:
        """Every access token is over, here and at Brightspace."""
        self.first.ask("expire")
        self.sandbox.control.expire_tokens()

    def refreshes(self) -> int:
        """Refreshes that have reached Brightspace, whatever came of them."""
        log = self.sandbox.control.requests(route="/core/connect/token")
        return sum(request.grant_type == "refresh_token" for request in log)

    def wait_for_refreshes(self, number: int) -> None:
        """Return as soon as so many refreshes have reached Brightspace, answered or not."""
        until = time.monotonic() + PATIENCE
        while self.refreshes() < number:
            if time.monotonic() > until:
                raise RuntimeError(f"{self.refreshes()} of {number} refreshes in {PATIENCE} s")
            time.sleep(0.01)


def environment_for(database: str, sandbox: Sandbox, folder: Path) -> dict[str, str]:
    """What an operator would set for these processes."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_DATA_DIR": str(folder),
        "DATABASE_URL": database,
        "CACHE_URL": "database:",
        "CELERY_BROKER_URL": "filesystem://",
        "PORTAL_LOG": "ERROR",
        "BRIGHTSPACE_URL": sandbox.url,
        "BRIGHTSPACE_AUTHORIZE_URL": sandbox.authorize_url,
        "BRIGHTSPACE_TOKEN_URL": sandbox.token_url,
        "BRIGHTSPACE_CLIENT_ID": sandbox.client_id,
        "BRIGHTSPACE_CLIENT_SECRET": sandbox.client_secret,
    }


@contextmanager
def crew_of(size: int, database: str, folder: Path) -> Iterator[Crew]:
    """A new database with its processes, and a sandbox of their own. They end with the block."""
    with Sandbox(redirect_uris=["http://localhost/signin/callback/"]) as sandbox:
        environment = environment_for(database, sandbox, folder)
        subprocess.run([sys.executable, "-c", PREPARE], cwd=ROOT, env=environment, check=True)
        crew = Crew(size, environment, sandbox)
        try:
            yield crew
        finally:
            for member in crew.members:
                member.end()
