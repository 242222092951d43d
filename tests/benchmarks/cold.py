"""Benchmark of the team page with an empty cache: a team of 50, Brightspace 80 ms away."""

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from tests.benchmarks.floor import fewest_calls
from tests.benchmarks.report import Measured, at_least, at_most, info
from tests.benchmarks.site import AUDITS_ONLY, READS_COUNTS, Site, Visit
from tests.sandbox.request_log import LoggedRequest

TEAM = 50
LATENCY_SECONDS = 0.08
FAN_OUT = 16
VISITS = 4
WHO = {READS_COUNTS: "a manager who may read counts", AUDITS_ONLY: "a manager who only audits"}


def run(site: Site) -> Iterator[Measured]:
    people = site.team_of(TEAM)
    visits = {manager: _visits(site, manager) for manager in WHO}
    alone = _one_after_another(site, {manager: each[0].calls for manager, each in visits.items()})
    for manager, who in WHO.items():
        title = f"Team of {TEAM}, nothing cached, 80 ms away: {who}"
        fewest = fewest_calls(people, reads_counts=manager == READS_COUNTS)
        yield from _figures(title, visits[manager], fewest, alone[manager])


def _visits(site: Site, manager: int) -> list[Visit]:
    site.control.set_latency(0)
    site.cold_visit(manager)  # the sandbox makes its data at the first request
    site.control.set_latency(LATENCY_SECONDS * 1000)
    return [site.cold_visit(manager) for _ in range(VISITS)]


def _figures(title: str, visits: Sequence[Visit], fewest: int, alone: float) -> Iterator[Measured]:
    floor = fewest / FAN_OUT * LATENCY_SECONDS
    # The minimum of several visits: other work of the machine only adds to the time.
    whole, frame = min(visit.whole for visit in visits), min(visit.frame for visit in visits)
    yield at_most(title, "calls before the frame", max(visit.frame_calls for visit in visits), 2)
    yield at_most(title, "frame, in round trips", frame / LATENCY_SECONDS, 2)
    calls = max(len(visit.calls) for visit in visits)
    yield at_most(title, f"calls, of {fewest} that the routes allow", calls / fewest, 1.05, "×")
    yield info(title, "all figures", whole, "s")
    yield at_most(title, f"all figures, of {floor:.2f} s (calls ÷ {FAN_OUT} × latency)", whole / floor, 1.3, "×")
    yield info(title, "the same calls one after another", alone, "s")
    yield at_least(title, "all figures, times faster than that", alone / whole, 8, "×")


def _one_after_another(site: Site, calls: Mapping[int, Sequence[LoggedRequest]]) -> dict[int, float]:
    """Seconds that the same requests take one after another; measured once a run, as no store takes part in it."""
    notes = Path(os.environ["BENCHMARK_NOTES"]) / "one-after-another"
    if not notes.exists():
        with ThreadPoolExecutor() as each_alone:
            taken = each_alone.map(lambda manager: _replayed(site, manager, calls[manager]), calls)
            notes.write_text(json.dumps(list(taken)))
    return dict(zip(calls, json.loads(notes.read_text()), strict=True))


def _replayed(site: Site, manager: int, calls: Sequence[LoggedRequest]) -> float:
    with requests.Session() as session:
        session.trust_env = False
        session.headers["Authorization"] = f"Bearer {site.control.issue_access_token(manager)}"
        started = time.perf_counter()
        for call in calls:
            session.get(f"{site.sandbox}{call.path}{'?' if call.query else ''}{call.query}", timeout=30).json()
        return time.perf_counter() - started
