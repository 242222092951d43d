"""Corrections of plain JSON values before they are converted to blocks, by the types of the blocks' fields. Pure."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import inspect

Correction = Callable[[Any], Any]
Corrections = Sequence[tuple[inspect.Type, Correction]]
_LISTS = (inspect.ListType, inspect.VarTupleType, inspect.SetType, inspect.FrozenSetType)
_OBJECTS = (inspect.StructType, inspect.DictType)


def corrector(kind: Any, corrections: Corrections) -> Correction:
    """A function that corrects a JSON value which is to become a ``kind``, at any depth.

    Each value whose type is named in ``corrections`` is corrected. A null is deleted where the field has a default and
    takes no null. Objects are changed in place. Values that do not fit ``kind`` are left as they are.
    """
    return _Corrector(corrections).correction_for(inspect.type_info(kind))


class _Corrector:
    """Builds the correction for a type from the corrections of the types inside it."""

    def __init__(self, corrections: Corrections) -> None:
        self._corrections = corrections
        self._structs: dict[type, dict[str, Correction]] = {}

    def correction_for(self, kind: inspect.Type) -> Correction:
        for corrected, correction in self._corrections:
            if kind == corrected:
                return correction
        if isinstance(kind, inspect.UnionType):
            return self._union(kind)
        if isinstance(kind, inspect.StructType):
            return self._struct(kind)
        if isinstance(kind, _LISTS):
            inner = self.correction_for(kind.item_type)
            return lambda value: [inner(item) for item in value] if isinstance(value, list) else value
        if isinstance(kind, inspect.DictType):
            inner = self.correction_for(kind.value_type)
            return lambda value: {k: inner(v) for k, v in value.items()} if isinstance(value, dict) else value
        return _unchanged

    def _struct(self, kind: inspect.StructType) -> Correction:
        fields = self._structs.get(kind.cls)
        if fields is None:
            # Stored before it is filled: a block may contain blocks of its own type.
            fields = self._structs[kind.cls] = {}
            fields.update({field.encode_name: self.correction_for(field.type) for field in kind.fields})
        defaulted = {field.encode_name for field in kind.fields if not (field.required or _takes_null(field.type))}

        def correct(value: Any) -> Any:
            if isinstance(value, dict):
                for name in fields.keys() & value.keys():
                    if value[name] is None and name in defaulted:
                        del value[name]
                    else:
                        value[name] = fields[name](value[name])
            return value

        return correct

    def _union(self, kind: inspect.UnionType) -> Correction:
        """The correction of the member that fits the value; a text stays as it is if the union has a text type."""
        objects = [self.correction_for(each) for each in kind.types if isinstance(each, _OBJECTS)]
        lists = [self.correction_for(each) for each in kind.types if isinstance(each, _LISTS)]
        may_be_text = any(isinstance(each, inspect.StrType) for each in kind.types)
        plain = [correct for each, correct in self._corrections if each in kind.types and not may_be_text]

        def correct(value: Any) -> Any:
            candidates = objects if isinstance(value, dict) else lists if isinstance(value, list) else plain
            return candidates[0](value) if candidates else value

        return correct


def _takes_null(kind: inspect.Type) -> bool:
    members = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return any(isinstance(member, inspect.NoneType | inspect.AnyType) for member in members)


def _unchanged(value: Any) -> Any:
    return value
