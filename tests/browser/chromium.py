"""Debian's Chromium, started so that it asks nothing of the network but the pages under test."""

import shutil
from typing import Any

EXECUTABLE = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
LAUNCH: dict[str, Any] = {
    "executable_path": EXECUTABLE or None,
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
}
