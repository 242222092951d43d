"""A site of its own: a new database with the cache in it, a broker on files, and processes that use them."""

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
SETUP = "import django; django.setup()\n"
PREPARE = (sys.executable, "-m", "tests.processes.prepare")
TIMEOUT_SECONDS = 60


@dataclass(frozen=True)
class OwnSite:
    """A site that no other test uses; ``environment`` is that of its processes."""

    environment: dict[str, str]

    def run_module(self, name: str, *arguments: str) -> subprocess.Popen[str]:
        """Start a process like ``python -m``, with pipes for its input and output."""
        return self._start("-m", name, *arguments)

    def run_code(self, code: str, *arguments: str) -> subprocess.Popen[str]:
        """Start a process that sets Django up and runs ``code``, which finds its arguments in ``sys.argv``."""
        return self._start("-c", SETUP + code, *arguments)

    def output_of(self, code: str, *arguments: str) -> list[str]:
        """The lines that ``code`` prints."""
        return outputs_of([self.run_code(code, *arguments)])

    @contextmanager
    def worker(self) -> Iterator[None]:
        """Run a worker inside the block."""
        options = ["--without-mingle", "--without-gossip", "--without-heartbeat", "--loglevel", "ERROR"]
        process = self.run_module("celery", "-A", "portal", "worker", "--pool", "threads", "-c", "2", *options)
        try:
            yield
        finally:
            process.kill()  # it holds nothing that must be released
            process.communicate(timeout=TIMEOUT_SECONDS)

    def _start(self, *arguments: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [sys.executable, *arguments], env=self.environment, cwd=ROOT, text=True, stdin=pipe, stdout=pipe
        )


def own_site(folder: Path, sandbox: Sandbox, database: str = "", **variables: str) -> OwnSite:
    """A site with its data in ``folder``, on the empty ``database``, by default a new SQLite file."""
    site = OwnSite(_environment(folder, sandbox, database) | variables)
    if database:
        subprocess.run(PREPARE, env=site.environment, cwd=ROOT, check=True)
    else:
        copyfile(_prepared_database(), folder / "site.sqlite3")
        (folder / "static").symlink_to(settings.STATIC_ROOT)  # those of the test process
    return site


def outputs_of(processes: Sequence[subprocess.Popen[str]]) -> list[str]:
    """The lines that processes print; all must succeed. Those that first read a line begin at the same time."""
    with ThreadPoolExecutor(len(processes)) as pool:
        outputs = list(pool.map(_output, processes))
    assert [process.returncode for process in processes] == [0] * len(processes), outputs
    return [line for output in outputs for line in output.splitlines()]


def _output(process: subprocess.Popen[str]) -> str:
    return process.communicate("\n", timeout=TIMEOUT_SECONDS)[0]


@lru_cache(maxsize=1)
def _prepared_database() -> Path:
    """An SQLite file with all tables, made once a test process and copied for each site."""
    folder = Path(tempfile.mkdtemp(prefix="portal-tests-"))
    environment = os.environ | _stores(folder)
    subprocess.run([*PREPARE, "--without-static"], env=environment, cwd=ROOT, check=True)
    return folder / "site.sqlite3"


def _environment(folder: Path, sandbox: Sandbox, database: str) -> dict[str, str]:
    brightspace = {
        "BRIGHTSPACE_URL": sandbox.url,
        "BRIGHTSPACE_AUTHORIZE_URL": sandbox.authorize_url,
        "BRIGHTSPACE_TOKEN_URL": sandbox.token_url,
        "BRIGHTSPACE_CLIENT_ID": sandbox.client_id,
        "BRIGHTSPACE_CLIENT_SECRET": sandbox.client_secret,
    }
    return os.environ | _stores(folder, database) | brightspace


def _stores(folder: Path, database: str = "") -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_DATA_DIR": str(folder),
        "PORTAL_LOG": "ERROR",
        "DATABASE_URL": database or f"sqlite:///{folder / 'site.sqlite3'}",
        "CACHE_URL": "database:",
        "CELERY_BROKER_URL": "filesystem://",
    }
