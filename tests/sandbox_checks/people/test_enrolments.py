"""Enrolments, and completion of whole courses."""

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, GRACE, INES, JUN, MAYA, OTTO, PETER, ROSA, TOMAS
from tests.sandbox_checks.api_client import ApiClient

MINE = "lp/1.50/enrollments/myenrollments/"


def test_own_enrolments_have_org_unit_access_and_pin(api: ApiClient) -> None:
    items = api.get(ANA, MINE).value["Items"]
    fire = next(item for item in items if item["OrgUnit"]["Id"] == org.FIRE)
    assert fire["OrgUnit"]["Type"] == {
        "Id": 3,
        "Code": "Course Offering",
        "Name": "Course Offering",
    }
    assert fire["Access"]["ClasslistRoleName"] == "Learner"
    assert fire["Access"]["CanAccess"] is True
    assert fire["PinDate"] is None
    assert org.ORGANISATION_ID in [item["OrgUnit"]["Id"] for item in items]


def test_own_enrolments_are_filtered_by_type_activity_and_access(api: ApiClient) -> None:
    def ids(**query: object) -> list[int]:
        return [item["OrgUnit"]["Id"] for item in api.get(ANA, MINE, **query).value["Items"]]

    api.world.org_units[org.FIRE].is_active = False
    assert ids(orgUnitTypeId="1,4") == [org.ORGANISATION_ID, org.WARD_TEAM]
    assert org.FIRE not in ids(isActive="true")
    assert ids(isActive="false") == [org.FIRE]
    assert org.LAST_YEAR in ids(isActive="true")
    assert org.LAST_YEAR not in ids(canAccess="true")
    assert org.LAST_YEAR not in ids(startDateTime="2026-11-01T00:00:00.000Z")


def test_own_enrolments_are_sorted_both_ways_and_paged_in_that_order(api: ApiClient) -> None:
    def names(sort: str) -> list[str]:
        pages = api.result_set_pages(ANA, MINE, sortBy=sort, orgUnitTypeId="3")
        return [item["OrgUnit"]["Name"] for page in pages for item in page]

    api.world.switches.page_size = 2
    assert names("OrgUnitName") == sorted(names("OrgUnitName"))
    assert names("-OrgUnitName") == names("OrgUnitName")[::-1]
    assert len(names("OrgUnitName")) == 5
    assert api.get(ANA, MINE, sortBy="Colour").status == 400


def test_date_without_milliseconds_is_refused(api: ApiClient) -> None:
    assert api.get(ANA, MINE, startDateTime="2026-11-01T00:00:00Z").status == 400


def test_org_units_of_a_report_are_paged_and_filtered_by_role(api: ApiClient) -> None:
    path = f"lp/1.50/enrollments/users/{ANA}/orgUnits/"
    api.world.switches.page_size = 2
    units = [item for page in api.result_set_pages(MAYA, path, orgUnitTypeId="3") for item in page]
    assert [item["OrgUnit"]["Id"] for item in units] == sorted([*org.MANDATORY, org.LAST_YEAR])
    assert units[0]["Role"] == {"Id": 103, "Code": "Learner", "Name": "Learner"}
    assert api.get(MAYA, path, roleId=102).value["Items"] == []


def test_org_units_of_others_are_refused_to_learners_and_strangers(api: ApiClient) -> None:
    def status(caller: int, person: int) -> int:
        return api.get(caller, f"lp/1.50/enrollments/users/{person}/orgUnits/").status

    assert [status(MAYA, ROSA), status(GRACE, TOMAS), status(INES, TOMAS)] == [200] * 3
    assert [status(ANA, TOMAS), status(OTTO, ANA), status(PETER, ANA)] == [403] * 3


def test_users_of_an_org_unit_have_string_ids_and_are_paged(api: ApiClient) -> None:
    path = f"lp/1.50/enrollments/orgUnits/{org.FIRE}/users/"
    api.world.switches.page_size = 5
    users = [item for page in api.result_set_pages(INES, path) for item in page]
    assert {item["User"]["Identifier"] for item in users} == {
        str(person_id) for person_id in api.world.enrolled_in(org.FIRE)
    }
    assert len(users) == len(api.world.enrolled_in(org.FIRE))
    assert [i["User"]["UserName"] for i in api.get(INES, path, roleId=102).value["Items"]] == ["ines.tructor"]
    assert api.get(ANA, path).status == 403


def test_one_enrolment_has_numeric_ids_or_is_404(api: ApiClient) -> None:
    path = f"lp/1.50/enrollments/orgUnits/{org.FIRE}/users"
    expected = {"OrgUnitId": org.FIRE, "UserId": ANA, "RoleId": 103, "IsCascading": False}
    assert api.get(MAYA, f"{path}/{ANA}").value == expected
    assert api.get(INES, f"{path}/{MAYA}").status == 404
    assert api.get(INES, f"{path}/{ANA}/").status == 404


def test_course_completion_is_read_by_auditors_and_set_by_instructors(api: ApiClient) -> None:
    path = f"lp/1.50/enrollments/orgUnits/{org.FIRE}/users/{JUN}/completion"
    assert api.get(MAYA, path).value == {
        "Completion": True,
        "CompletionDate": "2026-11-07T00:00:00.000Z",
    }
    assert api.send("PUT", MAYA, path, body={"Completion": False}).status == 403
    assert api.send("PUT", INES, path, body={"Completion": "no"}).status == 400
    assert api.send("PUT", INES, path, body={"Completion": False}).value == {
        "Completion": False,
        "CompletionDate": None,
    }
    assert api.get(JUN, path).value["Completion"] is False
