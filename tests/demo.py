"""``make demo``: the sandbox, the portal and a worker on this machine, with nothing else installed or running.

Its data is in ``var/demo``. Ctrl-C ends it.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_SECONDS = 30
CLIENT = ("team-portal", "a-secret-of-the-sandbox")
PREPARE = (
    "import django; django.setup(); from django.core.management import call_command as run; "
    "run('migrate', verbosity=0); run('createcachetable', verbosity=0); "
    "run('collectstatic', verbosity=0, interactive=False)"
)


class DidNotStart(Exception):
    """A process of the demo ended by itself; the message has the end of its log."""


@dataclass
class Demo:
    """The processes of the demo, their ports, and the folder of their data."""

    data: Path
    port: int
    sandbox_port: int
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def sandbox_url(self) -> str:
        return f"http://{HOST}:{self.sandbox_port}"

    def environment(self) -> dict[str, str]:
        """The environment that an operator would set for a real tenant, here for the sandbox."""
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PORTAL_PUBLIC_URL": self.url,
            "PORTAL_DATA_DIR": str(self.data),
            "PORTAL_SECRET_KEY": self._secret("secret-key", lambda: secrets.token_urlsafe(48)),
            "PORTAL_TOKEN_KEYS": self._secret("token-key", lambda: urlsafe_b64encode(secrets.token_bytes(32)).decode()),
            "PORTAL_LOG": os.environ.get("PORTAL_LOG", "WARNING"),
            "BRIGHTSPACE_URL": self.sandbox_url,
            "BRIGHTSPACE_AUTHORIZE_URL": f"{self.sandbox_url}/oauth2/auth",
            "BRIGHTSPACE_TOKEN_URL": f"{self.sandbox_url}/core/connect/token",
            "BRIGHTSPACE_CLIENT_ID": CLIENT[0],
            "BRIGHTSPACE_CLIENT_SECRET": CLIENT[1],
            "DATABASE_URL": f"sqlite:///{self.data / 'portal.sqlite3'}",
            "CACHE_URL": "database:",
            "CELERY_BROKER_URL": "filesystem://",
        }

    def start(self) -> None:
        """Start every process and wait until the pages answer. Raises DidNotStart."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        environment = self.environment()
        prepared = subprocess.run([sys.executable, "-c", PREPARE], env=environment, cwd=ROOT, check=False)
        if prepared.returncode:
            raise DidNotStart("The database could not be prepared; see above.")
        for name, command in self._commands().items():
            with (self.data / f"{name}.log").open("wb") as log:
                self.processes[name] = subprocess.Popen(
                    [sys.executable, "-m", *command],
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    cwd=ROOT,
                    env=environment,
                    start_new_session=True,
                )
        self._wait()

    def check(self) -> None:
        """Raise DidNotStart if a process has ended by itself."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                tail = (self.data / f"{name}.log").read_text(errors="replace")[-2000:]
                raise DidNotStart(f"The {name} has ended by itself:\n{tail}")

    def stop(self) -> None:
        """End every process."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()

    def _commands(self) -> dict[str, list[str]]:
        redirect = f"{self.url}/signin/callback/"
        return {
            "sandbox": ["tests.sandbox", "--port", str(self.sandbox_port), "--redirect-uri", redirect]
            + ["--client-id", CLIENT[0], "--client-secret", CLIENT[1]],
            "portal": ["gunicorn", "portal.wsgi", "--bind", f"{HOST}:{self.port}", "--workers", "2", "--threads", "4"]
            + ["--log-level", "warning"],
            "worker": ["celery", "-A", "portal", "worker", "--pool", "threads", "--concurrency", "4"]
            + ["--without-mingle", "--without-gossip", "--without-heartbeat", "--loglevel", "WARNING"],
        }

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        for address in (f"{self.sandbox_url}/d2l/api/versions/", f"{self.url}/healthz"):
            while not _answers(address):
                self.check()
                if time.monotonic() > until:
                    raise DidNotStart(f"{address} does not answer.")
                time.sleep(0.05)

    def _secret(self, name: str, make: Callable[[], str]) -> str:
        """A secret of this demo, made once and stored, so that sessions stay valid after a restart."""
        path = self.data / name
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(make())
        return path.read_text().strip()


@contextmanager
def running(demo: Demo) -> Iterator[Demo]:
    """Run the demo inside the block."""
    try:
        demo.start()
        yield demo
    finally:
        demo.stop()


def is_taken(port: int) -> bool:
    """Whether something listens on this port."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def main() -> int:
    """Run the demo until Ctrl-C; 1 if a port is taken or a process ends by itself."""
    port = int(os.environ.get("PORT") or 8700)
    sandbox_port = int(os.environ.get("SANDBOX_PORT") or port + 1)
    for number, name in ((port, "PORT"), (sandbox_port, "SANDBOX_PORT")):
        if is_taken(number):
            print(f"Port {number} is taken. Choose another: make demo {name}={number + 10}", file=sys.stderr)
            return 1
    data = ROOT / "var" / "demo"
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with running(Demo(data, port, sandbox_port)) as demo:
            print(f"Team Portal demo: open {demo.url}/ and sign in, say as Maya Okafor (Ctrl-C ends it)", flush=True)
            while True:
                demo.check()
                time.sleep(0.5)
    except DidNotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=2) as response:  # an address of ours on loopback
            return bool(response.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
