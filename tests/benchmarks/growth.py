"""What a person of the team costs as teams grow, Brightspace being no distance away."""

import time
from collections.abc import Iterator
from statistics import median

from tests.benchmarks.report import Measured, at_most, told
from tests.benchmarks.site import READS_COUNTS, Site, Visit

ROUNDS = {10: 15, 100: 3, 1000: 1}
WARM_ROUNDS = 40
TITLE = "Teams of 10, 100 and 1,000"


def run(site: Site) -> Iterator[Measured]:
    site.control.set_latency(0)
    visits: dict[int, list[Visit]] = {}
    warm: dict[int, float] = {}
    for size, rounds in ROUNDS.items():
        site.team_of(size)
        site.cold_visit(READS_COUNTS)
        visits[size] = [site.cold_visit(READS_COUNTS) for _ in range(rounds)]
        warm[size] = _warm(site)
    calls = {size: len(each[0].calls) / size for size, each in visits.items()}
    wall = {size: 1000 * median(visit.whole for visit in each) / size for size, each in visits.items()}
    cpu = {size: 1000 * median(visit.cpu for visit in each) / size for size, each in visits.items()}
    yield from _flat("calls a person", calls, "")
    yield from _flat("time a person", wall, "ms")
    yield from _flat("processor time a person", cpu, "ms")
    for size, seconds in warm.items():
        yield told(TITLE, f"kept page of {size}", seconds * 1000, "ms")
    yield at_most(TITLE, "kept page of 1,000, of that of 100 (25 rows each)", warm[1000] / warm[100], 1.2, "×")


def _flat(what: str, values: dict[int, float], unit: str) -> Iterator[Measured]:
    for size, value in values.items():
        yield told(TITLE, f"{what}, team of {size}", value, unit)
    yield at_most(TITLE, f"{what}, most of least", max(values.values()) / min(values.values()), 1.2, "×")


def _warm(site: Site) -> float:
    browser = site.visited(READS_COUNTS)
    taken = []
    for _ in range(WARM_ROUNDS):
        started = time.perf_counter()
        browser.get("/team/")
        taken.append(time.perf_counter() - started)
    return median(taken)
