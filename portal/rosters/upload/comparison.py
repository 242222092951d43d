"""Comparing a checked file with the roster in use: who gains and who loses whom. Pure."""

from collections.abc import Mapping

import msgspec

SAFE_SHARE = 10  # of so many people of the roster in use one may move without a confirmation


class Place(msgspec.Struct, frozen=True):
    """Where somebody stands in a roster: under whom, if anybody, and with which names."""

    manager_id: int | None
    name: str
    manager_name: str = ""
    is_active: bool = True


class ManagerChange(msgspec.Struct):
    """Whom one manager gains and loses, by name."""

    manager_id: int
    name: str
    gains: list[str] = []
    loses: list[str] = []


class Comparison(msgspec.Struct):
    """What applying a file would change.

    ``before`` counts the people of the roster in use; of them ``moved`` get another manager or none, and ``removed``
    are no longer in it; ``added`` are new to it. ``is_same`` if nothing at all would change.
    """

    before: int = 0
    added: int = 0
    moved: int = 0
    removed: int = 0
    is_same: bool = False
    managers: list[ManagerChange] = []

    @property
    def leaving(self) -> int:
        """How many people would no longer be where they are."""
        return self.moved + self.removed

    @property
    def needs_confirmation(self) -> bool:
        """Whether more than a tenth of the people would no longer be where they are."""
        return self.leaving * SAFE_SHARE > self.before


def compare(before: Mapping[int, Place], after: Mapping[int, Place]) -> Comparison:
    """What changes from one roster to another, both by person; the managers with most changes first."""
    moved = [each for each in before.keys() & after.keys() if before[each].manager_id != after[each].manager_id]
    added, removed = after.keys() - before.keys(), before.keys() - after.keys()
    names = _manager_names(before) | _manager_names(after)
    managers: dict[int, ManagerChange] = {}
    for person_id in {*moved, *added}:
        if (manager_id := after[person_id].manager_id) is not None:
            change = managers.setdefault(manager_id, ManagerChange(manager_id, names[manager_id]))
            change.gains.append(after[person_id].name or str(person_id))
    for person_id in {*moved, *removed}:
        if (manager_id := before[person_id].manager_id) is not None:
            change = managers.setdefault(manager_id, ManagerChange(manager_id, names[manager_id]))
            change.loses.append(before[person_id].name or str(person_id))
    for change in managers.values():
        change.gains.sort()
        change.loses.sort()
    most_first = sorted(managers.values(), key=lambda each: (-len(each.gains) - len(each.loses), each.name))
    return Comparison(len(before), len(added), len(moved), len(removed), before == after, most_first)


def _manager_names(places: Mapping[int, Place]) -> dict[int, str]:
    return {place.manager_id: place.manager_name for place in places.values() if place.manager_id is not None}
