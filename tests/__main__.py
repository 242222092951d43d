"""``make test``: the suite on SQLite, and again on PostgreSQL and Redis where they answer on loopback.

Arguments go to pytest. In CI a missing service is a failure.
"""

import os
import socket
import subprocess
import sys

HOST = "127.0.0.1"
SERVICES = {"PostgreSQL": 5432, "Redis": 6379}
# These are about the sandbox, about rules and what is said to Brightspace, whatever we keep it in, or they
# bring both databases themselves (races).
WITHOUT_STORES = (
    "tests/sandbox_checks",
    "tests/contract",
    "tests/cpd",
    "tests/content",
    "tests/awards",
    "tests/test_architecture.py",
    "tests/portal/brightspace/codec",
    "tests/browser",
    "tests/races",
)


def main(arguments: list[str]) -> int:
    """The exit status of the first run that fails, else 0."""
    status = _run("SQLite", arguments, {})
    if status:
        return status
    missing = [name for name, port in SERVICES.items() if not _answers(port)]
    if missing:
        print(f"{' and '.join(missing)} do not answer on {HOST}: the suite ran on SQLite only.")
        return 1 if os.environ.get("CI") else 0
    left_out = [f"--ignore={path}" for path in WITHOUT_STORES]
    stores = {"DATABASE_URL": f"postgres://postgres@{HOST}:5432/postgres", "CACHE_URL": f"redis://{HOST}:6379/8"}
    return _run("PostgreSQL and Redis", [*arguments, *left_out], stores)


def _run(stores: str, arguments: list[str], environment: dict[str, str]) -> int:
    print(f"Tests on {stores}", flush=True)
    pytest = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadgroup", "--durations=10"]
    return subprocess.run([*pytest, *arguments], env=os.environ | environment, check=False).returncode


def _answers(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=1):
            return True
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
