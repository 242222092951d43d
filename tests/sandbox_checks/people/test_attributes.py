"""User attributes, in each shape of their switch."""

from typing import Any

import pytest

from tests.sandbox.seeds.demo_people import ADRIAN, ANA, INES, MAYA, PETER, ROSA
from tests.sandbox_checks.api_client import ApiClient

MANAGER = "maya.okafor"


@pytest.mark.parametrize(
    ("shape", "attribute"),
    [
        ("by_id", {"AttributeId": "7001", "Value": [MANAGER]}),
        ("by_name", {"Name": "Manager", "Value": MANAGER}),
        ("bare", {"Name": "Manager", "Value": MANAGER}),
    ],
)
def test_list_shapes_of_attributes_contain_the_manager(api: ApiClient, shape: Any, attribute: dict[str, Any]) -> None:
    api.world.switches.attributes_shape = shape

    value = api.get(ADRIAN, f"lp/1.49/attributes/users/{ANA}").value

    assert attribute in (value if shape == "bare" else value["Attributes"])


def test_object_shape_of_attributes_has_values_by_name(api: ApiClient) -> None:
    api.world.switches.attributes_shape = "object"

    assert api.get(ADRIAN, f"lp/1.49/attributes/users/{ANA}").value["Manager"] == MANAGER


def test_attribute_schemas_have_the_names_of_ids(api: ApiClient) -> None:
    found = {one["AttributeId"]: one["Name"] for one in api.get(MAYA, "lp/1.49/attributes/schemas/").value}

    assert found["7001"] == "Manager"


def test_attributes_are_read_by_managers_of_related_people_only(api: ApiClient) -> None:
    assert api.get(MAYA, f"lp/1.49/attributes/users/{ROSA}").status == 200
    assert api.get(PETER, f"lp/1.49/attributes/users/{ANA}").status == 403
    assert api.get(INES, f"lp/1.49/attributes/users/{ANA}").status == 403
    assert api.get(ANA, f"lp/1.49/attributes/users/{ANA}").status == 403


def test_attributes_are_read_by_administrators_only_by_switch(api: ApiClient) -> None:
    api.world.switches.managers_read_attributes = False

    assert api.get(MAYA, f"lp/1.49/attributes/users/{ANA}").status == 403
    assert api.get(ADRIAN, f"lp/1.49/attributes/users/{ANA}").status == 200
