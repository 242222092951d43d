"""Overviews of courses."""

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, MAYA
from tests.sandbox.seeds.edge_cases import BREAKOUT
from tests.sandbox_checks.api_client import ApiClient


def test_overview_has_a_description_and_may_have_an_attachment(api: ApiClient) -> None:
    fire, safeguarding = (api.get(ANA, f"le/1.90/{unit}/overview").value for unit in (org.FIRE, org.SAFEGUARDING))
    assert fire == {
        "Description": {"Text": "What everybody must know.", "Html": "<p>What <em>everybody</em> must know.</p>"},
        "HasAttachment": True,
    }
    assert safeguarding["HasAttachment"] is False
    odd = api.get(BREAKOUT, f"le/1.90/{org.ODD_COURSE}/overview").value
    assert "<script>" in odd["Description"]["Html"]


def test_overview_of_a_course_without_one_is_empty(api: ApiClient) -> None:
    empty = api.get(ANA, f"le/1.90/{org.INFECTION}/overview").value
    assert empty == {"Description": {"Text": "", "Html": ""}, "HasAttachment": False}


def test_overview_attachment_is_a_file(api: ApiClient) -> None:
    reply = api.get(ANA, f"le/1.90/{org.FIRE}/overview/attachment")
    assert reply.value.startswith(b"%PDF")
    assert reply.headers["Content-Disposition"].startswith('attachment; filename="Fire safety handbook.pdf"')
    assert api.get(ANA, f"le/1.90/{org.SAFEGUARDING}/overview/attachment").status == 404
    assert api.get(ANA, f"le/1.90/{org.INFECTION}/overview/attachment").status == 404


def test_overviews_are_for_people_of_a_course_offering(api: ApiClient) -> None:
    for rest in ("overview", "overview/attachment"):
        assert api.get(MAYA, f"le/1.90/{org.FIRE}/{rest}").status == 403
        assert api.get(ADRIAN, f"le/1.90/{org.FIRE}/{rest}").status == 200
        assert api.get(MAYA, f"le/1.90/{org.WARD_TEAM}/{rest}").status == 404
        assert api.get(ANA, f"le/1.90/999999/{rest}").status == 404
        assert api.get(ANA, f"le/1.90/{org.FIRE}/{rest}/").status == 404
