"""Whether a JSON value has the type that a document gives: every violation, with its place in the value.

A type is written as in the documents, one or several with ``|`` between them: ``null``, ``string``, ``number``,
``boolean``, ``string:D2LID``, ``number:D2LID``, ``number:ENUM`` (any whole number: values are added over time),
``string:UTCDateTime``, ``string:AwardDateTime``, ``string:ISODate``, ``string:URL``, the literals ``0`` and ``1``,
``anything``, ``[type]`` for an array, ``page of type`` for an ObjectListPage, ``list of type`` for either of the two,
or the name of a block. The name of a field may end in ``?`` (it may be absent), in ``@1.72`` (it came with that
version) or in ``@unstable`` (it may come in that version only); ``*`` stands for fields of any name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any

from tests.contract.documents import BLOCKS

MAX_ID = 2**63 - 1
_UTC_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_AWARD_DATE = re.compile(r"U[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}")
_URL = re.compile(r"(https?://|/)\S*")
_MAX_SHOWN = 60  # characters of a value in a message


def type_violations(value: Any, json_type: str, version: str = "", place: str = "$") -> list[str]:
    """How ``value``, sent in ``version`` of the API, differs from ``json_type``; empty if it does not.

    Of several types, the one counts that it differs from least.
    """
    alternatives = [list(_violations(value, each, version, place)) for each in json_type.split("|")]
    return min(alternatives, key=len)


def _violations(value: Any, json_type: str, version: str, place: str) -> Iterator[str]:
    if json_type in _SIMPLE_TYPES:
        if not _SIMPLE_TYPES[json_type](value):
            yield f"{place}: {_shown(value)} is no {json_type}"
    elif json_type.startswith("["):
        yield from _array(value, json_type[1:-1], version, place)
    elif json_type.startswith("page of "):
        yield from _page(value, json_type.removeprefix("page of "), version, place)
    elif json_type.startswith("list of "):
        array_or_page = _array if isinstance(value, list) else _page
        yield from array_or_page(value, json_type.removeprefix("list of "), version, place)
    else:
        yield from _block(value, json_type, version, place)


def _array(value: Any, item_type: str, version: str, place: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{place}: {_shown(value)} is no array"
        return
    for index, item in enumerate(value):
        yield from type_violations(item, item_type, version, f"{place}[{index}]")


def _page(value: Any, item_type: str, version: str, place: str) -> Iterator[str]:
    yield from _fields(value, {"Objects": f"[{item_type}]", "Next": "string|null"}, version, place)


def _block(value: Any, name: str, version: str, place: str) -> Iterator[str]:
    """A block of its own, or one of several blocks, chosen by the number in its ``Type``."""
    fields = BLOCKS[name]
    choices = fields.get("Type", "").split(" or ")
    if len(choices) == 1:
        yield from _fields(value, fields, version, place)
    elif isinstance(value, dict) and value.get("Type") in range(len(choices)):
        yield from _block(value, choices[value["Type"]], version, place)
    else:
        yield f"{place}: {_shown(value)} is no {name}"


def _fields(value: Any, fields: Mapping[str, str], version: str, place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{place}: {_shown(value)} is no block"
        return
    names = set()
    for written, json_type in fields.items():
        name, _, since = written.rstrip("?").partition("@")
        names.add(name)
        if name in value and not _is_in_version(since, version):
            yield f"{place}.{name}: came before version {since}"
        elif name in value:
            yield from type_violations(value[name], json_type, version, f"{place}.{name}")
        elif _is_required(written, since) and name != "*" and _is_in_version(since, version):
            yield f"{place}.{name}: is missing"
    for name in value.keys() - names if "*" not in names else ():
        yield f"{place}.{name}: is unknown"


def _is_required(written: str, since: str) -> bool:
    return not written.endswith("?") and since != "unstable"


def _is_in_version(since: str, version: str) -> bool:
    """Whether a field that came with ``since`` may be in a response of ``version``."""
    if not since or version in ("", "unstable"):
        return True
    return since != "unstable" and _order(version) >= _order(since)


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_moment(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    def matches(value: Any) -> bool:
        return _matches(pattern)(value) and _can_be_read(datetime.fromisoformat, value.strip("UZ"))

    return matches


def _can_be_read(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and len(value) == len("2026-01-01") and _can_be_read(date.fromisoformat, value)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 1]}…"


_SIMPLE_TYPES: dict[str, Callable[[Any], bool]] = {
    "anything": lambda value: True,
    "null": lambda value: value is None,
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "number": _is_number,
    "number:ENUM": _is_whole,
    "number:D2LID": lambda value: _is_whole(value) and 0 <= value <= MAX_ID,
    "string:D2LID": _matches(re.compile("0|[1-9][0-9]{0,18}")),
    "string:UTCDateTime": _is_moment(_UTC_DATE),
    "string:AwardDateTime": _is_moment(_AWARD_DATE),
    "string:ISODate": _is_day,
    "string:URL": _matches(_URL),
    "0": lambda value: _is_whole(value) and value == 0,
    "1": lambda value: _is_whole(value) and value == 1,
}
