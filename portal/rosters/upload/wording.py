"""What a check says about a file as a whole, in the active language."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.rosters.upload.check import CheckedFile, InactivePerson
from portal.rosters.upload.comparison import Comparison
from portal.rosters.upload.messages import grouped
from portal.rosters.upload.reading.columns import DOCUMENTED
from portal.rosters.upload.reading.encodings import LABELS
from portal.rosters.upload.reading.rows import FileFacts, ProblemKind, Repaired
from portal.rosters.upload.reading.values import Repair
from portal.rosters.upload.reasons import name_of

MAX_NAMES = 20  # written out in one list


KINDS = {
    ProblemKind.MALFORMED: gettext_lazy("not a row of the table"),
    ProblemKind.VALUE: gettext_lazy("wrong value"),
    ProblemKind.UNKNOWN: gettext_lazy("nobody found"),
    ProblemKind.AMBIGUOUS: gettext_lazy("several people found"),
    ProblemKind.REFUSED: gettext_lazy("look-up refused"),
    ProblemKind.OTHER_NAME: gettext_lazy("somebody else’s name"),
    ProblemKind.OWN_MANAGER: gettext_lazy("own manager"),
    ProblemKind.TWO_MANAGERS: gettext_lazy("two managers"),
    ProblemKind.CIRCLE: gettext_lazy("circle of managers"),
}


def heading(found: CheckedFile, *, can_apply: bool) -> str:
    """What came of the check."""
    if not can_apply:
        return _("The file cannot be applied")
    return _("Some rows cannot be used") if found.left_out else _("The file can be applied")


def summary(found: CheckedFile) -> str:
    """How many rows, people, managers and problems there are."""
    counts = {
        "rows": _count(ngettext("%(count)s row read", "%(count)s rows read", found.rows), found.rows),
        "people": _count(ngettext("%(count)s person", "%(count)s people", found.people), found.people),
        "managers": _count(ngettext("%(count)s manager", "%(count)s managers", found.managers), found.managers),
    }
    if not found.left_out:
        return _("%(rows)s: %(people)s with %(managers)s. Nothing has been changed.") % counts
    template = ngettext("%(count)s row with a problem", "%(count)s rows with a problem", found.left_out)
    counts["problems"] = _count(template, found.left_out)
    return _("%(rows)s: %(people)s with %(managers)s, %(problems)s. Nothing has been changed.") % counts


def notes(file: FileFacts, found: CheckedFile) -> list[str]:
    """What needs no attention: how the file was read, who is at the top, what it says twice."""
    written = [*_columns(file), *_encoding(file), *(_repair(kind, each) for kind, each in file.repairs.items())]
    if found.at_the_top:
        template = ngettext(
            "%(count)s person is at the top, without a manager.",
            "%(count)s people are at the top, without a manager.",
            found.at_the_top,
        )
        written.append(_count(template, found.at_the_top))
    if found.repeated:
        template = ngettext(
            "%(count)s row says again what an earlier row says.",
            "%(count)s rows say again what an earlier row says.",
            found.repeated,
        )
        written.append(_count(template, found.repeated))
    return written


def changes(comparison: Comparison) -> str:
    """What applying the file would change, in numbers."""
    if comparison.is_same:
        return _("This file says the same as the roster in use: there is nothing to apply.")
    if not comparison.before:
        return _("No roster is in use yet, so everybody in the file is new.")
    template = _(
        "Compared with the roster in use: %(added)s added, %(moved)s with another manager, %(removed)s no longer in it."
    )
    return template % {
        "added": grouped(comparison.added),
        "moved": grouped(comparison.moved),
        "removed": grouped(comparison.removed),
    }


def confirmation(comparison: Comparison) -> str:
    """Why a number must be typed before the file is applied."""
    template = ngettext(
        "%(leaving)s of the %(before)s people in the roster in use would get another manager or leave it. "
        "Type %(leaving)s to confirm.",
        "%(leaving)s of the %(before)s people in the roster in use would get another manager or leave it. "
        "Type %(leaving)s to confirm.",
        comparison.leaving,
    )
    return template % {"leaving": grouped(comparison.leaving), "before": grouped(comparison.before)}


def inactive_person(person: InactivePerson) -> str:
    """Who is inactive, in which row, and of how many people they are the manager."""
    name = str(name_of(person.person_id, person.name))
    if person.row and not person.reports:
        return _("%(name)s (row %(row)s)") % {"name": name, "row": person.row}
    if person.row:
        template = ngettext(
            "%(name)s (row %(row)s), manager of %(count)s person",
            "%(name)s (row %(row)s), manager of %(count)s people",
            person.reports,
        )
        return template % {"name": name, "row": person.row, "count": grouped(person.reports)}
    template = ngettext(
        "%(name)s, manager of %(count)s person", "%(name)s, manager of %(count)s people", person.reports
    )
    return template % {"name": name, "count": grouped(person.reports)}


def names(people: Sequence[str]) -> str:
    """A list of names; of a long one the beginning, and how many more there are."""
    shown = ", ".join(people[:MAX_NAMES])
    if len(people) <= MAX_NAMES:
        return shown
    more = len(people) - MAX_NAMES
    template = ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", more)
    return template % {"names": shown, "count": grouped(more)}


def problems_heading(found: CheckedFile) -> str:
    """How many rows have a problem."""
    template = ngettext("%(count)s row has a problem", "%(count)s rows have a problem", found.left_out)
    return _count(template, found.left_out)


def other_names(count: int, *, accepted: bool) -> str:
    """How many rows seem to be about somebody else, and what becomes of them."""
    if accepted:
        template = ngettext(
            "%(count)s row names somebody else than Brightspace does. It is used, with Brightspace’s name.",
            "%(count)s rows name somebody else than Brightspace does. They are used, with Brightspace’s names.",
            count,
        )
    else:
        template = ngettext(
            "%(count)s row names somebody else than Brightspace does, so it is left out. Check whose number it is.",
            "%(count)s rows name somebody else than Brightspace does, so they are left out. "
            "Check whose numbers they are.",
            count,
        )
    return _count(template, count)


def other_names_action(count: int, *, accepted: bool) -> str:
    """The button that changes what becomes of these rows."""
    if accepted:
        return ngettext("Leave this row out", "Leave these rows out", count)
    return ngettext("Use this row all the same", "Use these rows all the same", count)


def differences_heading(count: int) -> str:
    """How many rows call somebody other than Brightspace does."""
    return _count(ngettext("%(count)s name differs", "%(count)s names differ", count), count)


def inactive_heading(count: int) -> str:
    """How many people are inactive."""
    template = ngettext(
        "%(count)s person is inactive in Brightspace", "%(count)s people are inactive in Brightspace", count
    )
    return _count(template, count)


def managers_heading(count: int) -> str:
    """How many managers gain or lose somebody."""
    template = ngettext("%(count)s manager gains or loses somebody", "%(count)s managers gain or lose somebody", count)
    return _count(template, count)


def leave_out(count: int) -> str:
    """The consent to apply a file without its bad rows."""
    template = ngettext("Leave out %(count)s row with a problem", "Leave out %(count)s rows with a problem", count)
    return _count(template, count)


def apply_label(count: int) -> str:
    """The button that applies a file."""
    return _count(ngettext("Apply %(count)s row", "Apply %(count)s rows", count), count)


def progress(done: int, total: int) -> str:
    """How far looking people up one by one has got."""
    template = _("%(done)s of the %(total)s people and managers in the file have been looked up.")
    return template % {"done": grouped(done), "total": grouped(total)}


def list_progress(users: int, found: int, total: int) -> str:
    """How far reading the list of all users has got."""
    template = _(
        "%(users)s users of Brightspace have been read. Among them are %(found)s of the %(total)s people and managers "
        "in the file."
    )
    return template % {"users": grouped(users), "found": grouped(found), "total": grouped(total)}


def unanswered(count: int) -> str:
    """How many people are not known yet."""
    template = ngettext(
        "Brightspace has not answered about %(count)s of the people named in the file.",
        "Brightspace has not answered about %(count)s of the people named in the file.",
        count,
    )
    return _count(template, count)


def _columns(file: FileFacts) -> Iterable[str]:
    headings = (file.person_heading, file.manager_heading)
    if tuple(heading.casefold() for heading in headings) != DOCUMENTED:
        template = _("The column “%(person)s” is read as the person, “%(manager)s” as the manager.")
        yield template % {"person": headings[0], "manager": headings[1]}


def _encoding(file: FileFacts) -> Iterable[str]:
    if file.encoding in LABELS and file.samples:
        quoted = ", ".join(_("“%(text)s”") % {"text": text} for text in file.samples)
        template = _("The file is not in Unicode. It was read as “%(encoding)s”: %(samples)s.")
        yield template % {"encoding": LABELS[file.encoding], "samples": quoted}


def _repair(kind: str, repaired: Repaired) -> str:
    match Repair(kind):
        case Repair.DECIMAL:
            template = ngettext(
                "%(count)s value was read as a whole number: “%(written)s” as “%(meant)s”.",
                "%(count)s values were read as whole numbers, such as “%(written)s” as “%(meant)s”.",
                repaired.count,
            )
        case Repair.FORMULA:
            template = ngettext(
                "%(count)s value was read as the text in a formula: “%(written)s” as “%(meant)s”.",
                "%(count)s values were read as the text in a formula, such as “%(written)s” as “%(meant)s”.",
                repaired.count,
            )
        case Repair.APOSTROPHE:
            template = ngettext(
                "%(count)s value was read without the apostrophe before it: “%(written)s” as “%(meant)s”.",
                "%(count)s values were read without the apostrophe before them, such as “%(written)s” as “%(meant)s”.",
                repaired.count,
            )
    return template % {"count": grouped(repaired.count), "written": repaired.written, "meant": repaired.meant}


def _count(template: str, count: int) -> str:
    return template % {"count": grouped(count)}
