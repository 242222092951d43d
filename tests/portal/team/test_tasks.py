"""The worker: figures are there before somebody looks, and nobody notices when it is not."""

import json
import socket
import time
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from pytest_django import Settings

from portal.background import send_best_effort
from portal.brightspace.cache import PersonCache
from portal.celery import app
from portal.team.tasks import warm_team
from portal.team.warming import WARM_TEAM, request_warming
from tests.conftest import MAYA, SignIn
from tests.portal.team.expected import Upstream
from tests.processes.own_site import own_site
from tests.sandbox.server import Sandbox

ANA = 201
HTMX = {"HX-Request": "true"}


def body(page: Any) -> str:
    return str(page.content.decode())


def left_for_the_worker(arguments: str) -> list[dict[str, Any]]:
    """The messages in the broker with these arguments, as soon as there is one."""
    folder = Path(site.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"])
    until = time.monotonic() + 5
    while time.monotonic() < until:
        whole = [text for path in folder.glob("*.msg") if (text := path.read_text()).endswith("}")]
        if found := [each for each in map(json.loads, whole) if each["headers"]["argsrepr"] == arguments]:
            return found
        time.sleep(0.01)
    raise AssertionError(f"no message {arguments} has come")


@pytest.fixture
def _no_messages() -> None:
    time.sleep(0.05)  # what an earlier test has handed over may still be on its way
    for path in Path(site.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"]).glob("*.msg"):
        path.unlink()


def test_what_the_worker_has_gathered_a_page_need_not_ask_for(maya: Client, sandbox: Sandbox) -> None:
    credit = Upstream(sandbox, MAYA).credit(ANA)
    warm_team(MAYA)
    sandbox.control.clear_requests()
    page = body(maya.get("/team/"))

    assert 'data-waiting="0"' in page
    assert credit in page
    assert sandbox.control.requests() == []


def test_aged_figures_are_shown_at_once_and_the_worker_renews_them(maya: Client, sandbox: Sandbox) -> None:
    credit = Upstream(sandbox, MAYA).credit(ANA)
    warm_team(MAYA)
    maya.post("/team/refresh/")
    sandbox.control.clear_requests()
    stale = body(maya.get("/team/"))
    assert sandbox.control.requests() == []
    warm_team(MAYA)
    fresh = body(maya.get("/team/"))

    assert credit in stale
    assert "stale" in stale
    assert "stale" not in fresh
    assert len(sandbox.control.requests()) > 12


def test_without_a_worker_the_page_renews_what_has_aged_by_itself_later(maya: Client, sandbox: Sandbox) -> None:
    maya.get("/team/?wait=1")
    maya.post("/team/refresh/")
    stale = body(maya.get("/team/"))
    address = stale.split('hx-get="/team/?figures=')[1].split('"')[0]
    sandbox.control.clear_requests()
    fresh = body(maya.get(f"/team/?figures={address}", headers=HTMX))

    assert "stale" in stale
    assert "stale" not in fresh
    assert 'hx-trigger="load' not in fresh
    assert len(sandbox.control.requests()) > 12


@pytest.mark.parametrize("fault", ["html", "redirect"])
def test_what_cannot_be_renewed_stays_and_says_how_old_it_is(maya: Client, sandbox: Sandbox, fault: str) -> None:
    credit = Upstream(sandbox, MAYA).credit(ANA)
    warm_team(MAYA)
    maya.post("/team/refresh/")
    sandbox.control.add_fault(fault, path="cpd|overdue")
    warm_team(MAYA)
    page = body(maya.get("/team/?wait=1"))

    assert credit in page
    assert page.count('class="stale"') >= 12


def test_nobody_who_has_signed_out_is_warmed(maya: Client, sandbox: Sandbox) -> None:
    maya.post("/signout/")
    sandbox.control.clear_requests()
    warm_team(MAYA)

    assert sandbox.control.requests() == []


@pytest.mark.parametrize("fault", ["500", "html", "drop", "expired", "not_found", "forbidden"])
def test_a_brightspace_in_trouble_ends_the_work_quietly(maya: Client, sandbox: Sandbox, fault: str) -> None:
    sandbox.control.add_fault(fault)
    warm_team(MAYA)

    assert sandbox.control.requests()


@pytest.mark.usefixtures("_no_messages")
def test_a_message_holds_nothing_but_the_id(sign_in: SignIn) -> None:
    sign_in(MAYA)
    (message,) = left_for_the_worker("(101,)")

    assert message["headers"]["task"] == "team.warm_team"
    arguments, named, _ = json.loads(b64decode(message["body"]))
    assert (arguments, named) == ([MAYA], {})
    assert message["headers"]["kwargsrepr"] == "{}"


@pytest.mark.usefixtures("_no_messages")
def test_message_that_cannot_be_sent_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    send = app.send_task

    def refuse_one(name: str, *arguments: Any, **options: Any) -> Any:
        if name == "team.refused":
            raise RuntimeError("the broker refuses the password")
        return send(name, *arguments, **options)

    monkeypatch.setattr(app, "send_task", refuse_one)
    send_best_effort("team.refused", 1)
    send_best_effort(WARM_TEAM, 424242)

    assert left_for_the_worker("(424242,)")


@pytest.mark.usefixtures("_no_messages")
def test_one_hint_is_enough_until_the_worker_has_taken_it(maya: Client) -> None:
    for _ in range(5):
        request_warming(MAYA)
    assert len(left_for_the_worker("(101,)")) == 1
    warm_team(MAYA)

    assert PersonCache(MAYA).claim("warming", 5)


@pytest.mark.usefixtures("_no_messages", "maya")
def test_work_cut_short_by_the_rate_limit_goes_on_when_that_is_over(sandbox: Sandbox, settings: Settings) -> None:
    settings.BRIGHTSPACE_CREDITS_A_MINUTE, settings.PORTAL_BACKGROUND_SHARE = 1000, 0.1
    warm_team(MAYA)
    (message,) = left_for_the_worker("(101, 1)")

    eta = datetime.fromisoformat(message["headers"]["eta"])
    assert timedelta() < eta - datetime.now(UTC) <= timedelta(seconds=61)


WITH_A_WORKER = r"""
import time
from django.test import Client
from urllib.parse import urlsplit
from tests.sandbox.client import sign_in

browser = Client(SERVER_NAME="localhost")
back = urlsplit(sign_in(browser.get("/signin/")["Location"], 101))
browser.get(f"{back.path}?{back.query}")

def until(words):
    for _ in range(300):
        page = browser.get("/team/").content.decode()
        if words in page:
            return page
        time.sleep(0.1)
    raise SystemExit(f"{words} never came: {page}")

def says(page):
    print("stale" if "stale" in page else "fresh", " of 35 h" in page)

says(until('data-waiting="0"'))
browser.post("/team/refresh/")
says(browser.get("/team/").content.decode())
for _ in range(300):
    if "stale" not in (page := browser.get("/team/").content.decode()):
        break
    time.sleep(0.1)
says(page)
"""


def test_a_real_worker_warms_after_sign_in_and_renews_what_has_aged(sandbox: Sandbox, tmp_path: Path) -> None:
    site_of_its_own = own_site(tmp_path, sandbox)
    with site_of_its_own.worker():
        said = site_of_its_own.output_of(WITH_A_WORKER)

    assert said == ["fresh True", "stale True", "fresh True"]


TIMED = (
    WITH_A_WORKER.split("def until")[0]
    + r"""
began = time.monotonic()
page = browser.get("/team/?wait=1").content.decode()
browser.post("/team/refresh/")
browser.get("/team/")
print(" of 35 h" in page, time.monotonic() - began)
"""
)


@pytest.fixture
def silent_port() -> Iterator[int]:
    """The port of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("broker", ["amqp://guest:guest@127.0.0.1:{}//", "redis://127.0.0.1:{}/0"])
def test_no_page_waits_for_a_broker_that_is_out_of_reach(
    sandbox: Sandbox, tmp_path: Path, silent_port: int, broker: str
) -> None:
    lonely = own_site(tmp_path, sandbox, CELERY_BROKER_URL=broker.format(silent_port))
    (said,) = lonely.output_of(TIMED)

    assert said.startswith("True")
    assert float(said.split()[1]) < 8  # a silent Redis would be waited for three times as long
