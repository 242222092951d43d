"""``make screenshots``: pictures of the portal for ``docs/``, taken from the demo."""

import socket
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import LAUNCH
from tests.demo import HOST, ROOT, Demo, running

PICTURES = ROOT / "docs" / "screenshots"
VIEWS = {"": (1280, 860, "light"), "-dark": (1280, 860, "dark"), "-phone": (375, 812, "light")}


def main() -> int:
    """Take pictures of the team page and of a person page, wide and on a phone, light and dark."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    port, sandbox_port = _free_port(), _free_port()
    with (
        tempfile.TemporaryDirectory(prefix="portal-pictures-") as data,
        running(Demo(Path(data), port, sandbox_port)) as demo,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(**LAUNCH)
        for suffix, view in VIEWS.items():
            _take(browser, demo.url, suffix, *view)
        browser.close()
    print(f"Pictures are in {PICTURES.relative_to(ROOT)}.")
    return 0


def _take(browser: Browser, url: str, suffix: str, width: int, height: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{url}/team/")
    page.click('button[name="person"][value="101"]')
    page.click('button[name="decision"][value="allow"]')
    page.wait_for_selector('#team-table[data-waiting="0"]')
    page.screenshot(path=PICTURES / f"team{suffix}.png")
    page.click("text=Tomás Beltrán")
    page.wait_for_selector("#records-rows")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"person{suffix}.png")
    context.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
