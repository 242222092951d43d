"""Classlists of org units."""

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, INES, MAYA
from tests.sandbox_checks.api_client import ApiClient


def test_classlist_is_a_bare_list_with_its_own_spelling(api: ApiClient) -> None:
    path = f"le/1.90/{org.FIRE}/classlist/"
    people = api.get(ANA, path).value
    ana = next(one for one in people if one["Identifier"] == str(ANA))
    assert (ana["Username"], ana["ClasslistRoleDisplayName"]) == ("ana.novak", "Learner")
    assert api.get(MAYA, path).status == 403
    assert api.get(ANA, f"lp/1.50/{org.FIRE}/classlist/").status == 404


def test_paged_classlist_is_in_the_order_of_names(api: ApiClient) -> None:
    api.world.switches.page_size = 4
    path = f"le/1.90/{org.FIRE}/classlist/paged/"
    people = [one for page in api.pages(INES, path) for one in page]
    assert people == api.get(INES, f"le/1.90/{org.FIRE}/classlist/").value
    found = api.get(INES, path, searchTerm="nOvAk").value
    assert ([one["LastName"] for one in found["Objects"]], found["Next"]) == (["Novak"], None)
