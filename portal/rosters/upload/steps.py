"""The steps of checking an uploaded roster: read the file, look its values up, compare it with the roster in use.

Each step stores what it found, so that a check goes on where it stopped, in another request or on another day's visit.
A step is stored only if no other request has changed the check meanwhile.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from portal.accounts.models import Person
from portal.brightspace.errors import BrightspaceError
from portal.brightspace.gateway import Gateway
from portal.rosters.models import CHECK_LIFETIME, Roster, RosterCheck
from portal.rosters.upload.check import Entry, check_file, values_of
from portal.rosters.upload.comparison import Comparison, Place, compare
from portal.rosters.upload.lookup import continue_lookup, new_lookup
from portal.rosters.upload.matches import Lookup
from portal.rosters.upload.reading.columns import NotARoster
from portal.rosters.upload.reading.roster_file import EncodingUnclear, read_roster_file
from portal.rosters.upload.reading.rows import RosterFile
from portal.rosters.upload.storage import compress, decompress, pack, unpack

STEP_SECONDS = 8.0  # of looking people up, then the page shows how far it got


def own_checks(admin: Person) -> Iterable[RosterCheck]:
    """An admin's checks of the last day, the newest first, without what they contain. Older ones are deleted."""
    RosterCheck.objects.filter(created_at__lt=timezone.now() - CHECK_LIFETIME).delete()
    return RosterCheck.objects.filter(admin=admin).only("file_name", "created_at", "state")


def own_check(admin: Person, check_id: int) -> RosterCheck | None:
    """One of an admin's checks of the last day."""
    since = timezone.now() - CHECK_LIFETIME
    return RosterCheck.objects.filter(pk=check_id, admin=admin, created_at__gte=since).first()


def start_check(admin: Person, file_name: str, content: bytes) -> RosterCheck:
    """Read an uploaded file and store it. Raises NotARoster."""
    check = RosterCheck(admin=admin, file_name=file_name[:255], content=compress(content))
    try:
        _set_file(check, _read(content))
    except EncodingUnclear:
        check.state = RosterCheck.State.ENCODING
    check.save()
    return check


def read_again(check: RosterCheck, encoding: str) -> None:
    """Read a file in the encoding that the admin says. Raises NotARoster."""
    _set_file(check, _read(decompress(check.content), encoding))
    _store(check, "state", "file", "lookup")


def continue_check(check: RosterCheck, brightspace: Gateway) -> BrightspaceError | None:
    """Look up what is missing; once that is all, compare. Returns what Brightspace had against it, if anything.

    Raises SignInExpired only.
    """
    file, lookup = unpack(check.file, RosterFile), unpack(check.lookup, Lookup)
    values = values_of(file)
    failure = continue_lookup(brightspace, values, lookup)
    check.lookup = pack(lookup)
    if lookup.missing(values):
        _store(check, "lookup")
    else:
        _compare(check, file, lookup)
    return failure


def accept_names(check: RosterCheck, accepts: bool) -> None:
    """Use Brightspace's names for rows that have somebody else's, or leave these rows out; and compare again."""
    check.accepts_names = accepts
    compare_again(check)


def compare_again(check: RosterCheck) -> None:
    """Compare a file whose people are known with the roster that is in use now."""
    _compare(check, unpack(check.file, RosterFile), unpack(check.lookup, Lookup))


def places_in_use() -> tuple[int, dict[int, Place]]:
    """The id of the roster in use, 0 for none, and everybody's place in it."""
    roster = Roster.objects.first()
    if roster is None:
        return 0, {}
    entries = roster.entries.values_list("person_id", "manager_id", "name", "manager_name", "is_active")
    return roster.pk, {
        person_id: Place(manager_id, name, manager_name, is_active)
        for person_id, manager_id, name, manager_name, is_active in entries
    }


def _read(content: bytes, encoding: str = "") -> RosterFile:
    file = read_roster_file(content, encoding)
    if not file.rows:
        raise NotARoster(_("The file has headings but no rows."))
    return file


def _set_file(check: RosterCheck, file: RosterFile) -> None:
    check.file = pack(file)
    check.lookup = pack(new_lookup(values_of(file)))
    check.state = RosterCheck.State.LOOKUP


def _compare(check: RosterCheck, file: RosterFile, lookup: Lookup) -> None:
    found, entries = check_file(file, lookup, accepts_names=check.accepts_names)
    check.compared_with, before = places_in_use()
    comparison = compare(before, _places(entries)) if entries else Comparison(len(before))
    check.found, check.entries, check.comparison = pack(found), pack(entries), pack(comparison)
    check.state = RosterCheck.State.CHECKED
    fields = ("state", "accepts_names", "lookup", "found", "entries", "comparison", "compared_with")
    _store(check, *fields)


def _places(entries: Iterable[Entry]) -> dict[int, Place]:
    return {
        entry.person_id: Place(entry.manager_id, entry.name, entry.manager_name, entry.is_active) for entry in entries
    }


def _store(check: RosterCheck, *fields: str) -> None:
    """Store these fields, unless another request has changed the check since it was read."""
    unchanged = RosterCheck.objects.filter(pk=check.pk, version=check.version)
    values: dict[str, Any] = {name: getattr(check, name) for name in fields}
    if unchanged.exclude(state=RosterCheck.State.APPLIED).update(**values, version=F("version") + 1):
        check.version += 1
