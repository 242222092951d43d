"""Who in an org unit earns awards, with the first or the latest ten of each person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.api.award_blocks import award_page, decimal, issued_block
from tests.sandbox.api.award_configuration import SORT_FIELDS
from tests.sandbox.award_permissions import BOTH, asked_types, can_earn, permitted
from tests.sandbox.award_rights import AWARD_TYPES, SEE
from tests.sandbox.award_search import contains
from tests.sandbox.awards_model import IssuedAward
from tests.sandbox.issues import OLDEST_SHOWN, held_by
from tests.sandbox.permissions import require_org_unit
from tests.sandbox.routing import Call, action
from tests.sandbox.world import Person

_CLASSLIST = "/d2l/api/bas/(version)/orgunits/(orgUnitId)/classlist/"


@dataclass
class Row:
    """A person with all awards that count here, oldest first."""

    person: Person
    awards: list[IssuedAward]
    rank: int = 0

    @property
    def credits(self) -> float:
        """The sum of their credits."""
        return sum(one.credit or 0 for one in self.awards)


_KEYS: dict[str, Callable[[Row], Any]] = {
    "AwardCount": lambda row: len(row.awards),
    "FirstName": lambda row: (row.person.first_name or "").lower(),
    "LastName": lambda row: row.person.last_name.lower(),
    "CreditScore": lambda row: row.credits,
}


@action("GET", _CLASSLIST, since="1.1")
def award_classlist(call: Call) -> Answer:
    """Those who can earn awards in the org unit, sorted, filtered and in pages."""
    unit_id = require_org_unit(call).org_unit_id
    types = permitted(call, SEE, org_unit_id=unit_id, types=asked_types(call))
    with_expired, sort = call.boolean("includeExpired", False), _sort_field(call)
    members = _section(call, unit_id)
    rows = _rows(call, unit_id, types, sort, with_expired)
    ascending = call.boolean("sortFieldIsAscending", call.world.switches.classlist_sort_ascending)
    rows.sort(key=_KEYS[sort], reverse=not ascending)
    found = [
        row
        for row in rows
        if (members is None or row.person.person_id in members)
        and contains(call, row.person.first_name, row.person.last_name)
    ]
    latest = call.boolean("fetchLatest", False)
    return award_page(call, found, lambda row: _summary(call, row, types, with_expired, latest))


@action("GET", f"{_CLASSLIST}users/(userId)", since="1.1")
def award_classlist_user(call: Call) -> Answer:
    """One of those who can earn awards, with the ten oldest."""
    unit_id = require_org_unit(call).org_unit_id
    types = permitted(call, SEE, org_unit_id=unit_id, types=asked_types(call))
    sort, person_id = _sort_field(call), call.id("userId")
    if call.world.role_in(person_id, unit_id) is None:
        raise Refusal.not_found()
    for row in _rows(call, unit_id, types, sort, False):
        if row.person.person_id == person_id:
            return Answer(_summary(call, row, types, False, False))
    if call.world.switches.classlist_cannot_earn == "403":
        raise Refusal.not_authorized("Awards.EarnBadges", unit_id)
    raise Refusal.not_found()


def _rows(call: Call, unit_id: int, types: frozenset[int], sort: str, with_expired: bool) -> list[Row]:
    """Everybody who can earn awards of one of the types, by last then first name, with ranks."""
    world = call.world
    rows = [
        Row(world.people[one], held_by(world, one, types, org_unit_id=unit_id, with_expired=with_expired))
        for one in world.enrolled_in(unit_id)
        if any(can_earn(world, one, unit_id, award_type) for award_type in types)
    ]
    rows.sort(key=lambda row: (_KEYS["LastName"](row), _KEYS["FirstName"](row), row.person.person_id))
    _rank(rows, _KEYS[sort if sort == "CreditScore" else "AwardCount"], shared=world.switches.award_rank == "shared")
    return rows


def _rank(rows: Sequence[Row], score: Callable[[Row], float], *, shared: bool) -> None:
    """The most first; equals share a rank, or stand in the order of their names."""
    before: Row | None = None
    for place, row in enumerate(sorted(rows, key=score, reverse=True), 1):
        equal = shared and before is not None and score(before) == score(row)
        row.rank = before.rank if equal and before is not None else place
        before = row


def _summary(call: Call, row: Row, types: frozenset[int], with_expired: bool, latest: bool) -> dict[str, Any]:
    person = row.person
    shown = list(reversed(row.awards)) if latest else row.awards
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
            "Objects": [issued_block(call, one) for one in shown[:OLDEST_SHOWN]],
            "Next": _more(call, person, types, with_expired, latest) if len(shown) > OLDEST_SHOWN else None,
        },
    }


def _more(call: Call, person: Person, types: frozenset[int], with_expired: bool, latest: bool) -> str:
    """Where the person's other awards are."""
    query: dict[str, object] = {"orgUnitId": call.id("orgUnitId")}
    if len(types) < len(BOTH):
        query["awardType"] = next(name for name, number in AWARD_TYPES.items() if number in types)
    query["includeExpired"] = int(with_expired)
    # The older ones come first there, so that only the whole list has what the latest ten leave out.
    query["offset"] = 0 if latest else OLDEST_SHOWN
    return f"{call.host_url}/d2l/api/bas/{call.version}/issued/users/{person.person_id}/?{urlencode(query)}"


def _sort_field(call: Call) -> str:
    value = call.text("sortField")
    if value == "":
        return call.world.switches.classlist_sort_field
    for number, name in enumerate(SORT_FIELDS, 1):
        if value.lower() == name.lower() or value == str(number):
            return name
    raise Refusal.invalid_parameters(f"The value '{value}' is not valid for sortField.")


def _section(call: Call, unit_id: int) -> frozenset[int] | None:
    section_id = call.number("sectionId")
    if section_id is None:
        return None
    section = call.world.awards.sections.get(section_id)
    if section is None or section.org_unit_id != unit_id:
        raise Refusal.invalid_parameters("sectionId is no section of this org unit.")
    return section.member_ids
