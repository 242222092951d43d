"""Corrections of JSON values that do not quite fit the types of their fields."""

import msgspec
import pytest

from portal.brightspace.codec.fields import Block, Id
from portal.brightspace.codec.json import decode


class Leaf(Block, frozen=True, kw_only=True):
    leaf_id: Id
    name: str = "unnamed"
    weight: int | float = 0


class Tree(Block, frozen=True, kw_only=True):
    tree_id: Id
    title: str
    planted_by: Id | None = None
    rings: int = 1
    bark: str | None = "rough"
    first: Leaf | None = None
    leaves: tuple[Leaf, ...] = ()
    labels: dict[str, int] = {}
    is_cut: bool = False


FIELDS = {"TreeId": 1, "Title": "Oak"}
OAK = Tree(tree_id=1, title="Oak")


def read(**fields: object) -> Tree:
    return decode(msgspec.json.encode({**FIELDS, **fields}), Tree)


@pytest.mark.parametrize("name", ["Rings", "Leaves", "Labels", "IsCut", "PlantedBy", "First"])
def test_a_null_is_read_as_the_default(name: str) -> None:
    assert read(**{name: None}) == OAK


def test_a_null_stays_null_where_the_field_allows_it() -> None:
    assert read(Bark=None).bark is None


def test_nulls_are_accepted_at_any_depth() -> None:
    tree = read(First={"LeafId": 2, "Name": None}, Leaves=[{"LeafId": "3", "Weight": None}])

    assert tree.first == Leaf(leaf_id=2)
    assert tree.leaves == (Leaf(leaf_id=3),)


@pytest.mark.parametrize("name", ["TreeId", "Title"])
def test_a_null_where_there_is_no_default_is_an_error_with_its_place(name: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=name):
        read(**{name: None})


@pytest.mark.parametrize("zero", [0, "0", "", 0.0])
def test_a_zero_is_read_as_a_missing_optional_id(zero: object) -> None:
    assert read(PlantedBy=zero) == OAK


@pytest.mark.parametrize("wrong", [False, -1, "x", 1.5, [], {}])
def test_any_other_invalid_id_is_an_error(wrong: object) -> None:
    with pytest.raises(msgspec.ValidationError, match="PlantedBy"):
        read(PlantedBy=wrong)


def test_a_whole_number_may_have_a_fraction_of_zero() -> None:
    tree = read(Rings=110.0, Labels={"a": 2.0}, Leaves=[{"LeafId": 1, "Weight": 1.0}, {"LeafId": 2, "Weight": 1.5}])

    assert (tree.rings, tree.labels) == (110, {"a": 2})
    assert [leaf.weight for leaf in tree.leaves] == [1, 1.5]


@pytest.mark.parametrize("wrong", [1.5, "5", True, [5]])
def test_a_value_that_is_no_whole_number_is_an_error(wrong: object) -> None:
    with pytest.raises(msgspec.ValidationError, match="Rings"):
        read(Rings=wrong)
