"""The command ``python -m tests.sandbox``."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

import tests.sandbox as package
from tests.sandbox import __main__ as command
from tests.sandbox.server import Sandbox

ROOT = Path(package.__file__).parents[2]


def test_command_prints_its_address_and_stops_on_a_signal() -> None:
    arguments = [sys.executable, "-m", "tests.sandbox", "--port", "0"]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline() if process.stdout else ""
        url = line.split()[-1]
        assert requests.get(url + "/d2l/api/versions/", timeout=10).status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0


def test_command_exits_with_a_message_when_the_port_is_taken(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    port = sandbox.url.rpartition(":")[2]
    monkeypatch.setattr(sys, "argv", ["tests.sandbox", "--port", port])
    assert command.main() == 1
    assert capsys.readouterr().err == f"Port {port} is taken. Choose another with --port.\n"
