"""Plain JSON values put right before they become blocks, guided by the types of the blocks. Pure."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import inspect

Correction = Callable[[Any], Any]
Corrections = Sequence[tuple[inspect.Type, Correction]]
_LISTS = (inspect.ListType, inspect.VarTupleType, inspect.SetType, inspect.FrozenSetType)
_OBJECTS = (inspect.StructType, inspect.DictType)


def corrector(kind: Any, corrections: Corrections) -> Correction:
    """A function that applies, anywhere in a value of type ``kind``, the correction of each type named.

    It changes the lists and objects it is given: also, a null where a field knows only a default is taken out, so
    that the default holds. What does not look like ``kind`` is left as it is.
    """
    return _Corrector(corrections).of(inspect.type_info(kind))


class _Corrector:
    def __init__(self, corrections: Corrections) -> None:
        self._corrections = corrections
        self._structs: dict[type, dict[str, Correction]] = {}

    def of(self, kind: inspect.Type) -> Correction:
        for plain, correction in self._corrections:
            if kind == plain:
                return correction
        if isinstance(kind, inspect.UnionType):
            return self._union(kind)
        if isinstance(kind, inspect.StructType):
            return self._struct(kind)
        if isinstance(kind, _LISTS):
            inner = self.of(kind.item_type)
            return lambda value: [inner(item) for item in value] if isinstance(value, list) else value
        if isinstance(kind, inspect.DictType):
            inner = self.of(kind.value_type)
            return lambda value: {k: inner(v) for k, v in value.items()} if isinstance(value, dict) else value
        return _unchanged

    def _struct(self, kind: inspect.StructType) -> Correction:
        fields = self._structs.get(kind.cls)
        if fields is None:
            # Kept before it is filled: a block may contain its own kind.
            fields = self._structs[kind.cls] = {}
            fields.update({field.encode_name: self.of(field.type) for field in kind.fields})
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
        """The correction of whichever member has the value's shape; text that may be text stays."""
        objects = [self.of(each) for each in kind.types if isinstance(each, _OBJECTS)]
        lists = [self.of(each) for each in kind.types if isinstance(each, _LISTS)]
        may_be_text = any(isinstance(each, inspect.StrType) for each in kind.types)
        plain = [correct for each, correct in self._corrections if each in kind.types and not may_be_text]

        def correct(value: Any) -> Any:
            fitting = objects if isinstance(value, dict) else lists if isinstance(value, list) else plain
            return fitting[0](value) if fitting else value

        return correct


def _takes_null(kind: inspect.Type) -> bool:
    members = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return any(isinstance(member, inspect.NoneType | inspect.AnyType) for member in members)


def _unchanged(value: Any) -> Any:
    return value
