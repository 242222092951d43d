"""The same team of 50 with everything kept, beside pages of the same site with nothing on them."""

import gzip
from collections.abc import Iterator

from django.test import Client

from tests.benchmarks.report import Measured, at_most, told
from tests.benchmarks.site import FRAGMENT, READS_COUNTS, WITHOUT_TEAM, Site, medians

TEAM = 50
ROUNDS = 100
TITLE = f"Team of {TEAM}, everything kept"


def run(site: Site) -> Iterator[Measured]:
    site.team_of(TEAM)
    site.control.set_latency(0)
    manager, nobody = site.visited(READS_COUNTS), site.visited(WITHOUT_TEAM)
    site.control.clear_requests()
    pages = {
        "empty": (nobody, "/team/", {}),
        "front door": (Client(SERVER_NAME="localhost"), "/", {}),
        "page": (manager, "/team/", {}),
        "page of 50": (manager, "/team/?size=50", {}),
        "part of 50": (manager, "/team/?size=50", FRAGMENT),
    }
    taken = medians(pages, ROUNDS)
    yield at_most(TITLE, "calls", len(site.control.requests()), 0)
    yield told(TITLE, "front door, signed out", taken["front door"] * 1000, "ms")
    yield told(TITLE, "team page of somebody without a team", taken["empty"] * 1000, "ms")
    yield told(TITLE, "team page, 25 rows", taken["page"] * 1000, "ms")
    yield told(TITLE, "team page, 50 rows", taken["page of 50"] * 1000, "ms")
    yield told(TITLE, "table alone, 50 rows", taken["part of 50"] * 1000, "ms")
    yield at_most(TITLE, "team page, of the empty page", taken["page"] / taken["empty"], 3, "×")
    yield at_most(TITLE, "team page with all 50, of the empty page", taken["page of 50"] / taken["empty"], 3, "×")
    body = manager.get("/team/?size=50").content
    yield told(TITLE, "bytes of 50 rows", len(body))
    yield told(TITLE, "the same, compressed", len(gzip.compress(body, 6)))
