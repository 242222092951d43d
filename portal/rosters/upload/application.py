"""Putting a checked roster file in use: once, and only over the roster it was compared with."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from portal.rosters.models import Roster, RosterCheck, RosterEntry
from portal.rosters.upload.check import CheckedFile, Entry
from portal.rosters.upload.comparison import Comparison
from portal.rosters.upload.messages import MessageError, grouped
from portal.rosters.upload.storage import unpack

BATCH_SIZE = 2_000


class NotApplied(MessageError):
    """A checked file is not put in use."""


@dataclass(frozen=True)
class RosterInUse:
    """The roster in use, with its number of people and managers."""

    roster: Roster
    people: int
    managers: int

    @property
    def summary(self) -> str:
        """How many people and managers it names, in the active language."""
        counts = {
            "people": ngettext("%(count)s person", "%(count)s people", self.people) % {"count": grouped(self.people)},
            "managers": ngettext("%(count)s manager", "%(count)s managers", self.managers)
            % {"count": grouped(self.managers)},
        }
        return gettext("The roster in use names %(people)s and %(managers)s.") % counts


def roster_in_use() -> RosterInUse | None:
    """The newest roster; None before the first one."""
    roster = Roster.objects.select_related("uploaded_by").first()
    if roster is None:
        return None
    entries = roster.entries.filter(manager_id__isnull=False)
    return RosterInUse(roster, entries.count(), entries.values("manager_id").distinct().count())


def can_be_applied(found: CheckedFile, comparison: Comparison) -> bool:
    """Whether there is somebody with a manager, and anything new."""
    return bool(found.people) and not comparison.is_same


def apply_check(check: RosterCheck, *, without_bad: bool, confirmed: int | None) -> Roster:
    """Put the good rows in use in one transaction; earlier rosters stay.

    ``confirmed`` is how many people the admin said will no longer be where they are. Raises NotApplied.
    """
    if check.state != RosterCheck.State.CHECKED:
        raise (
            _replaced() if check.state == RosterCheck.State.APPLIED else NotApplied(_("The check is not finished yet."))
        )
    found, comparison = unpack(check.found, CheckedFile), unpack(check.comparison, Comparison)
    if not can_be_applied(found, comparison):
        raise NotApplied(_("There is nothing in this file to apply."))
    if found.left_out and not without_bad:
        raise NotApplied(_("The file has rows with a problem. Correct them, or say that they are to be left out."))
    if comparison.needs_confirmation and confirmed != comparison.leaving:
        template = _("Nothing has been applied: type the number %(number)s to confirm how many people would move.")
        raise NotApplied(template, number=str(comparison.leaving))
    try:
        return _apply(check)
    except IntegrityError:
        raise _replaced() from None


@transaction.atomic
def _apply(check: RosterCheck) -> Roster:
    """Of two requests that apply the same check, or two checks over the same roster, the second one is refused."""
    unchanged = RosterCheck.objects.filter(pk=check.pk, version=check.version, state=RosterCheck.State.CHECKED)
    if not unchanged.update(state=RosterCheck.State.APPLIED, content=b"", file=b"", lookup=b"", entries=b""):
        raise _replaced()
    newest = Roster.objects.values_list("pk", flat=True).first() or 0
    if newest != check.compared_with:
        raise _replaced()
    roster = Roster.objects.create(uploaded_by=check.admin, file_name=check.file_name, replaces=check.compared_with)
    entries = (
        RosterEntry(
            roster=roster,
            person_id=entry.person_id,
            manager_id=entry.manager_id,
            name=entry.name,
            manager_name=entry.manager_name,
            is_active=entry.is_active,
        )
        for entry in unpack(check.entries, list[Entry])
    )
    RosterEntry.objects.bulk_create(entries, batch_size=BATCH_SIZE)
    return roster


def _replaced() -> NotApplied:
    return NotApplied(_("Another roster has been applied since this file was checked. Check it again."))
