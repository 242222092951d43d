"""Why a value of a roster file means nobody, or nobody in particular. Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from portal.rosters.upload.matches import Key, Lookup, Match, is_possible_id
from portal.rosters.upload.messages import Message, joined
from portal.rosters.upload.reading.rows import ProblemKind

MAX_NAMED = 4
_MATCHED_BY = {
    Key.ID: _("%(name)s (id)"),
    Key.USER_NAME: _("%(name)s (user name)"),
    Key.ORG_DEFINED_ID: _("%(name)s (OrgDefinedId)"),
}


def problem_with(value: str, written: str, lookup: Lookup) -> tuple[ProblemKind, Message]:
    """What is wrong with a value that is not exactly one person; ``written`` is as the file has it."""
    if matches := lookup.matches.get(value):
        return ProblemKind.AMBIGUOUS, _ambiguous(written, matches)
    if value in lookup.refusals:
        return ProblemKind.REFUSED, _refused(written, lookup.refusals[value])
    return ProblemKind.UNKNOWN, _unknown(written)


def name_of(person_id: int, name: str) -> str | Message:
    """What to call a person in a message: by their number where Brightspace gives no name."""
    return name or Message(_("person %(person_id)s"), {"person_id": str(person_id)})


def _ambiguous(written: str, matches: Sequence[Match]) -> Message:
    people = {match.person_id: match for match in reversed(matches)}
    if [match.key for match in matches] == [Key.ID, Key.USER_NAME]:
        template = _(
            "Several people match “%(value)s”: it is the id of one and the user name of another "
            "(%(first)s and %(second)s). Write the other one of the two for the person you mean."
        )
        return Message(template, {"value": written, "first": _name_of(matches[0]), "second": _name_of(matches[1])})
    named = [Message(_MATCHED_BY[match.key], {"name": _name_of(match)}) for match in matches[:MAX_NAMED]]
    more = ["…"] if len(people) > MAX_NAMED else []
    template = _(
        "Several people match “%(value)s”: %(people)s. Write an id, user name or OrgDefinedId that only the person you "
        "mean has."
    )
    return Message(template, {"value": written, "people": joined([*named, *more], ", ")})


def _name_of(match: Match) -> str | Message:
    return name_of(match.person_id, match.name)


def _refused(written: str, permission: str) -> Message:
    if not permission:
        return Message(_("Brightspace does not let you look up “%(value)s”."), {"value": written})
    template = _("Brightspace does not let you look up “%(value)s”. It asks for the permission “%(permission)s”.")
    return Message(template, {"value": written, "permission": permission})


def _unknown(written: str) -> Message:
    if not written[0].isalnum():
        template = _(
            "Brightspace knows nobody with “%(value)s” as a user name or OrgDefinedId. It begins with the character "
            "%(character)s: remove it if it does not belong there."
        )
        return Message(template, {"value": written, "character": written[0]})
    if is_possible_id(written):
        return Message(
            _("Brightspace knows nobody with “%(value)s” as an id, user name or OrgDefinedId."), {"value": written}
        )
    return Message(_("Brightspace knows nobody with “%(value)s” as a user name or OrgDefinedId."), {"value": written})
