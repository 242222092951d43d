"""The portal in this process, used through Django's test client by people who have signed in."""

import html
import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client

from tests.sandbox.client import ControlClient
from tests.sandbox.client import sign_in as consent
from tests.sandbox.request_log import LoggedRequest
from tests.sandbox.seeds.crowd import FIRST_REPORT
from tests.sandbox.seeds.demo_people import GRACE, OTTO, SAM

# The first two audit the same people. Only the first manages content in their courses and may read counts.
READS_COUNTS, AUDITS_ONLY, WITHOUT_TEAM = GRACE, SAM, OTTO
FRAGMENT = {"HX-Request": "true"}
_FOLLOW = re.compile(r'hx-get="([^"]*[?&;]figures=[^"]*)"')


@dataclass(frozen=True)
class Visit:
    """A visit to the team page until all figures are there. Times are in seconds."""

    browser: Client
    frame: float
    frame_calls: int
    whole: float
    cpu: float
    calls: list[LoggedRequest]
    fragments: int


class Site:
    """The portal, and the sandbox that it calls."""

    def __init__(self) -> None:
        self.sandbox: str = settings.BRIGHTSPACE_URL
        self.control = ControlClient(self.sandbox)
        self.control.set_switches(rate_limiting=False)

    def team_of(self, size: int) -> list[int]:
        """Give both managers the same ``size`` people."""
        people = list(range(FIRST_REPORT, FIRST_REPORT + size))
        self.control.patch_person(SAM, manager_id=GRACE)
        for manager in (READS_COUNTS, AUDITS_ONLY):
            self.control.set_auditees(manager, people)
        return people

    def sign_in(self, person_id: int) -> Client:
        """A new browser of this person, whose cache is empty."""
        browser = Client(SERVER_NAME="localhost")
        back = urlsplit(consent(browser.get("/signin/")["Location"], person_id))
        answer = browser.get(f"{back.path}?{back.query}")
        assert answer.status_code == 302, answer.content
        return browser

    def cold_visit(self, person_id: int) -> Visit:
        """Sign in again, and visit the team page with an empty cache."""
        return self._visit(self.sign_in(person_id))

    def visited(self, person_id: int) -> Client:
        """The browser of this person after a visit: all figures are cached."""
        return self.cold_visit(person_id).browser

    def _visit(self, browser: Client) -> Visit:
        """Open the team page and follow its fragments until every figure is there."""
        self.control.clear_requests()
        stopwatch = _Stopwatch()
        with stopwatch:
            page = browser.get("/team/").content.decode()
        frame, frame_calls, fragments = stopwatch.wall, len(self.control.requests()), 0
        with stopwatch:
            while follow := _FOLLOW.search(page):
                fragments += 1
                page = browser.get(html.unescape(follow[1]), headers=FRAGMENT).content.decode()
        assert 'data-waiting="0"' in page, "figures are missing"
        return Visit(browser, frame, frame_calls, stopwatch.wall, stopwatch.cpu, self.control.requests(), fragments)


def medians(pages: Mapping[str, tuple[Client, str, dict[str, str]]], rounds: int) -> dict[str, float]:
    """Median seconds of each page. Each round gets all pages in random order, so that other load affects them alike."""
    taken: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(rounds):
        for name in random.sample(list(pages), len(pages)):
            browser, address, headers = pages[name]
            started = time.perf_counter()
            answer = browser.get(address, headers=headers)
            taken[name].append(time.perf_counter() - started)
            assert answer.status_code == 200
    return {name: median(each) for name, each in taken.items()}


class _Stopwatch:
    """Adds up wall time and processor time of this process spent inside its blocks, in seconds."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def __enter__(self) -> None:
        self.wall -= time.perf_counter()
        self.cpu -= time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter()
        self.cpu += time.process_time()
