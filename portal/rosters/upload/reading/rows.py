"""The rows of a roster file: good lines, problems, and how the file was read."""

from enum import StrEnum

import msgspec

from portal.rosters.upload.messages import Message


class ProblemKind(StrEnum):
    """What sort of problem a row has; the page groups by it."""

    MALFORMED = "malformed"
    VALUE = "value"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    REFUSED = "refused"
    OTHER_NAME = "other_name"
    OWN_MANAGER = "own_manager"
    TWO_MANAGERS = "two_managers"
    CIRCLE = "circle"


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with one row, counted as a spreadsheet counts: the header is row 1."""

    row: int
    column: str
    kind: ProblemKind
    reason: Message

    @property
    def message(self) -> str:
        """What is wrong, in the active language."""
        return str(self.reason)


class RosterLine(msgspec.Struct, frozen=True):
    """One row: who reports to whom, each by id, user name or OrgDefinedId, and what the file calls the person.

    ``manager`` is empty for somebody at the top.
    """

    row: int
    person: str
    manager: str
    name: str = ""


class Repaired(msgspec.Struct):
    """How many cells were repaired in one way, and the first of them before and after."""

    count: int
    written: str
    meant: str


class FileFacts(msgspec.Struct):
    """How a file was read, without its rows.

    ``rows`` counts all that are not blank, without the header; ``samples`` are its first cells beyond ASCII.
    """

    encoding: str
    person_heading: str
    manager_heading: str
    rows: int = 0
    repairs: dict[str, Repaired] = {}
    samples: list[str] = []


class RosterFile(FileFacts):
    """A file's good lines and its problems."""

    lines: list[RosterLine] = []
    problems: list[Problem] = []
