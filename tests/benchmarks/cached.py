"""Benchmark of cached pages: a team of 50 with everything cached, compared with empty pages of the same site."""

import gzip
from collections.abc import Iterator

from django.test import Client

from tests.benchmarks.report import Measured, at_most, info
from tests.benchmarks.site import FRAGMENT, READS_COUNTS, WITHOUT_TEAM, Site, medians

TEAM = 50
ROUNDS = 100
TITLE = f"Team of {TEAM}, everything cached"


def run(site: Site) -> Iterator[Measured]:
    site.team_of(TEAM)
    site.control.set_latency(0)
    manager, nobody = site.visited(READS_COUNTS), site.visited(WITHOUT_TEAM)
    site.control.clear_requests()
    pages = {
        "empty": (nobody, "/team/", {}),
        "front page": (Client(SERVER_NAME="localhost"), "/", {}),
        "page": (manager, "/team/", {}),
        "page of 50": (manager, "/team/?size=50", {}),
        "part of 50": (manager, "/team/?size=50", FRAGMENT),
    }
    taken = medians(pages, ROUNDS)
    yield at_most(TITLE, "calls", len(site.control.requests()), 0)
    yield info(TITLE, "front page, signed out", taken["front page"] * 1000, "ms")
    yield info(TITLE, "team page of somebody without a team", taken["empty"] * 1000, "ms")
    yield info(TITLE, "team page, 25 rows", taken["page"] * 1000, "ms")
    yield info(TITLE, "team page, 50 rows", taken["page of 50"] * 1000, "ms")
    yield info(TITLE, "table alone, 50 rows", taken["part of 50"] * 1000, "ms")
    yield at_most(TITLE, "team page, of the empty page", taken["page"] / taken["empty"], 3, "×")
    yield at_most(TITLE, "team page with all 50, of the empty page", taken["page of 50"] / taken["empty"], 3, "×")
    body = manager.get("/team/?size=50").content
    yield info(TITLE, "bytes of 50 rows", len(body))
    yield info(TITLE, "the same, compressed", len(gzip.compress(body, 6)))
