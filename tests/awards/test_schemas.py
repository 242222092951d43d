"""The awards blocks: they have the keys of the document, and lose nothing when they are encoded and decoded."""

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
from portal.brightspace.codec.fields import Block
from portal.brightspace.codec.json import decode, encode
from tests.awards.blocks import award_update, issue_dates, new_association, new_award, new_certificate, new_issue
from tests.contract.documents import BLOCKS
from tests.contract.json_types import type_violations

ALL_BLOCKS = [each for each in vars(schemas).values() if isinstance(each, type) and issubclass(each, Block)]
NAMED_BLOCKS = [block for block in ALL_BLOCKS if block is not IssuedAwardsPage]  # in the document an ObjectListPage

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
VALUES: dict[type[inspect.Type], st.SearchStrategy[Any]] = {
    inspect.BoolType: st.booleans(),
    inspect.DateTimeType: moments,
    inspect.FloatType: st.floats(allow_nan=False, allow_infinity=False),
    inspect.IntType: st.integers(1, 2**53),
    inspect.NoneType: st.none(),
    inspect.StrType: texts,
}


def values_of(value_type: inspect.Type) -> st.SearchStrategy[Any]:
    """Any value of a type; fields that may be None sometimes are."""
    if isinstance(value_type, inspect.UnionType):
        return st.one_of([values_of(each) for each in value_type.types])
    if isinstance(value_type, inspect.VarTupleType):
        return st.lists(values_of(value_type.item_type), max_size=2).map(tuple)
    if isinstance(value_type, inspect.StructType):
        fields = {field.name: values_of(field.type) for field in value_type.fields}
        return st.fixed_dictionaries(fields).map(lambda values: value_type.cls(**values))
    return VALUES[type(value_type)]


@pytest.mark.parametrize("block", NAMED_BLOCKS, ids=lambda block: block.__name__)
def test_a_block_has_the_keys_of_the_document(block: type[Block]) -> None:
    documented = {name.rstrip("?").partition("@")[0] for name in BLOCKS[f"Awards.{block.__name__}"]}

    assert {field.encode_name for field in msgspec.structs.fields(block)} == documented


@pytest.mark.parametrize("block", ALL_BLOCKS, ids=lambda block: block.__name__)
@settings(max_examples=15)
@given(data=st.data())
def test_an_encoded_block_is_decoded_to_an_equal_one(block: type[Block], data: st.DataObject) -> None:
    value = data.draw(values_of(inspect.type_info(block)))
    encoded = encode(value)

    assert decode(encoded, block) == value
    assert set(msgspec.json.decode(encoded)) == {field.encode_name for field in msgspec.structs.fields(block)}


@pytest.mark.parametrize(
    "block", [new_award(), new_certificate(), award_update(), new_issue(), issue_dates(), new_association()]
)
def test_a_block_to_send_has_the_types_of_the_document(block: Block) -> None:
    assert type_violations(msgspec.json.decode(encode(block)), f"Awards.{type(block).__name__}") == []


def test_a_value_to_erase_is_sent_as_null() -> None:
    erased = IssuedAwardUpdate(issued_date=datetime(2026, 1, 2, tzinfo=UTC), expiry_date=None)

    assert encode(erased) == b'{"IssuedDate":"2026-01-02T00:00:00.000Z","ExpiryDate":null}'


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_data_is_decoded_to_an_issued_award_or_raises_a_decode_error(data: bytes) -> None:
    with suppress(msgspec.DecodeError):
        assert isinstance(decode(data, IssuedAward), IssuedAward)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(BLOCKS["Awards.IssuedAward"])), json_values))
def test_an_issued_award_with_values_of_any_type_is_decoded_or_raises_a_decode_error(value: dict[str, Any]) -> None:
    with suppress(msgspec.DecodeError):
        assert isinstance(decode(msgspec.json.encode(value), IssuedAward), IssuedAward)
