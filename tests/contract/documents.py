"""The actions and blocks of the API documents, read from the two data files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class DocumentedAction:
    """One action as its document describes it; lists are texts, separated by blanks."""

    document: str
    method: str
    path: str
    since: str
    scopes: str = ""
    query: str = ""
    body: str = ""
    response: str = ""
    statuses: str = ""

    @property
    def name(self) -> str:
        """``GET /d2l/api/…``, as the heading of its section."""
        return f"{self.method} {self.path}"


BLOCKS: dict[str, dict[str, str]] = json.loads((_HERE / "blocks.json").read_text())
ACTIONS = [DocumentedAction(**each) for each in json.loads((_HERE / "actions.json").read_text())]
ACTIONS_BY_NAME = {action.name: action for action in ACTIONS}
