"""Routes and query strings: paths made of valid values only."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.brightspace.codec.fields import InvalidArgument
from portal.brightspace.endpoints.routes import Route
from portal.brightspace.endpoints.versions import Versions
from portal.brightspace.errors import Unsupported
from portal.brightspace.http.urls import QueryValue, is_api_path, with_query

VERSIONS = Versions(lp="1.63", le="1.84", bas="")
RECORDS = Route("le", "/cpd/record/user/(userId)")
ICON = Route("lp", "/library/icons/(fileName)")


def test_a_route_becomes_a_versioned_path() -> None:
    assert RECORDS.path(VERSIONS, userId="17") == "/d2l/api/le/1.84/cpd/record/user/17"
    assert Route("", "/versions/").path(VERSIONS) == "/d2l/api/versions/"
    assert (
        Route("le", "/(orgUnitId)/content/userprogress/", unstable=True).path(VERSIONS, orgUnitId=6609)
        == "/d2l/api/le/unstable/6609/content/userprogress/"
    )


@pytest.mark.parametrize("value", ["..", "1/../x", "1?x", "1%2e", "٣", 2**70, True, None, 0])
def test_an_invalid_id_is_refused_before_a_path_is_made(value: object) -> None:
    with pytest.raises(InvalidArgument, match="userId"):
        RECORDS.path(VERSIONS, userId=value)


@pytest.mark.parametrize("value", ["", ".", "..", "...", ". .", "a/b", "a\\b", "a\nb", "x" * 256, 7])
def test_an_invalid_name_is_refused_before_a_path_is_made(value: object) -> None:
    with pytest.raises(InvalidArgument, match="fileName"):
        ICON.path(VERSIONS, fileName=value)


@given(st.text())
def test_every_accepted_name_is_one_segment(name: str) -> None:
    try:
        path = ICON.path(VERSIONS, fileName=name)
    except InvalidArgument:
        return
    assert path.count("/") == "/d2l/api/lp/1.63/library/icons/".count("/")
    assert is_api_path(path)


def test_a_name_is_quoted() -> None:
    path = ICON.path(VERSIONS, fileName="gold star?.png#1")
    assert path.endswith("/gold%20star%3F.png%231")


@pytest.mark.parametrize("values", [{}, {"user_id": 1}, {"userId": 1, "orgUnitId": 2}])
def test_parameters_must_be_those_of_the_template(values: dict[str, int]) -> None:
    with pytest.raises(TypeError):
        RECORDS.path(VERSIONS, **values)


def test_a_product_the_site_lacks_is_unsupported() -> None:
    with pytest.raises(Unsupported, match="awards"):
        Route("bas", "/awards/").path(VERSIONS)


@pytest.mark.parametrize(("product", "template"), [("xx", "/a"), ("le", "a")])
def test_a_malformed_route_is_a_bug(product: str, template: str) -> None:
    with pytest.raises(ValueError, match="not a route"):
        Route(product, template)


def test_query_values_are_written_in_brightspaces_formats() -> None:
    query: dict[str, QueryValue] = {
        "limit": 20,
        "sortDateAscending": False,
        "startDate": datetime(2026, 1, 2, tzinfo=UTC),
        "orgUnitIdsCSV": [1, 22],
        "recordName": "A&B=c d/é",
        "categoryId": None,
    }
    assert with_query("/p", query) == (
        "/p?limit=20&sortDateAscending=false&startDate=2026-01-02T00%3A00%3A00.000Z"
        "&orgUnitIdsCSV=1,22&recordName=A%26B%3Dc%20d%2F%C3%A9"
    )
    assert with_query("/p", [("a", 1), ("a", 2)]) == "/p?a=1&a=2"
    assert with_query("/p") == "/p"


@pytest.mark.parametrize("value", [[], list(range(1, 102)), [0], "\ud800"])
def test_an_invalid_query_value_is_refused(value: QueryValue) -> None:
    with pytest.raises(InvalidArgument):
        with_query("/p", {"orgUnitIdsCSV": value})
