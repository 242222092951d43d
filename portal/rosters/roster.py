"""The roster: who reports to the signed-in person, as the roster provider in use says.

Brightspace has no public list of a manager's direct reports, so there are several providers to choose from.
"""

from typing import TYPE_CHECKING, Protocol

import msgspec
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from portal.brightspace.gateway import CachePolicy, Gateway

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class DirectReport(msgspec.Struct, frozen=True):
    """Somebody who reports to the signed-in person; ``person_id`` is Brightspace's own.

    ``is_active`` is False for somebody who has left, as far as the roster knows: they do not count in figures.
    """

    person_id: int
    name: str
    is_active: bool = True


class RosterProvider(Protocol):
    """A source of the list of direct reports.

    It only says whom to ask Brightspace about; Brightspace decides what may be seen of each person. ``scopes`` are
    those that its calls need; ``nobody`` tells a manager why the list may be empty, and what to do.
    """

    scopes: tuple[str, ...]
    nobody: "StrOrPromise"

    def direct_reports(self, brightspace: Gateway, policy: CachePolicy) -> list[DirectReport]:
        """The signed-in person's direct reports. Raises BrightspaceError if they cannot be read."""

    def edition(self) -> str:
        """What the list depends on besides Brightspace; a team cached under another edition is not used."""


def roster_provider() -> RosterProvider:
    """The provider named by the setting ``PORTAL_ROSTER``."""
    provider: RosterProvider = import_string(settings.ROSTER_PROVIDERS[settings.PORTAL_ROSTER])()
    return provider


def direct_report(person_id: int, name: str | None, *, is_active: bool = True) -> DirectReport:
    """A direct report, called by their number where Brightspace gives no name."""
    known = (name or "").strip()
    return DirectReport(person_id, known or gettext("Person %(person_id)s") % {"person_id": person_id}, is_active)


def direct_reports(brightspace: Gateway, policy: CachePolicy = CachePolicy.STALE_OK) -> list[DirectReport]:
    """The signed-in person's direct reports, each once: the scope of every page, fragment, export and task.

    Raises BrightspaceError if they cannot be read.
    """
    people = roster_provider().direct_reports(brightspace, policy)
    return list({person.person_id: person for person in people}.values())
