"""The team page, from the browser to the sandbox."""

from django.test import Client

from tests.sandbox.server import Sandbox


def test_frame_names_everyone_after_one_round_trip(maya: Client, sandbox: Sandbox) -> None:
    page = maya.get("/team/").content.decode()

    assert page.count("data-person=") == 12
    assert [request.route for request in sandbox.control.requests()] == [
        "/d2l/api/le/(version)/auditing/auditors/(auditorId)/auditees/"
    ]


def test_figures_arrive_with_the_fragment(maya: Client, sandbox: Sandbox) -> None:
    part = maya.get("/team/?figures=0.0", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in part
    assert 'data-waiting="0"' in part
    assert "5.8 of 35 h" in part
