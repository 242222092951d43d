"""Whether a JSON value is what a document says it is: every deviation, with its place.

A kind is written as in the documents, one or several with ``|`` between them: ``null``, ``string``, ``number``,
``boolean``, ``string:D2LID``, ``number:D2LID``, ``number:ENUM`` (any whole number: values are added over time),
``string:UTCDateTime``, ``string:AwardDateTime``, ``string:ISODate``, ``string:URL``, the literals ``0`` and ``1``,
``anything``, ``[kind]`` for an array, ``page of kind`` for an ObjectListPage, ``list of kind`` for either of the
two, or the name of a block. A field's name may end in ``?`` (it may be absent), in ``@1.72`` (it came with that
version) or in ``@unstable`` (it may come under that version only); ``*`` stands for fields of any name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any

from tests.contract.documents import BLOCKS

_UTC = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_AWARD = re.compile(r"U[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}")
_URL = re.compile(r"(https?://|/)\S*")
LARGEST_ID = 2**63 - 1


def check(value: Any, kind: str, version: str = "", where: str = "$") -> list[str]:
    """Every way in which ``value``, sent under ``version``, is not a ``kind``; none when it is one."""
    alternatives = [list(_deviations(value, each, version, where)) for each in kind.split("|")]
    return min(alternatives, key=len)


def _deviations(value: Any, kind: str, version: str, where: str) -> Iterator[str]:
    if kind in _PLAIN:
        if not _PLAIN[kind](value):
            yield f"{where}: {_shown(value)} is no {kind}"
    elif kind.startswith("["):
        yield from _array(value, kind[1:-1], version, where)
    elif kind.startswith("page of "):
        yield from _page(value, kind.removeprefix("page of "), version, where)
    elif kind.startswith("list of "):
        item = kind.removeprefix("list of ")
        yield from (
            _array(value, item, version, where) if isinstance(value, list) else _page(value, item, version, where)
        )
    else:
        yield from _block(value, kind, version, where)


def _array(value: Any, item: str, version: str, where: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{where}: {_shown(value)} is no array"
        return
    for place, each in enumerate(value):
        yield from check(each, item, version, f"{where}[{place}]")


def _page(value: Any, item: str, version: str, where: str) -> Iterator[str]:
    yield from _fields(value, {"Objects": f"[{item}]", "Next": "string|null"}, version, where)


def _block(value: Any, name: str, version: str, where: str) -> Iterator[str]:
    fields = BLOCKS[name]
    kinds = fields.get("Type", "").split(" or ")
    if len(kinds) > 1:
        chosen = kinds[value["Type"]] if isinstance(value, dict) and value.get("Type") in range(len(kinds)) else ""
        yield from _block(value, chosen, version, where) if chosen else [f"{where}: {_shown(value)} is no {name}"]
    else:
        yield from _fields(value, fields, version, where)


def _fields(value: Any, fields: Mapping[str, str], version: str, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where}: {_shown(value)} is no block"
        return
    known = set()
    for written, kind in fields.items():
        name, _, since = written.rstrip("?").partition("@")
        known.add(name)
        if name in value and not _may_come(since, version):
            yield f"{where}.{name}: came before version {since}"
        elif name in value:
            yield from check(value[name], kind, version, f"{where}.{name}")
        elif not (written.endswith("?") or since == "unstable" or name == "*" or not _may_come(since, version)):
            yield f"{where}.{name}: is missing"
    for name in value.keys() - known if "*" not in known else ():
        yield f"{where}.{name}: is unknown"


def _may_come(since: str, version: str) -> bool:
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
    def judge(value: Any) -> bool:
        return _matches(pattern)(value) and _exists(datetime.fromisoformat, value.strip("UZ"))

    return judge


def _exists(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


_PLAIN: dict[str, Callable[[Any], bool]] = {
    "anything": lambda value: True,
    "null": lambda value: value is None,
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "number": _is_number,
    "number:ENUM": _is_whole,
    "number:D2LID": lambda value: _is_whole(value) and 0 <= value <= LARGEST_ID,
    "string:D2LID": _matches(re.compile("0|[1-9][0-9]{0,18}")),
    "string:UTCDateTime": _is_moment(_UTC),
    "string:AwardDateTime": _is_moment(_AWARD),
    "string:ISODate": lambda value: isinstance(value, str) and len(value) == 10 and _exists(date.fromisoformat, value),
    "string:URL": _matches(_URL),
    "0": lambda value: _is_whole(value) and value == 0,
    "1": lambda value: _is_whole(value) and value == 1,
}
