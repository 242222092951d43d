"""API versions: which one is chosen of those a site offers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.brightspace.codec.fields import InvalidArgument
from portal.brightspace.codec.json import decode
from portal.brightspace.endpoints.versions import ProductVersions, Versions, choose
from portal.brightspace.errors import Unsupported


def offered(**products: list[str]) -> list[ProductVersions]:
    everything = {"lp": ["1.63"], "le": ["1.97"], "bas": ["1.6"], **products}
    return [
        ProductVersions(product_code=code, supported_versions=tuple(versions)) for code, versions in everything.items()
    ]


def test_the_documented_answer_is_read() -> None:
    products = decode(
        b'[{"ProductCode":"lp","LatestVersion":"1.63","SupportedVersions":["1.9","1.63"]},'
        b'{"ProductCode":"le","LatestVersion":"1.84","SupportedVersions":["1.82","1.84"]},'
        b'{"ProductCode":"eP","LatestVersion":"2.5","SupportedVersions":["2.5"]}]',
        list[ProductVersions],
    )
    assert choose(products, {}) == Versions(lp="1.63", le="1.84", bas="")


@pytest.mark.parametrize(
    ("supported", "chosen"),
    [
        (["1.82", "1.84", "1.90"], "1.90"),
        (["1.90", "1.97", "1.98"], "1.97"),
        (["1.100", "1.99"], "1.100"),
        (["1.84", "1.100"], "1.84"),
        (["unstable", "1.85", "x", "1.٩"], "1.85"),
    ],
)
def test_the_highest_tested_version_is_chosen_by_number(supported: list[str], chosen: str) -> None:
    assert choose(offered(le=supported), {}).le == chosen


@given(st.sets(st.integers(84, 97), min_size=1), st.sets(st.integers(98, 300)))
def test_a_tested_version_is_preferred_to_any_newer_one(old: set[int], new: set[int]) -> None:
    products = offered(le=[f"1.{minor}" for minor in old | new])
    assert choose(products, {}).le == f"1.{max(old)}"


@pytest.mark.parametrize("supported", [["1.83"], ["1.9"], [], ["0.99"]])
def test_a_site_that_is_too_old_leads_to_an_error_with_the_needed_version(supported: list[str]) -> None:
    with pytest.raises(Unsupported, match=r"1\.84.*CPD"):
        choose(offered(le=supported), {})


def test_a_site_without_awards_has_versions_of_the_other_products() -> None:
    chosen = choose(offered(bas=["1.0"]), {})
    assert (chosen.of("le"), chosen.bas) == ("1.97", "")
    with pytest.raises(Unsupported, match="awards"):
        chosen.of("bas")


def test_an_override_is_used_whatever_is_offered() -> None:
    assert choose(offered(le=["1.1"]), {"le": "1.86"}).le == "1.86"
    assert choose([], {"le": "1.86", "lp": "1.50"}) == Versions(lp="1.50", le="1.86", bas="")


@pytest.mark.parametrize("version", ["latest", "1", "1.84/../x", "1.84\n"])
def test_an_invalid_override_is_refused(version: str) -> None:
    with pytest.raises(InvalidArgument, match="le"):
        choose(offered(), {"le": version})
