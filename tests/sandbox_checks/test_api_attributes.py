"""User attributes of the stand-in, in each shape the switch knows."""

from typing import Any

import pytest

from tests.sandbox.seeds.demo_people import ADRIAN, ANA, INES, MAYA, PETER, ROSA
from tests.sandbox_checks.api_client import Api

MANAGER = "maya.okafor"


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.mark.parametrize(
    ("shape", "attribute"),
    [
        ("by_id", {"AttributeId": "7001", "Value": [MANAGER]}),
        ("by_name", {"Name": "Manager", "Value": MANAGER}),
        ("bare", {"Name": "Manager", "Value": MANAGER}),
    ],
)
def test_a_list_shape_holds_the_manager(api: Api, shape: Any, attribute: dict[str, Any]) -> None:
    api.world.switches.attributes_shape = shape

    value = api.get(ADRIAN, f"lp/1.49/attributes/users/{ANA}").value

    assert attribute in (value if shape == "bare" else value["Attributes"])


def test_the_object_shape_names_values_by_attribute(api: Api) -> None:
    api.world.switches.attributes_shape = "object"

    assert api.get(ADRIAN, f"lp/1.49/attributes/users/{ANA}").value["Manager"] == MANAGER


def test_schemas_say_what_the_ids_mean(api: Api) -> None:
    found = {one["AttributeId"]: one["Name"] for one in api.get(MAYA, "lp/1.49/attributes/schemas/").value}

    assert found["7001"] == "Manager"


def test_a_manager_reads_the_attributes_of_people_near_them_only(api: Api) -> None:
    assert api.get(MAYA, f"lp/1.49/attributes/users/{ROSA}").status == 200
    assert api.get(PETER, f"lp/1.49/attributes/users/{ANA}").status == 403
    assert api.get(INES, f"lp/1.49/attributes/users/{ANA}").status == 403
    assert api.get(ANA, f"lp/1.49/attributes/users/{ANA}").status == 403


def test_by_switch_only_administrators_read_attributes(api: Api) -> None:
    api.world.switches.managers_read_attributes = False

    assert api.get(MAYA, f"lp/1.49/attributes/users/{ANA}").status == 403
    assert api.get(ADRIAN, f"lp/1.49/attributes/users/{ANA}").status == 200
