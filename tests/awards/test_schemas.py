"""The awards blocks: the document's own keys, and nothing lost on the way out and back."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import inspect

from awards import schemas
from awards.schemas import IssuedAward, IssuedAwardsPage, IssuedAwardUpdate
from portal.brightspace.codec.fields import Block, decode, encode
from tests.awards.calls import award, certificate, change, dates, new_issue, use
from tests.contract.documents import BLOCKS
from tests.contract.kinds import check

OURS = [kind for kind in vars(schemas).values() if isinstance(kind, type) and issubclass(kind, Block)]
NAMED = [kind for kind in OURS if kind is not IssuedAwardsPage]  # the document has that as an ObjectListPage

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
PLAIN: dict[type[inspect.Type], st.SearchStrategy[Any]] = {
    inspect.BoolType: st.booleans(),
    inspect.DateTimeType: moments,
    inspect.FloatType: st.floats(allow_nan=False, allow_infinity=False),
    inspect.IntType: st.integers(1, 2**53),
    inspect.NoneType: st.none(),
    inspect.StrType: texts,
}


def values_of(kind: inspect.Type) -> st.SearchStrategy[Any]:
    """Anything of this type, with and without what may be missing."""
    if isinstance(kind, inspect.UnionType):
        return st.one_of([values_of(each) for each in kind.types])
    if isinstance(kind, inspect.VarTupleType):
        return st.lists(values_of(kind.item_type), max_size=2).map(tuple)
    if isinstance(kind, inspect.StructType):
        fields = {field.name: values_of(field.type) for field in kind.fields}
        return st.fixed_dictionaries(fields).map(lambda values: kind.cls(**values))
    return PLAIN[type(kind)]


@pytest.mark.parametrize("kind", NAMED, ids=lambda kind: kind.__name__)
def test_a_block_has_the_keys_the_document_has(kind: type[Block]) -> None:
    documented = {name.rstrip("?").partition("@")[0] for name in BLOCKS[f"Awards.{kind.__name__}"]}

    assert {field.encode_name for field in msgspec.structs.fields(kind)} == documented


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
@settings(max_examples=15)
@given(data=st.data())
def test_nothing_of_a_block_is_lost_on_the_way_out_and_back(kind: type[Block], data: st.DataObject) -> None:
    block = data.draw(values_of(inspect.type_info(kind)))
    sent = encode(block)

    assert decode(sent, kind) == block
    assert set(msgspec.json.decode(sent)) == {field.encode_name for field in msgspec.structs.fields(kind)}


@pytest.mark.parametrize("block", [award(), certificate(), change(), new_issue(), dates(), use()])
def test_what_is_sent_is_what_the_document_takes(block: Block) -> None:
    assert check(msgspec.json.decode(encode(block)), f"Awards.{type(block).__name__}") == []


def test_what_null_erases_goes_out_as_null() -> None:
    erased = IssuedAwardUpdate(issued_date=datetime(2026, 1, 2, tzinfo=UTC), expiry_date=None)

    assert encode(erased) == b'{"IssuedDate":"2026-01-02T00:00:00.000Z","ExpiryDate":null}'


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_whatever_comes_for_an_issue_is_an_issue_or_a_decode_error(data: bytes) -> None:
    with suppress(msgspec.DecodeError):
        assert isinstance(decode(data, IssuedAward), IssuedAward)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(BLOCKS["Awards.IssuedAward"])), json_values))
def test_a_misshapen_issue_is_an_issue_or_a_decode_error(value: dict[str, Any]) -> None:
    with suppress(msgspec.DecodeError):
        assert isinstance(decode(msgspec.json.encode(value), IssuedAward), IssuedAward)
