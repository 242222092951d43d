"""An admin's roster file on its way: checked, handed back signed, and put in force when the admin says so.

Between check and apply nothing is stored here: the checked rows travel in the form, signed for this admin.
"""

from dataclasses import dataclass, field

import msgspec
from django.core import signing
from django.db import transaction

from portal.accounts.models import Person
from portal.brightspace.gateway import Gateway
from portal.rosters.models import Roster, RosterEntry
from portal.rosters.upload.check import Checked, check, wanted
from portal.rosters.upload.csv_file import RosterFile
from portal.rosters.upload.lookup import Findings, look_up

SECONDS_TO_DECIDE = 3600
MAX_TOKEN_LENGTH = 1_900_000  # below the most that Django reads of a form
Rows = dict[int, tuple[int, str]]  # manager and name by person


class NotApplied(Exception):
    """A checked file that cannot be put in force; the message says why and what to do."""


class CheckedFile(msgspec.Struct, frozen=True):
    """What the form carries: good rows as person, manager and name; the roster in force at the check."""

    file_name: str
    left_out: int
    roster_in_use: int | None
    rows: list[tuple[int, int, str]]


@dataclass(frozen=True)
class UploadCheck:
    """What the page says about a file. Without ``token`` it cannot be applied."""

    checked: Checked
    notes: list[str] = field(default_factory=list)
    token: str = ""


@dataclass(frozen=True)
class RosterInUse:
    """The roster in use, with its number of people and managers."""

    roster: Roster
    people: int
    managers: int


class _Packed:
    """How the signed rows are written: smaller than JSON, and names stay as they are."""

    def dumps(self, value: object) -> bytes:
        return msgspec.msgpack.encode(value)

    def loads(self, data: bytes) -> CheckedFile:
        return msgspec.msgpack.decode(data, type=CheckedFile)


def roster_in_use() -> RosterInUse | None:
    """The newest roster; None before the first one."""
    roster = Roster.objects.select_related("uploaded_by").first()
    if roster is None:
        return None
    managers = roster.entries.values("manager_id").distinct().count()
    return RosterInUse(roster, roster.entries.count(), managers)


def check_upload(sheet: RosterFile, file_name: str, brightspace: Gateway) -> UploadCheck:
    """Check a file as the admin who is ``brightspace``; nothing is stored. Raises SignInExpired only."""
    findings = look_up(brightspace, wanted(sheet))
    checked = check(sheet, findings)
    newest = Roster.objects.first()
    notes = [*_unasked(findings), *_as_written(findings)]
    if findings.unasked or not checked.entries:
        return UploadCheck(checked, notes)
    before, after = _rows_of(newest), {entry.person_id: (entry.manager_id, entry.name) for entry in checked.entries}
    if before == after:
        return UploadCheck(
            checked, [*notes, "This file says the same as the roster in use: there is nothing to apply."]
        )
    rows = [(entry.person_id, entry.manager_id, entry.name) for entry in checked.entries]
    file = CheckedFile(file_name[:255], checked.left_out, newest.pk if newest else None, rows)
    token = signing.dumps(file, salt=_salt(brightspace.person_id), serializer=_Packed, compress=True)
    if len(token) > MAX_TOKEN_LENGTH:
        return UploadCheck(checked, [*notes, "The names are too long to apply this file. Leave the column name out."])
    return UploadCheck(checked, notes + _changes(before, after), token)


def apply_upload(token: str, admin: Person, *, without_bad: bool) -> Roster:
    """Put the checked rows in force in one transaction; earlier rosters stay. Raises NotApplied."""
    try:
        salt = _salt(admin.pk)
        file: CheckedFile = signing.loads(token, salt=salt, serializer=_Packed, max_age=SECONDS_TO_DECIDE)
    except (signing.BadSignature, msgspec.DecodeError):
        raise NotApplied("This check is too old or was not made by you. Check the file again.") from None
    if file.left_out and not without_bad:
        raise NotApplied("The file has rows with a problem. Correct them, or say that they are to be left out.")
    with transaction.atomic():
        # Two presses of one button queue up here, and the second finds the first one's roster in force.
        Person.objects.select_for_update().get(pk=admin.pk)
        newest = Roster.objects.first()
        if (newest.pk if newest else None) != file.roster_in_use:
            raise NotApplied("Another roster has been applied since this file was checked. Check it again.")
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


def _unasked(findings: Findings) -> list[str]:
    if not findings.unasked:
        return []
    so_far = (
        f"Brightspace has not answered about {findings.unasked:,} of the people named in the file. "
        "What it has told is remembered: check the same file again to go on."
    )
    return [*([findings.why_unasked] if findings.why_unasked else []), so_far]


def _as_written(findings: Findings) -> list[str]:
    number = findings.as_written
    return [f"{number:,} ids with a name were taken as written, without asking Brightspace."] if number else []


def _changes(before: Rows, after: Rows) -> list[str]:
    """What applying would change; nothing to compare with before the first roster."""
    if not before:
        return []
    moved = sum(1 for person in before.keys() & after.keys() if before[person][0] != after[person][0])
    added, gone = len(after.keys() - before.keys()), len(before.keys() - after.keys())
    parts = f"{added:,} added, {moved:,} with another manager, {gone:,} no longer in it"
    return [f"Compared with the roster in use: {parts}."]
