"""What a roster provider is: Brightspace has no public list of a manager's reports, so there are several."""

from typing import Protocol

import msgspec
from django.conf import settings
from django.utils.module_loading import import_string

from portal.brightspace.gateway import CachePolicy, Gateway


class DirectReport(msgspec.Struct, frozen=True):
    """Somebody who reports to the signed-in person."""

    person_id: int
    name: str


class RosterProvider(Protocol):
    """Where the list of direct reports comes from.

    It only says whom to ask Brightspace about: what may be seen of each person Brightspace decides.
    """

    scopes: tuple[str, ...]
    nobody: str  # why the list may be empty, and what to do, in a manager's words

    def direct_reports(self, brightspace: Gateway, policy: CachePolicy) -> list[DirectReport]:
        """The signed-in person's direct reports. Raises BrightspaceError if they cannot be read."""

    def edition(self) -> str:
        """What the list depends on besides Brightspace: a team kept under another edition does not count."""


def roster_provider() -> RosterProvider:
    """The provider named by ``PORTAL_ROSTER``."""
    made: RosterProvider = import_string(settings.ROSTER_PROVIDERS[settings.PORTAL_ROSTER])()
    return made


def direct_report(person_id: int, name: str | None) -> DirectReport:
    """A report with something to call them by, whatever Brightspace left out."""
    return DirectReport(person_id, (name or "").strip() or f"Person {person_id}")


def direct_reports(brightspace: Gateway, policy: CachePolicy = CachePolicy.STALE_OK) -> list[DirectReport]:
    """Whom the signed-in person's pages are about: the scope of every page, fragment, export and task."""
    return list({report.person_id: report for report in roster_provider().direct_reports(brightspace, policy)}.values())
