"""The one place that guesses how Brightspace writes a person's user attributes.

No document and no recorded reply shows the JSON of ``GET lp/attributes/users/(userId)``. All of these are
read: a list of attributes, bare or below a field; an object of values by attribute; attributes named by
name or only by an id that the schemas translate; one value, a list of them, or text separated by commas.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

NAME_FIELDS = ("name", "attributename", "displayname")
ID_FIELDS = ("attributeid", "id", "schemaid", "key")
VALUE_FIELDS = ("value", "values", "attributevalue", "displayvalue")
LIST_FIELDS = ("attributes", "userattributes", "objects", "items")


def names_by_id(schemas: Any) -> dict[str, str]:
    """What the schemas call each attribute, by its id."""
    found = {}
    for schema in _attributes(schemas):
        if isinstance(schema, Mapping):
            fields = _folded(schema)
            names, ids = _first(fields, NAME_FIELDS), _first(fields, ID_FIELDS)
            found.update({_text(each): _text(name) for name in names for each in ids})
    return found


def values_of(attributes: Any, wanted: str, names: Mapping[str, str]) -> set[str]:
    """The values of the attribute called ``wanted``, in lower case; none for a reply that cannot be understood."""
    found: set[str] = set()
    for attribute in _attributes(attributes):
        if not isinstance(attribute, Mapping):
            continue
        fields = _folded(attribute)
        values = _first(fields, VALUE_FIELDS)
        called = {_text(key) for key in (*_first(fields, NAME_FIELDS), *_first(fields, ID_FIELDS))}
        called |= {names[key] for key in called if key in names}
        if values and wanted.casefold() in {name.casefold() for name in called}:
            found |= set(_values(values[0]))
    return found | _by_name(attributes, wanted)


def _by_name(attributes: Any, wanted: str) -> set[str]:
    """The values in ``{"Manager": "maya.okafor"}``, as a whole or below a field."""
    if not isinstance(attributes, Mapping):
        return set()
    fields = _folded(attributes)
    below = [inner for name in LIST_FIELDS if isinstance(inner := fields.get(name), Mapping)]
    objects = [fields, *(_folded(inner) for inner in below)]
    return {value for each in objects for value in _values(each.get(wanted.casefold()))}


def _attributes(reply: Any) -> Iterable[Any]:
    if isinstance(reply, list):
        return reply
    if isinstance(reply, Mapping):
        fields = _folded(reply)
        return next((fields[name] for name in LIST_FIELDS if isinstance(fields.get(name), list)), [])
    return []


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        fields = _folded(value)
        value = _first(fields, ("username", "uniquename", "userid", "identifier", *VALUE_FIELDS))
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str | int) and not isinstance(each, bool):
            yield from (part for text in _text(each).split(",") if (part := text.strip().casefold()))
        elif isinstance(each, Mapping):
            yield from _values(each)


def _folded(fields: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name).casefold(): value for name, value in fields.items()}


def _first(fields: Mapping[str, Any], names: Iterable[str]) -> list[Any]:
    """The fields present among ``names``, in that order."""
    return [fields[name] for name in names if fields.get(name) not in (None, "")]


def _text(value: Any) -> str:
    return str(value)
