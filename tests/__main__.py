"""``make test``: the whole suite on SQLite, then the tests marked ``stores`` on PostgreSQL and Redis.

Arguments go to pytest. PostgreSQL and Redis are used where they answer on loopback; in CI they must.
"""

import os
import socket
import subprocess
import sys

HOST = "127.0.0.1"
SERVICES = {"PostgreSQL": 5432, "Redis": 6379}
STORES = {"DATABASE_URL": f"postgres://postgres@{HOST}:5432/postgres", "CACHE_URL": f"redis://{HOST}:6379/8"}


def main(arguments: list[str]) -> int:
    """The exit status of the first run that fails, else 0."""
    status = _run("Tests on SQLite", arguments)
    if status:
        return status
    missing = [name for name, port in SERVICES.items() if not _answers(port)]
    if missing:
        print(f"{' and '.join(missing)} do not answer on {HOST}: the suite ran on SQLite only.")
        return 1 if os.environ.get("CI") else 0
    return _run("Tests of the stores on PostgreSQL and Redis", ["-m", "stores", *arguments], STORES)


def _run(title: str, arguments: list[str], environment: dict[str, str] | None = None) -> int:
    print(title, flush=True)
    pytest = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--durations=10"]
    return subprocess.run([*pytest, *arguments], env=os.environ | (environment or {}), check=False).returncode


def _answers(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=1):
            return True
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
