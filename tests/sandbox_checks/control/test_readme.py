"""README.md of the sandbox, which names every fault, switch and control method."""

from __future__ import annotations

import inspect
from pathlib import Path

import tests.sandbox as package
from tests.sandbox.control import Control
from tests.sandbox.faults.kinds import KINDS
from tests.sandbox.switches import ServerSwitches, WorldSwitches, names

README = (Path(package.__file__).parent / "README.md").read_text()


def test_readme_names_every_kind_of_fault() -> None:
    assert [kind for kind in KINDS if f"`{kind}`" not in README] == []


def test_readme_names_every_switch() -> None:
    switches = names(ServerSwitches) | names(WorldSwitches)
    assert [name for name in switches if f"`{name}`" not in README] == []


def test_readme_names_every_control_method() -> None:
    methods = [name for name, _ in inspect.getmembers(Control, inspect.isfunction) if not name.startswith("_")]
    assert [name for name in methods if f"`{name}`" not in README] == []
