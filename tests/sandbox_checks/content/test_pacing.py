"""Pacing dates of courses and modules."""

from typing import Any

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import AMARA, ANA, INES, MAYA
from tests.sandbox_checks.api_client import ApiClient
from tests.sandbox_checks.content_blocks import FIRE, KNOW, ROUTES

PACING = f"{FIRE}pacing"
MODULE = f"{PACING}/modules/{KNOW}"


def data(start: Any, end: Any, **more: Any) -> dict[str, Any]:
    return {"StartDate": start, "EndDate": end, **more}


def pacing_of_module(api: ApiClient) -> tuple[str | None, str | None]:
    module = api.get(ANA, f"{FIRE}toc").value["Modules"][0]
    return module["PacingStartDate"], module["PacingEndDate"]


def test_pacing_is_initially_the_courses_own_dates(api: ApiClient) -> None:
    assert api.get(ANA, PACING).value == {"StartDate": None, "EndDate": None}
    teaching = api.get(AMARA, f"le/1.90/{org.TEACHING}/content/pacing").value
    assert teaching == {"StartDate": "2026-08-23", "EndDate": "2027-03-21"}


def test_pacing_reads_as_set_and_nulls_remove_it(api: ApiClient) -> None:
    path = f"le/1.90/{org.TEACHING}/content/pacing"
    reply = api.send("PUT", INES, path, body=data("2026-12-01", "2026-12-31", SkipWeekends=False))
    assert (reply.status, reply.value) == (200, b"")
    assert api.get(AMARA, path).value == {"StartDate": "2026-12-01", "EndDate": "2026-12-31"}
    api.send("PUT", INES, path, body=data("2026-12-01", None, SkipWeekends=False))
    assert api.get(AMARA, path).value == {"StartDate": "2026-12-01", "EndDate": None}
    api.send("PUT", INES, path, body=data(None, None, SkipWeekends=False))
    assert api.get(AMARA, path).value["StartDate"] == "2026-08-23"


def test_pacing_of_a_module_is_in_the_table_of_contents(api: ApiClient) -> None:
    reply = api.send("PUT", INES, MODULE, body=data("2026-12-01", "2026-12-06"))
    assert (reply.status, reply.value) == (200, b"")
    assert pacing_of_module(api) == ("2026-12-01", "2026-12-06")
    api.send("PUT", INES, MODULE, body=data(None, None))
    assert pacing_of_module(api) == (None, None)


def test_pacing_of_a_module_avoids_weekends_with_skip_weekends(api: ApiClient) -> None:
    api.send("PUT", INES, PACING, body=data("2026-11-01", "2027-01-31", SkipWeekends=True))
    # A Saturday and a Sunday; the Mondays after take their place.
    api.send("PUT", INES, MODULE, body=data("2026-12-05", "2026-12-13"))
    assert pacing_of_module(api) == ("2026-12-07", "2026-12-14")
    api.send("PUT", INES, MODULE, body=data("2026-12-04", "2026-12-07"))
    assert pacing_of_module(api) == ("2026-12-04", "2026-12-07")


@pytest.mark.parametrize(
    "body",
    [
        data("2026-12-02", "2026-12-01", SkipWeekends=True),
        data("2026-12-01T00:00:00.000Z", None, SkipWeekends=True),
        data("20261201", None, SkipWeekends=True),
        data("2026-02-30", None, SkipWeekends=True),
        data(20261201, None, SkipWeekends=True),
        [],
    ],
)
def test_pacing_with_invalid_dates_is_400(api: ApiClient, body: Any) -> None:
    assert api.send("PUT", INES, PACING, body=body).status == 400
    assert api.send("PUT", INES, MODULE, body=body).status == 400
    assert pacing_of_module(api) == (None, None)


@pytest.mark.parametrize("more", [{}, {"SkipWeekends": None}, {"SkipWeekends": "true"}])
def test_skip_weekends_is_true_or_false(api: ApiClient, more: dict[str, Any]) -> None:
    assert api.send("PUT", INES, PACING, body=data(None, None, **more)).status == 400


def test_pacing_is_set_by_content_managers_and_read_by_people_of_the_course(api: ApiClient) -> None:
    assert api.get(MAYA, PACING).status == 403
    for person_id in (ANA, MAYA):
        for path in (PACING, MODULE):
            assert api.send("PUT", person_id, path, body=data(None, None, SkipWeekends=False)).status == 403
    assert api.send("PUT", INES, f"{PACING}/modules/{ROUTES}", body=data(None, None)).status == 404
    assert api.get(ANA, f"{PACING}/").status == 404
