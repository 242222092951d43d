"""Where Brightspace's JSON is not quite what its fields want, it is put right and nothing else is touched."""

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


WHOLE = {"TreeId": 1, "Title": "Oak"}
OAK = Tree(tree_id=1, title="Oak")


def read(**fields: object) -> Tree:
    return decode(msgspec.json.encode({**WHOLE, **fields}), Tree)


@pytest.mark.parametrize("name", ["Rings", "Leaves", "Labels", "IsCut", "PlantedBy", "First"])
def test_a_null_is_like_a_field_left_out(name: str) -> None:
    assert read(**{name: None}) == OAK


def test_a_null_that_a_field_takes_stays_a_null() -> None:
    assert read(Bark=None).bark is None


def test_nulls_are_taken_at_any_depth() -> None:
    found = read(First={"LeafId": 2, "Name": None}, Leaves=[{"LeafId": "3", "Weight": None}])

    assert found.first == Leaf(leaf_id=2)
    assert found.leaves == (Leaf(leaf_id=3),)


@pytest.mark.parametrize("name", ["TreeId", "Title"])
def test_a_null_where_there_is_no_default_is_an_error_with_its_place(name: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=name):
        read(**{name: None})


@pytest.mark.parametrize("nobody", [0, "0", "", 0.0])
def test_an_id_that_may_be_missing_is_missing_when_it_is_zero(nobody: object) -> None:
    assert read(PlantedBy=nobody) == OAK


@pytest.mark.parametrize("wrong", [False, -1, "x", 1.5, [], {}])
def test_any_other_id_that_is_none_is_an_error(wrong: object) -> None:
    with pytest.raises(msgspec.ValidationError, match="PlantedBy"):
        read(PlantedBy=wrong)


def test_whole_numbers_may_come_with_a_fraction_of_zero() -> None:
    found = read(Rings=110.0, Labels={"a": 2.0}, Leaves=[{"LeafId": 1, "Weight": 1.0}, {"LeafId": 2, "Weight": 1.5}])

    assert (found.rings, found.labels) == (110, {"a": 2})
    assert [leaf.weight for leaf in found.leaves] == [1, 1.5]


@pytest.mark.parametrize("wrong", [1.5, "5", True, [5]])
def test_what_is_no_whole_number_is_an_error(wrong: object) -> None:
    with pytest.raises(msgspec.ValidationError, match="Rings"):
        read(Rings=wrong)
