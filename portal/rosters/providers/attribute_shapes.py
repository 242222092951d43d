"""Reading a person's user attributes, whose JSON no document and no recorded reply shows.

Understood are: a list of attributes, bare or below a field; an object of values by attribute; attributes named by name
or only by an id that the schemas translate; one value, a list of them, or text separated by commas.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

NAME_FIELDS = ("name", "attributename", "displayname")
ID_FIELDS = ("attributeid", "id", "schemaid", "key")
VALUE_FIELDS = ("value", "values", "attributevalue", "displayvalue")
LIST_FIELDS = ("attributes", "userattributes", "objects", "items")


def names_by_id(schemas: Any) -> dict[str, str]:
    """The name of each attribute by its id, from the reply to ``GET lp/attributes/schemas/``."""
    found = {}
    for schema in _attributes(schemas):
        if isinstance(schema, Mapping):
            fields = _with_folded_names(schema)
            names, ids = _present(fields, NAME_FIELDS), _present(fields, ID_FIELDS)
            found.update({str(each): str(name) for name in names for each in ids})
    return found


def attribute_values(attributes: Any, name: str, names: Mapping[str, str]) -> set[str]:
    """The values of the attribute called ``name``, in lower case; none for a reply that is not understood.

    ``attributes`` is the reply to ``GET lp/attributes/users/(userId)``, ``names`` are the schemas' names by id.
    """
    found: set[str] = set()
    for attribute in _attributes(attributes):
        if not isinstance(attribute, Mapping):
            continue
        fields = _with_folded_names(attribute)
        values = _present(fields, VALUE_FIELDS)
        names_and_ids = {str(key) for key in (*_present(fields, NAME_FIELDS), *_present(fields, ID_FIELDS))}
        names_and_ids |= {names[key] for key in names_and_ids if key in names}
        if values and name.casefold() in {each.casefold() for each in names_and_ids}:
            found |= set(_values(values[0]))
    return found | _values_in_object(attributes, name)


def _values_in_object(attributes: Any, name: str) -> set[str]:
    """The values in an object such as ``{"Manager": "maya.okafor"}``, the reply itself or below a field of it."""
    if not isinstance(attributes, Mapping):
        return set()
    fields = _with_folded_names(attributes)
    below = [inner for field in LIST_FIELDS if isinstance(inner := fields.get(field), Mapping)]
    objects = [fields, *(_with_folded_names(inner) for inner in below)]
    return {value for each in objects for value in _values(each.get(name.casefold()))}


def _attributes(reply: Any) -> Iterable[Any]:
    """The items of a list of attributes or schemas."""
    if isinstance(reply, list):
        return reply
    if isinstance(reply, Mapping):
        fields = _with_folded_names(reply)
        return next((fields[name] for name in LIST_FIELDS if isinstance(fields.get(name), list)), [])
    return []


def _values(value: Any) -> Iterator[str]:
    """The single values, in lower case, of whatever stands for an attribute's value."""
    if isinstance(value, Mapping):
        fields = _with_folded_names(value)
        value = _present(fields, ("username", "uniquename", "userid", "identifier", *VALUE_FIELDS))
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str | int) and not isinstance(each, bool):
            yield from (part for text in str(each).split(",") if (part := text.strip().casefold()))
        elif isinstance(each, Mapping):
            yield from _values(each)


def _with_folded_names(fields: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name).casefold(): value for name, value in fields.items()}


def _present(fields: Mapping[str, Any], names: Iterable[str]) -> list[Any]:
    """The values of the fields among ``names`` that are there and not empty, in that order."""
    return [fields[name] for name in names if fields.get(name) not in (None, "")]
