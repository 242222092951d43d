"""The classlist of awards: who in an org unit can earn awards, with the ten oldest or latest of each person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.sandbox.api.calls import Call
from tests.sandbox.api.permissions import require_org_unit
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.awards.blocks import award_page, decimal, issued_block
from tests.sandbox.awards.configuration import SORT_FIELDS
from tests.sandbox.awards.permissions import BOTH_TYPES, SEE, can_earn, permitted_types, requested_types
from tests.sandbox.awards.queries import contains, held_by
from tests.sandbox.models.awards import AWARD_TYPES, IssuedAward
from tests.sandbox.models.people import Person

_CLASSLIST = "/d2l/api/bas/(version)/orgunits/(orgUnitId)/classlist/"
AWARDS_PER_PERSON = 10


@dataclass
class ClasslistRow:
    """A person with the awards that count in the org unit, oldest first."""

    person: Person
    awards: list[IssuedAward]
    rank: int = 0

    @property
    def credits(self) -> float:
        """The sum of the awards' credits."""
        return sum(issued.credit or 0 for issued in self.awards)


@dataclass(frozen=True)
class _Selection:
    """Which awards of a person count and are shown."""

    types: frozenset[int]
    with_expired: bool = False
    latest_first: bool = False


_SORT_KEYS: dict[str, Callable[[ClasslistRow], Any]] = {
    "AwardCount": lambda row: len(row.awards),
    "FirstName": lambda row: (row.person.first_name or "").lower(),
    "LastName": lambda row: row.person.last_name.lower(),
    "CreditScore": lambda row: row.credits,
}


@action("GET", _CLASSLIST, since="1.1")
def award_classlist(call: Call) -> Response:
    """Everybody who can earn awards in the org unit, sorted, filtered and in pages."""
    unit_id = require_org_unit(call).org_unit_id
    types = permitted_types(call, SEE, org_unit_id=unit_id, types=requested_types(call))
    selection = _Selection(types, call.boolean("includeExpired", False), call.boolean("fetchLatest", False))
    sort_field, members = _sort_field(call), _section_members(call, unit_id)
    rows = _rows(call, unit_id, selection, sort_field)
    ascending = call.boolean("sortFieldIsAscending", call.world.switches.classlist_sort_ascending)
    rows.sort(key=_SORT_KEYS[sort_field], reverse=not ascending)
    found = [
        row
        for row in rows
        if (members is None or row.person.person_id in members)
        and contains(call, row.person.first_name, row.person.last_name)
    ]
    return award_page(call, found, lambda row: _summary(call, row, selection))


@action("GET", f"{_CLASSLIST}users/(userId)", since="1.1")
def award_classlist_user(call: Call) -> Response:
    """One person of the classlist; 404 for somebody not enrolled, 404 or 403 for somebody who cannot earn awards."""
    unit_id = require_org_unit(call).org_unit_id
    selection = _Selection(permitted_types(call, SEE, org_unit_id=unit_id, types=requested_types(call)))
    sort_field, person_id = _sort_field(call), call.id("userId")
    if call.world.role_in(person_id, unit_id) is None:
        raise ApiError.not_found()
    for row in _rows(call, unit_id, selection, sort_field):
        if row.person.person_id == person_id:
            return Response(_summary(call, row, selection))
    if call.world.switches.classlist_cannot_earn == "403":
        raise ApiError.not_authorized("Awards.EarnBadges", unit_id)
    raise ApiError.not_found()


def _rows(call: Call, unit_id: int, selection: _Selection, sort_field: str) -> list[ClasslistRow]:
    """Everybody who can earn awards of one of the types, by last name and first name, with ranks."""
    world = call.world
    rows = [
        ClasslistRow(
            world.people[person_id],
            held_by(world, person_id, selection.types, org_unit_id=unit_id, with_expired=selection.with_expired),
        )
        for person_id in world.enrolled_in(unit_id)
        if any(can_earn(world, person_id, unit_id, award_type) for award_type in selection.types)
    ]
    rows.sort(key=lambda row: (_SORT_KEYS["LastName"](row), _SORT_KEYS["FirstName"](row), row.person.person_id))
    score = _SORT_KEYS[sort_field if sort_field == "CreditScore" else "AwardCount"]
    _set_ranks(rows, score, shared=world.switches.award_rank == "shared")
    return rows


def _set_ranks(rows: Sequence[ClasslistRow], score: Callable[[ClasslistRow], float], *, shared: bool) -> None:
    """The highest score is rank 1; equal scores share a rank or are ranked in the order of ``rows``."""
    before: ClasslistRow | None = None
    for number, row in enumerate(sorted(rows, key=score, reverse=True), 1):
        is_tie = shared and before is not None and score(before) == score(row)
        row.rank = before.rank if is_tie and before is not None else number
        before = row


def _summary(call: Call, row: ClasslistRow, selection: _Selection) -> dict[str, Any]:
    person = row.person
    awards = list(reversed(row.awards)) if selection.latest_first else row.awards
    return {
        "UserId": person.person_id,
        "OrgUnitId": call.id("orgUnitId"),
        "ProfileImage": f"/d2l/api/lp/{call.versions['lp'][-1]}/profile/{person.profile_identifier}/image",
        "DisplayName": person.display_name,
        "FirstName": person.first_name or "",
        "LastName": person.last_name,
        "TotalAwardCount": len(row.awards),
        "TotalCreditCount": decimal(row.credits),
        "Rank": row.rank,
        "IssuedAwards": {
            "Objects": [issued_block(call, issued) for issued in awards[:AWARDS_PER_PERSON]],
            "Next": _next_url(call, person, selection) if len(awards) > AWARDS_PER_PERSON else None,
        },
    }


def _next_url(call: Call, person: Person, selection: _Selection) -> str:
    """The address of the person's remaining awards."""
    query: dict[str, object] = {"orgUnitId": call.id("orgUnitId")}
    if len(selection.types) < len(BOTH_TYPES):
        query["awardType"] = next(name for name, number in AWARD_TYPES.items() if number in selection.types)
    query["includeExpired"] = int(selection.with_expired)
    # That list has the oldest first, so only the whole of it has what the latest ten leave out.
    query["offset"] = 0 if selection.latest_first else AWARDS_PER_PERSON
    return f"{call.host_url}/d2l/api/bas/{call.version}/issued/users/{person.person_id}/?{urlencode(query)}"


def _sort_field(call: Call) -> str:
    value = call.text("sortField")
    if value == "":
        return call.world.switches.classlist_sort_field
    for number, name in enumerate(SORT_FIELDS, 1):
        if value.lower() == name.lower() or value == str(number):
            return name
    raise ApiError.invalid_parameters(f"The value '{value}' is not valid for sortField.")


def _section_members(call: Call, unit_id: int) -> frozenset[int] | None:
    """The people of the section asked for; None without one, 400 for another org unit's."""
    section_id = call.number("sectionId")
    if section_id is None:
        return None
    section = call.world.awards.sections.get(section_id)
    if section is None or section.org_unit_id != unit_id:
        raise ApiError.invalid_parameters("sectionId is no section of this org unit.")
    return section.member_ids
