"""Who a value of a roster file may mean: what is known of a file's values so far. Pure."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from portal.brightspace import MAX_ID


class Key(StrEnum):
    """As what a value may name a person."""

    ID = "id"
    USER_NAME = "user_name"
    ORG_DEFINED_ID = "org_defined_id"


class Match(msgspec.Struct, frozen=True):
    """Somebody whom a value may mean, and as what it names them."""

    person_id: int
    name: str
    is_active: bool
    key: Key


class Lookup(msgspec.Struct):
    """What is known of a file's values so far. Values are in lower case, as Brightspace does not tell cases apart.

    ``matches`` has every person for each value that has been looked up; ``refusals`` the permission that a value's
    look-up asks for, or nothing. While all users are read page by page, ``cursor`` is the next page's.
    """

    matches: dict[str, list[Match]] = {}
    refusals: dict[str, str] = {}
    reads_list: bool = False
    cursor: str = ""
    pages: int = 0
    users: int = 0

    def missing(self, values: Mapping[str, str]) -> list[str]:
        """The values that are not looked up yet."""
        if self.reads_list:
            return list(values)
        return [value for value in values if value not in self.matches and value not in self.refusals]


def is_possible_id(value: str) -> bool:
    """Whether a value may be one of Brightspace's ids."""
    return value.isascii() and value.isdecimal() and value[0] != "0" and int(value) <= MAX_ID
