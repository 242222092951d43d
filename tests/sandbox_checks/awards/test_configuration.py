"""The caller's permissions for awards in a course."""

from __future__ import annotations

import pytest

from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ADRIAN, ANA, GRACE, INES, MAYA
from tests.sandbox_checks.api_client import ApiClient

VERBS = ("See", "Associate", "Earn", "Issue", "RevokeIssued", "ManageMy", "ManageAll")
LEAD_PERMISSIONS = ("AssociateAwards", "IssueAwards", "RevokeIssuedAwards", "DownloadOtherUsersCertificates")
LIBRARY_PERMISSIONS = ("ManageLibraryIcons", "ManageLibraryCertificateTemplates")


@pytest.mark.parametrize(
    ("caller", "granted"),
    [
        (ANA, {"SeeAwards", "EarnAwards"}),
        (GRACE, {"SeeAwards", *LEAD_PERMISSIONS}),
        (INES, {"SeeAwards", *LEAD_PERMISSIONS, "ManageMyAwards"}),
        (ADRIAN, {"SeeAwards", *LEAD_PERMISSIONS, "ManageMyAwards", "ManageAllAwards", *LIBRARY_PERMISSIONS}),
    ],
)
def test_configuration_has_the_callers_permissions_in_the_course(
    api: ApiClient, caller: int, granted: set[str]
) -> None:
    value = api.get(caller, f"bas/1.3/orgunits/{org.FIRE}/myConfiguration").value
    permissions = value["Permissions"]
    of_both_types = {name for name in permissions if name.endswith("Awards")}
    by_type = {name.replace("Awards", noun) for name in of_both_types for noun in ("Badges", "Certificates")}
    others = {*LIBRARY_PERMISSIONS, "DownloadOtherUsersCertificates"}
    assert permissions.keys() == of_both_types | by_type | others
    assert of_both_types == {f"{verb}Awards" for verb in VERBS}
    assert {name for name in permissions.keys() - by_type if permissions[name]} == granted
    assert all(permissions[name.replace("Awards", "Badges")] == permissions[name] for name in of_both_types)
    assert (value["DefaultClasslistSortField"], value["UserTimezone"]) == ("AwardCount", "Europe/London")
    assert value["DefaultIssuerContact"] == "awards@northfield.example"


def test_configuration_of_an_unknown_course_is_404(api: ApiClient) -> None:
    assert api.get(ANA, "bas/1.3/orgunits/99/myConfiguration").status == 404
    assert api.get(MAYA, f"bas/1.3/orgunits/{org.FIRE}/myConfiguration").status == 403
