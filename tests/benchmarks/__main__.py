"""``make bench``: every benchmark on SQLite, and on PostgreSQL with Redis where they answer, in one table.

``python -m tests.benchmarks cold cached`` runs only those named. The exit status is 1 if a bar is missed.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks import stores
from tests.benchmarks.report import Measured, table
from tests.benchmarks.upstream import CLIENT_ID, CLIENT_SECRET, running_sandbox

NAMES = ("cold", "cached", "growth", "decoding", "refresh")
WITHOUT_STORES = {"decoding"}


def main(names: list[str]) -> int:
    if unknown := set(names) - set(NAMES):
        print(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    started = time.monotonic()
    columns = _measured(names or list(NAMES))
    print(table(columns))
    missed = [one for each in columns.values() for one in each if not one.holds]
    load = f"{os.getloadavg()[1]:.1f} on {os.cpu_count()} processors"
    print(f"\n{time.monotonic() - started:.0f} s; load of the machine {load}. {_summary(missed)}")
    return 1 if missed else 0


def _measured(names: list[str]) -> dict[str, list[Measured]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-benchmarks-")))
        environment = _environment(folder, stack.enter_context(running_sandbox()))
        columns = {"SQLite": _run(names, environment | stores.sqlite(folder))}
        if absent := stores.missing():
            print(f"{' and '.join(absent)} do not answer on loopback: SQLite only.", file=sys.stderr)
        elif with_stores := [name for name in names if name not in WITHOUT_STORES]:
            theirs = stack.enter_context(stores.postgresql_and_redis())
            columns["PostgreSQL, Redis"] = _run(with_stores, environment | theirs)
        return columns


def _environment(folder: Path, sandbox: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_DEBUG": "",
        "PORTAL_PUBLIC_URL": "http://localhost",
        "PORTAL_SECRET_KEY": "benchmarks-only-benchmarks-only-benchmarks-only",
        "PORTAL_TOKEN_KEYS": "YmVuY2htYXJrcy1vbmx5LWJlbmNobWFya3Mtb25seS0=",
        "PORTAL_DATA_DIR": str(folder / "data"),
        "PORTAL_LOG": "ERROR",
        "BRIGHTSPACE_URL": sandbox,
        "BRIGHTSPACE_AUTHORIZE_URL": f"{sandbox}/oauth2/auth",
        "BRIGHTSPACE_TOKEN_URL": f"{sandbox}/core/connect/token",
        "BRIGHTSPACE_CLIENT_ID": CLIENT_ID,
        "BRIGHTSPACE_CLIENT_SECRET": CLIENT_SECRET,
        "CELERY_BROKER_URL": "filesystem://localhost/",
        "BENCHMARK_NOTES": str(folder),
    }


def _run(names: list[str], environment: dict[str, str]) -> list[Measured]:
    command = [sys.executable, "-m", "tests.benchmarks.measure", *names]
    ended = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return [Measured.from_line(line) for line in ended.stdout.splitlines()]


def _summary(missed: list[Measured]) -> str:
    if not missed:
        return "Every bar is met."
    return "Missed: " + "; ".join(f"{one.benchmark}: {one.what} {one.value} ({one.bar})" for one in missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
