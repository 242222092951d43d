"""A site of its own for tests that need several processes: a SQLite file, a cache in it, a broker on files."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from shutil import copyfile

from django.conf import settings

from tests.sandbox.server import Sandbox

ROOT = Path(__file__).resolve().parents[2]
START = "import django; django.setup()\n"
MAKE_DATABASE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable")
"""
SECONDS = 60


@dataclass(frozen=True)
class OwnSite:
    """Processes with the portal's code, a database they share and a Brightspace to ask."""

    environment: dict[str, str]

    def start(self, code: str, *arguments: str) -> subprocess.Popen[str]:
        """A process that runs ``code`` with Django ready; reads its arguments from ``sys.argv``."""
        return self._process("-c", START + code, *arguments)

    def output(self, code: str, *arguments: str) -> list[str]:
        """The lines that ``code`` prints."""
        return finished([self.start(code, *arguments)])

    @contextmanager
    def worker(self) -> Iterator[None]:
        """A real worker while the block runs."""
        quiet = ["--without-mingle", "--without-gossip", "--without-heartbeat", "--loglevel", "ERROR"]
        process = self._process("-m", "celery", "-A", "portal", "worker", "--pool", "threads", "-c", "2", *quiet)
        try:
            yield
        finally:
            process.kill()  # it keeps nothing that would have to be put away
            process.communicate(timeout=SECONDS)

    def _process(self, *command: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [sys.executable, *command], env=self.environment, cwd=ROOT, text=True, stdin=pipe, stdout=pipe
        )


def finished(processes: Sequence[subprocess.Popen[str]]) -> list[str]:
    """The lines that processes have printed by their good end. Those that read a line begin all at once."""
    with ThreadPoolExecutor(len(processes)) as pool:
        outputs = list(pool.map(_output, processes))
    assert [process.returncode for process in processes] == [0] * len(processes), outputs
    return [line for output in outputs for line in output.splitlines()]


def _output(process: subprocess.Popen[str]) -> str:
    return process.communicate("\n", timeout=SECONDS)[0]


def own_site(folder: Path, sandbox: Sandbox, **environment: str) -> OwnSite:
    """A site whose database nobody else uses."""
    copyfile(_empty_database(), folder / "site.sqlite3")
    (folder / "static").symlink_to(settings.STATIC_ROOT)
    return OwnSite(_environment(folder, sandbox.url) | environment)


@lru_cache(maxsize=1)
def _empty_database() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="portal-tests-"))
    code = (
        "from django.core.management import call_command as run; run('migrate', verbosity=0); run('createcachetable')"
    )
    OwnSite(_environment(folder, "http://127.0.0.1:9")).output(code)
    return folder / "site.sqlite3"


def _environment(folder: Path, brightspace: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "CACHE_URL": "database:",
        "CELERY_BROKER_URL": "filesystem://",
        "BRIGHTSPACE_URL": brightspace,
        "BRIGHTSPACE_AUTHORIZE_URL": f"{brightspace}/oauth2/auth",
        "BRIGHTSPACE_TOKEN_URL": f"{brightspace}/core/connect/token",
    }
