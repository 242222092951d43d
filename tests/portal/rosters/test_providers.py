"""The roster providers: each source of the list of direct reports, chosen by one setting."""

import os
import subprocess
import sys

import pytest
from django.test import Client
from pytest_django import Settings

from portal.accounts.models import Person
from portal.brightspace.auth import oauth
from portal.rosters.models import Roster, RosterEntry
from portal.rosters.providers.attribute_shapes import attribute_values, names_by_id
from tests.conftest import ADRIAN, GRACE, HELENA, INES, MAYA, OTTO, SignIn
from tests.portal.team.reading import names, page_of, rows, text
from tests.sandbox.server import Sandbox

ATTRIBUTES = "/d2l/api/lp/(version)/attributes/users/(userId)"
SCHEMAS = "/d2l/api/lp/(version)/attributes/schemas/"
CLASSLIST = "/d2l/api/le/(version)/(orgUnitId)/classlist/"
WARD_TEAM, ROSA, PETER = "6700", 206, 109


def team_of(browser: Client) -> list[int]:
    return sorted(row.person_id for row in rows(page_of(browser.get("/team/"))))


@pytest.fixture
def ward_team(settings: Settings) -> Settings:
    settings.PORTAL_ROSTER, settings.PORTAL_ROSTER_ORG_UNIT = "org_unit", WARD_TEAM
    return settings


@pytest.fixture
def by_attribute(settings: Settings) -> Settings:
    settings.PORTAL_ROSTER, settings.PORTAL_ROSTER_ORG_UNIT = "attributes", WARD_TEAM
    return settings


@pytest.mark.parametrize(("person", "team"), [(MAYA, range(201, 213)), (HELENA, (MAYA, GRACE, PETER)), (OTTO, ())])
def test_auditors_are_the_default_and_list_whom_brightspace_says(
    sign_in: SignIn, person: int, team: tuple[int, ...]
) -> None:
    assert team_of(sign_in(person)) == list(team)


def test_somebody_who_may_not_audit_has_nobody_and_reads_what_to_ask_for(sign_in: SignIn) -> None:
    page = text(page_of(sign_in(201).get("/team/")))

    assert "Nobody is in your team yet" in page
    assert "ask your Brightspace administrator to add you as their auditor" in page


def test_an_org_unit_is_the_team_of_its_manager(ward_team: Settings, sign_in: SignIn, sandbox: Sandbox) -> None:
    maya = sign_in(MAYA)

    assert team_of(maya) == list(range(201, 213))
    assert [request.route for request in sandbox.control.requests()] == [CLASSLIST]


@pytest.mark.parametrize("person", [201, OTTO, INES, ADRIAN])
def test_an_org_unit_is_nobody_elses_team(ward_team: Settings, sign_in: SignIn, person: int) -> None:
    page = page_of(sign_in(person).get("/team/"))

    assert rows(page) == []
    assert "You do not hold the manager role in the group" in text(page)


def test_two_managers_of_an_org_unit_do_not_report_to_each_other(
    ward_team: Settings, sign_in: SignIn, sandbox: Sandbox
) -> None:
    sandbox.world.enrol(GRACE, int(WARD_TEAM), "manager")

    assert team_of(sign_in(GRACE)) == list(range(201, 213))


def test_the_manager_role_of_an_org_unit_is_a_setting(ward_team: Settings, sign_in: SignIn) -> None:
    ward_team.PORTAL_ROSTER_ROLE = "Team lead"

    assert team_of(sign_in(MAYA)) == []


@pytest.mark.parametrize("shape", ["by_id", "by_name", "object", "bare"])
def test_the_manager_attribute_makes_the_team_whatever_its_json_looks_like(
    by_attribute: Settings, sign_in: SignIn, sandbox: Sandbox, shape: str
) -> None:
    sandbox.control.set_switches(attributes_shape=shape)

    assert team_of(sign_in(MAYA)) == [person for person in range(201, 213) if person != ROSA]


def test_the_attributes_cost_one_call_for_each_member_once(
    by_attribute: Settings, sign_in: SignIn, sandbox: Sandbox
) -> None:
    maya = sign_in(MAYA)
    team_of(maya)
    requests = sandbox.control.requests()
    assert {request.route for request in requests} == {ATTRIBUTES, SCHEMAS, CLASSLIST}
    assert len(requests) == 12 + 2

    sandbox.control.clear_requests()
    team_of(maya)
    assert sandbox.control.requests() == []


def test_attributes_are_asked_for_with_their_own_scopes(by_attribute: Settings) -> None:
    scopes = set(oauth.scopes().split())

    assert {"attributes:users:read", "attributes:schemas:read", "enrollment:orgunit:read"} <= scopes


def test_a_member_whose_attributes_are_refused_is_left_out(
    by_attribute: Settings, sign_in: SignIn, sandbox: Sandbox
) -> None:
    sandbox.control.add_fault("forbidden", route=ATTRIBUTES, subject=201)

    assert team_of(sign_in(MAYA)) == [person for person in range(202, 213) if person != ROSA]


def test_the_page_names_the_permission_that_reading_attributes_needs(
    by_attribute: Settings, sign_in: SignIn, sandbox: Sandbox
) -> None:
    sandbox.control.set_switches(managers_read_attributes=False)
    answer = sign_in(MAYA).get("/team/")

    assert answer.status_code == 403
    assert "Attributes.SeeUserAttributes" in answer.content.decode()


def test_nobody_drops_out_of_a_team_because_brightspace_fails(
    by_attribute: Settings, sign_in: SignIn, sandbox: Sandbox
) -> None:
    fault = sandbox.control.add_fault("500", route=ATTRIBUTES, subject=201)
    maya = sign_in(MAYA)
    assert maya.get("/team/").status_code == 503

    sandbox.control.remove_fault(fault)
    assert 201 in team_of(maya)


def test_attributes_that_carry_their_name_serve_without_schemas(
    by_attribute: Settings, sign_in: SignIn, sandbox: Sandbox
) -> None:
    sandbox.control.set_switches(attributes_shape="by_name")
    sandbox.control.add_fault("forbidden", route=SCHEMAS)

    assert len(team_of(sign_in(MAYA))) == 11


@pytest.mark.parametrize(
    "reply",
    [
        [{"AttributeId": 7, "Value": "Maya.Okafor"}],
        {"Attributes": [{"AttributeId": "7", "Values": ["maya.okafor", "x"]}]},
        {"Objects": [{"Name": "manager", "Value": "x, maya.okafor"}], "Next": None},
        {"Items": [{"Id": 7, "AttributeValue": {"UserName": "maya.okafor"}}]},
        {"Manager": ["maya.okafor"]},
        {"UserAttributes": {"Manager": {"UserId": 101, "UserName": "maya.okafor"}}},
    ],
)
def test_every_plausible_shape_is_read(reply: object) -> None:
    names_known = names_by_id([{"AttributeId": "7", "Name": "Manager"}, {"AttributeId": 8, "Name": "Team"}])

    assert "maya.okafor" in attribute_values(reply, "Manager", names_known)
    assert attribute_values(reply, "Team", names_known) == set()


@pytest.mark.parametrize("reply", [None, 1, "Manager", [], {}, [None, [], 7], {"Attributes": None}, {"Manager": None}])
def test_an_unforeseen_shape_is_no_manager_and_no_crash(reply: object) -> None:
    assert attribute_values(reply, "Manager", names_by_id(reply)) == set()


def test_the_file_names_the_people_and_brightspace_decides_what_is_seen(
    settings: Settings, sign_in: SignIn, sandbox: Sandbox
) -> None:
    settings.PORTAL_ROSTER = "file"
    maya = sign_in(MAYA)
    roster = Roster.objects.create(uploaded_by=Person.objects.get(pk=MAYA), file_name="team.csv")
    RosterEntry.objects.create(roster=roster, person_id=231, manager_id=MAYA, name="Somebody of Peter's")

    [row] = rows(page_of(maya.get("/team/?wait=1")))

    assert (row.person_id, row.status) == (231, "not visible")


def test_switching_the_provider_counts_at_once(maya: Client, settings: Settings) -> None:
    assert len(names(page_of(maya.get("/team/?wait=1")))) == 12

    settings.PORTAL_ROSTER = "file"

    assert names(page_of(maya.get("/team/?wait=1"))) == []


@pytest.mark.parametrize("roster", ["org_unit", "attributes"])
@pytest.mark.parametrize("org_unit", ["", "ward", "6700x", "-1"])
def test_the_start_stops_when_a_provider_lacks_its_org_unit(roster: str, org_unit: str) -> None:
    environment = os.environ | {"PORTAL_ROSTER": roster, "PORTAL_ROSTER_ORG_UNIT": org_unit}
    started = subprocess.run(
        [sys.executable, "-c", "import portal.settings"], env=environment, capture_output=True, text=True, check=False
    )

    assert started.returncode != 0
    assert "PORTAL_ROSTER_ORG_UNIT must be the number" in started.stderr.splitlines()[-1]
