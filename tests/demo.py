"""``make demo``: the sandbox, the portal and a worker on this machine, with nothing else installed or running.

Everything it keeps lies in ``var/demo``. Ctrl-C ends all of it.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "var" / "demo"
HOST = "127.0.0.1"
START_SECONDS = 30


def main() -> int:
    """Run the demo until Ctrl-C; 1 if a port is taken or a part of it ends by itself."""
    port = int(os.environ.get("PORT") or 8700)
    sandbox_port = int(os.environ.get("SANDBOX_PORT") or port + 1)
    for number, name in ((port, "PORT"), (sandbox_port, "SANDBOX_PORT")):
        if _is_taken(number):
            print(f"Port {number} is taken. Choose another: make demo {name}={number + 10}", file=sys.stderr)
            return 1
    environment = _environment(port, sandbox_port)
    DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    _prepare(environment)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    parts = _start(environment, port, sandbox_port)
    try:
        return _watch(parts, port, sandbox_port)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(parts)


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex((HOST, port)) == 0


def _environment(port: int, sandbox_port: int) -> dict[str, str]:
    sandbox = f"http://{HOST}:{sandbox_port}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_PUBLIC_URL": f"http://{HOST}:{port}",
        "PORTAL_DATA_DIR": str(DATA),
        "PORTAL_SECRET_KEY": _secret("secret-key", lambda: secrets.token_urlsafe(48)),
        "PORTAL_TOKEN_KEYS": _secret("token-key", lambda: urlsafe_b64encode(secrets.token_bytes(32)).decode()),
        "PORTAL_LOG": os.environ.get("PORTAL_LOG", "WARNING"),
        "BRIGHTSPACE_URL": sandbox,
        "BRIGHTSPACE_AUTHORIZE_URL": f"{sandbox}/oauth2/auth",
        "BRIGHTSPACE_TOKEN_URL": f"{sandbox}/core/connect/token",
        "BRIGHTSPACE_CLIENT_ID": "team-portal",
        "BRIGHTSPACE_CLIENT_SECRET": "a-secret-of-the-sandbox",
        "DATABASE_URL": f"sqlite:///{DATA / 'portal.sqlite3'}",
        "CACHE_URL": "database:",
        "CELERY_BROKER_URL": "filesystem://",
    }


def _secret(name: str, make: Callable[[], str]) -> str:
    """A secret of this machine's demo, made once, so that a session outlives a restart."""
    DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = DATA / name
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(make())
    return kept.read_text().strip()


def _prepare(environment: dict[str, str]) -> None:
    code = (
        "import django; django.setup(); from django.core.management import call_command as run; "
        "run('migrate', verbosity=0); run('createcachetable', verbosity=0); "
        "run('collectstatic', verbosity=0, interactive=False)"
    )
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, check=True)


def _start(environment: dict[str, str], port: int, sandbox_port: int) -> list[subprocess.Popen[bytes]]:
    redirect = f"http://{HOST}:{port}/signin/callback/"
    commands = [
        ["-m", "tests.sandbox", "--port", str(sandbox_port), "--redirect-uri", redirect]
        + ["--client-id", "team-portal", "--client-secret", "a-secret-of-the-sandbox"],
        ["-m", "gunicorn", "portal.wsgi", "--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4"]
        + ["--log-level", "warning"],
        ["-m", "celery", "-A", "portal", "worker", "--pool", "threads", "--concurrency", "4"]
        + ["--without-mingle", "--without-gossip", "--without-heartbeat", "--loglevel", "WARNING"],
    ]
    return [
        subprocess.Popen(
            [sys.executable, *command], stdout=subprocess.DEVNULL, cwd=ROOT, env=environment, start_new_session=True
        )
        for command in commands
    ]


def _watch(parts: list[subprocess.Popen[bytes]], port: int, sandbox_port: int) -> int:
    """Say where to go as soon as both addresses answer, then wait."""
    until = time.monotonic() + START_SECONDS
    addresses = [f"http://{HOST}:{sandbox_port}/d2l/api/versions/", f"http://{HOST}:{port}/healthz"]
    while addresses and time.monotonic() < until and all(part.poll() is None for part in parts):
        if _answers(addresses[0]):
            addresses.pop(0)
        else:
            time.sleep(0.05)
    if not addresses:
        print(f"Team Portal demo: open http://{HOST}:{port}/ and sign in as Maya Okafor (Ctrl-C ends it)", flush=True)
    while not addresses and all(part.poll() is None for part in parts):
        time.sleep(0.5)
    print("A part of the demo has ended by itself; see above.", file=sys.stderr)
    return 1


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=2) as answer:  # an address of ours on loopback
            return bool(answer.status == 200)
    except OSError:
        return False


def _stop(parts: list[subprocess.Popen[bytes]]) -> None:
    for part in parts:
        part.terminate()
    for part in parts:
        try:
            part.wait(timeout=5)
        except subprocess.TimeoutExpired:
            part.kill()


if __name__ == "__main__":
    sys.exit(main())
