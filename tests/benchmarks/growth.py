"""Benchmark of growth: calls and time a person in teams of 10, 100 and 1,000, with Brightspace at no distance."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from statistics import mean

from django.test import Client, override_settings

from tests.benchmarks.report import Measured, at_most, info
from tests.benchmarks.site import AUDITS_ONLY, READS_COUNTS, Site, Visit, medians

ROUNDS = {10: 15, 100: 6, 1000: 1}  # as many as take about the same time
CACHED_ROUNDS = 100
TITLE = "Teams of 10, 100 and 1,000"


def run(site: Site) -> Iterator[Measured]:
    site.control.set_latency(0)
    _visits(site, 1000, 1)  # the sandbox makes its data at the first request
    visits = {size: _visits(site, size, rounds) for size, rounds in ROUNDS.items()}
    calls = {size: len(each[0].calls) / size for size, each in visits.items()}
    for size, value in calls.items():
        yield info(TITLE, f"calls a person, team of {size:,}", value)
    yield at_most(TITLE, "calls a person, most of least", max(calls.values()) / min(calls.values()), 1.2, "×")
    yield from _flat("time", {size: mean(visit.whole for visit in each) for size, each in visits.items()})
    yield from _flat("processor time", {size: mean(visit.cpu for visit in each) for size, each in visits.items()})
    yield from _cached(site, visits[1000][-1].browser)


def _visits(site: Site, size: int, rounds: int) -> list[Visit]:
    site.team_of(size)
    # With a long deadline the figures come in one fragment; how many there are would depend on the machine.
    with override_settings(PORTAL_PAGE_SECONDS=60):
        return [site.cold_visit(READS_COUNTS) for _ in range(rounds)]


def _cached(site: Site, large: Client) -> Iterator[Measured]:
    """Cached pages of a large and of a small team; both show 25 people."""
    site.team_of(100)
    taken = medians({"100": (site.visited(AUDITS_ONLY), "/team/", {}), "1,000": (large, "/team/", {})}, CACHED_ROUNDS)
    for size, seconds in taken.items():
        yield info(TITLE, f"cached page, team of {size}", seconds * 1000, "ms")
    yield at_most(TITLE, "cached page of 1,000, of that of 100 (25 rows each)", taken["1,000"] / taken["100"], 1.2, "×")


def _flat(what: str, seconds: Mapping[int, float]) -> Iterator[Measured]:
    """Time of each further person: without the two pages of a visit, which even the smallest team takes."""
    further = []
    for size, value in seconds.items():
        yield info(TITLE, f"{what} a person, team of {size:,}", 1000 * value / size, "ms")
    for (small, less), (large, more) in pairwise(seconds.items()):
        further.append((more - less) / (large - small))
        yield info(TITLE, f"{what} of each further person, {small:,} to {large:,}", 1000 * further[-1], "ms")
    yield at_most(TITLE, f"{what} of each further person, later of earlier", further[-1] / further[0], 1.2, "×")
