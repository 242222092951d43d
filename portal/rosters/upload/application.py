"""An admin's roster file on its way: checked, handed back signed, and put in force when the admin confirms.

Between check and confirmation nothing is stored here: the checked rows travel in the form, signed for this admin.
"""

from dataclasses import dataclass, field

import msgspec
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from portal.accounts.models import Person
from portal.brightspace.gateway import Gateway
from portal.rosters.models import Roster, RosterEntry
from portal.rosters.upload.check import CheckedFile, check_file, values_to_look_up
from portal.rosters.upload.csv_file import RosterFile
from portal.rosters.upload.lookup import LookupResult, look_up
from portal.rosters.upload.messages import MessageError, grouped

SECONDS_TO_DECIDE = 3600
MAX_TOKEN_LENGTH = 1_900_000  # characters; below the most that Django reads of a form
Rows = dict[int, tuple[int, str]]  # manager and name by person


class NotApplied(MessageError):
    """A checked file cannot be put in force."""


class SignedFile(msgspec.Struct, frozen=True):
    """What the form carries: good rows as person, manager and name; the roster in force at the check."""

    file_name: str
    left_out: int
    roster_in_use: int | None
    rows: list[tuple[int, int, str]]


@dataclass(frozen=True)
class Changes:
    """How many people applying a file would add, give another manager, or take out."""

    added: int
    moved: int
    removed: int


@dataclass(frozen=True)
class UploadCheck:
    """What the page says about a file. Without ``token`` it cannot be applied.

    ``changes`` is None before the first roster and while the check is not complete.
    """

    checked: CheckedFile
    found: LookupResult = field(default_factory=LookupResult)
    changes: Changes | None = None
    is_unchanged: bool = False
    is_too_long: bool = False
    token: str = ""

    @property
    def notes(self) -> list[str]:
        """What is to be known about the file as a whole, in the active language."""
        notes = [*_unanswered(self.found), *_as_written(self.found)]
        if self.is_unchanged:
            notes.append(gettext("This file says the same as the roster in use: there is nothing to apply."))
        if self.is_too_long:
            notes.append(gettext("The names are too long to apply this file. Leave the column name out."))
        if self.changes:
            notes.append(_comparison(self.changes))
        return notes


@dataclass(frozen=True)
class RosterInUse:
    """The roster in use, with its number of people and managers."""

    roster: Roster
    people: int
    managers: int


class _MessagePack:
    """How the signed rows are written: smaller than JSON, and names stay as they are."""

    def dumps(self, value: object) -> bytes:
        return msgspec.msgpack.encode(value)

    def loads(self, data: bytes) -> SignedFile:
        return msgspec.msgpack.decode(data, type=SignedFile)


def roster_in_use() -> RosterInUse | None:
    """The newest roster; None before the first one."""
    roster = Roster.objects.select_related("uploaded_by").first()
    if roster is None:
        return None
    managers = roster.entries.values("manager_id").distinct().count()
    return RosterInUse(roster, roster.entries.count(), managers)


def check_upload(file: RosterFile, file_name: str, brightspace: Gateway) -> UploadCheck:
    """Check a file as the admin who is ``brightspace``; nothing is stored. Raises SignInExpired only."""
    found = look_up(brightspace, values_to_look_up(file))
    checked = check_file(file, found)
    newest = Roster.objects.first()
    if found.unanswered or not checked.entries:
        return UploadCheck(checked, found)
    before, after = _rows_of(newest), {entry.person_id: (entry.manager_id, entry.name) for entry in checked.entries}
    if before == after:
        return UploadCheck(checked, found, is_unchanged=True)
    rows = [(entry.person_id, entry.manager_id, entry.name) for entry in checked.entries]
    signed = SignedFile(file_name[:255], checked.left_out, newest.pk if newest else None, rows)
    token = signing.dumps(signed, salt=_salt(brightspace.person_id), serializer=_MessagePack, compress=True)
    if len(token) > MAX_TOKEN_LENGTH:
        return UploadCheck(checked, found, is_too_long=True)
    return UploadCheck(checked, found, _changes(before, after) if before else None, token=token)


def apply_upload(token: str, admin: Person, *, without_bad: bool) -> Roster:
    """Put the checked rows in force in one transaction; earlier rosters stay. Raises NotApplied."""
    try:
        salt = _salt(admin.pk)
        file: SignedFile = signing.loads(token, salt=salt, serializer=_MessagePack, max_age=SECONDS_TO_DECIDE)
    except (signing.BadSignature, msgspec.DecodeError):
        raise NotApplied(_("This check is too old or was not made by you. Check the file again.")) from None
    if file.left_out and not without_bad:
        raise NotApplied(_("The file has rows with a problem. Correct them, or say that they are to be left out."))
    with transaction.atomic():
        # Two presses of one button queue up here, and the second finds the first one's roster in force.
        Person.objects.select_for_update().get(pk=admin.pk)
        newest = Roster.objects.first()
        if (newest.pk if newest else None) != file.roster_in_use:
            raise NotApplied(_("Another roster has been applied since this file was checked. Check it again."))
        roster = Roster.objects.create(uploaded_by=admin, file_name=file.file_name)
        entries = [RosterEntry(roster=roster, person_id=p, manager_id=m, name=name) for p, m, name in file.rows]
        RosterEntry.objects.bulk_create(entries, batch_size=500)
    return roster


def _salt(person_id: int) -> str:
    return f"roster checked by {person_id}"


def _rows_of(roster: Roster | None) -> Rows:
    if roster is None:
        return {}
    entries = roster.entries.values_list("person_id", "manager_id", "name")
    return {person: (manager, name) for person, manager, name in entries}


def _changes(before: Rows, after: Rows) -> Changes:
    moved = sum(1 for person in before.keys() & after.keys() if before[person][0] != after[person][0])
    return Changes(len(after.keys() - before.keys()), moved, len(before.keys() - after.keys()))


def _unanswered(found: LookupResult) -> list[str]:
    if not found.unanswered:
        return []
    template = ngettext(
        "Brightspace has not answered about %(count)s of the people named in the file. "
        "What it has told is remembered: check the same file again to go on.",
        "Brightspace has not answered about %(count)s of the people named in the file. "
        "What it has told is remembered: check the same file again to go on.",
        found.unanswered,
    )
    failure = [found.failure.message] if found.failure else []
    return [*failure, template % {"count": grouped(found.unanswered)}]


def _as_written(found: LookupResult) -> list[str]:
    if not found.as_written:
        return []
    template = ngettext(
        "%(count)s ids with a name were taken as written, without asking Brightspace.",
        "%(count)s ids with a name were taken as written, without asking Brightspace.",
        found.as_written,
    )
    return [template % {"count": grouped(found.as_written)}]


def _comparison(changes: Changes) -> str:
    template = gettext(
        "Compared with the roster in use: %(added)s added, %(moved)s with another manager, %(removed)s no longer in it."
    )
    return template % {
        "added": grouped(changes.added),
        "moved": grouped(changes.moved),
        "removed": grouped(changes.removed),
    }
