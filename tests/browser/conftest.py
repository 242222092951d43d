"""A real browser on a live portal in front of the sandbox."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Dialog, Page
from pytest_django import Settings

from tests.browser.chromium import EXECUTABLE, LAUNCH
from tests.sandbox.server import Sandbox

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not EXECUTABLE:
        message = "Chromium is not installed (apt-get install chromium): no browser test can run."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return {**browser_type_launch_args, **LAUNCH}


@pytest.fixture
def portal(transactional_db: None, settings: Settings, live_server: Any, sandbox: Sandbox) -> str:
    """The address of the running portal, known to the sandbox."""
    cache.clear()
    # The live server serves static files from their folders, under their own names.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.PORTAL_PUBLIC_URL = live_server.url
    sandbox.control.register_redirect_uri(f"{live_server.url}/signin/callback/")
    return str(live_server.url)


@pytest.fixture
def open_as(browser: Browser, portal: str) -> Iterator[Open]:
    """Sign somebody in through the pages a person sees; fails if the page logs an error or opens a dialog."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(person_id: int, path: str = "/team/", *, allowed: str = "", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: _refuse(dialog, complaints))
        page.on("console", lambda message: _complain(message, allowed, complaints))
        page.goto(f"{portal}{path}")
        page.click(f'button[name="person"][value="{person_id}"]')
        page.click('button[name="decision"][value="allow"]')
        page.wait_for_url(f"{portal}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _refuse(dialog: Dialog, complaints: list[str]) -> None:
    complaints.append(f"dialog: {dialog.message}")
    dialog.dismiss()


def _complain(message: Any, allowed: str, complaints: list[str]) -> None:
    if message.type in {"error", "warning"} and not (allowed and allowed in message.text):
        complaints.append(message.text)


def settled(page: Page) -> Page:
    """The page once all figures are in."""
    page.wait_for_selector('#team-table[data-waiting="0"]')
    return page
