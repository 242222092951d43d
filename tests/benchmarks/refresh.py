"""Benchmark of token refresh: an access token that expires repeatedly while four processes use it."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.report import Measured, at_least, at_most, info
from tests.benchmarks.site import Site
from tests.races.crew import Crew, crew_of

MAYA = 101
EXPIRIES, PROCESSES, THREADS = 40, 4, 8
CALLERS = PROCESSES * THREADS
TITLE = f"{EXPIRIES} expiries, {CALLERS} racing callers in {PROCESSES} processes"


def run(site: Site) -> Iterator[Measured]:
    with TemporaryDirectory() as folder, crew_of(PROCESSES, os.environ["DATABASE_URL"], Path(folder)) as crew:
        crew.first.ask("sign_in", person_id=MAYA)
        crew.sandbox.control.set_switches(refresh_reuse="revoke_family")
        outcomes: Counter[str] = Counter()
        taken = [_raced(crew, outcomes) for _ in range(EXPIRIES)]
        failed = outcomes.total() - outcomes[str(MAYA)]
        yield at_most(TITLE, "refreshes", crew.refreshes(), EXPIRIES)
        yield at_most(TITLE, "refresh tokens used twice", crew.sandbox.control.token_counts().get("reused", 0), 0)
        yield at_least(TITLE, "calls", outcomes.total(), EXPIRIES * CALLERS)
        yield at_most(TITLE, "calls that failed", failed, 0)
        yield info(TITLE, "all callers served after", median(taken) * 1000, "ms")


def _raced(crew: Crew, outcomes: Counter[str]) -> float:
    crew.expire()
    started = time.perf_counter()
    outcomes.update(chain.from_iterable(crew.all("ask", person_id=MAYA, threads=THREADS, seconds=8)))
    return time.perf_counter() - started
