"""What the caller may do with awards in an org unit, and how the tool is set up."""

from __future__ import annotations

from tests.sandbox.answers import Answer
from tests.sandbox.award_permissions import BOTH, holds, permitted
from tests.sandbox.award_rights import (
    ASSOCIATE,
    BADGE,
    CERTIFICATE,
    DOWNLOAD_OTHERS,
    EARN,
    ICON_LIBRARY,
    ISSUE,
    MANAGE,
    MANAGE_OWN,
    REVOKE,
    SEE,
    TEMPLATE_LIBRARY,
    right,
)
from tests.sandbox.permissions import require_org_unit
from tests.sandbox.routing import Call, action

SORT_FIELDS = ("AwardCount", "FirstName", "LastName", "CreditScore")
_NOUNS = {BADGE: "Badges", CERTIFICATE: "Certificates"}
_ICON_MAKER = "https://icons.northfield.example/new"


@action("GET", "/d2l/api/bas/(version)/orgunits/(orgUnitId)/myConfiguration", since="1.1")
def my_configuration(call: Call) -> Answer:
    """The caller's permissions in the org unit, and the tool's defaults."""
    unit_id = require_org_unit(call).org_unit_id
    permitted(call, SEE, org_unit_id=unit_id)
    switches, issuer = call.world.switches, call.world.awards.issuer
    return Answer(
        {
            "Permissions": _permissions(call, unit_id),
            "DefaultIssuerName": issuer[0],
            "DefaultIssuerUrl": issuer[1],
            "DefaultIssuerContact": issuer[2],
            "D2LProfileIntegrationEnabled": switches.profile_integration,
            "IconCreationUrl": _ICON_MAKER,
            "DefaultClasslistSortField": switches.classlist_sort_field,
            "DefaultClasslistSortAscending": switches.classlist_sort_ascending,
            "UserTimezone": call.world.time_zone,
        }
    )


def _permissions(call: Call, unit_id: int) -> dict[str, bool]:
    def has(permission: str) -> bool:
        return holds(call.world, call.person(), permission, unit_id)

    written = {
        SEE: "See",
        ASSOCIATE: "Associate",
        EARN: "Earn",
        ISSUE: "Issue",
        REVOKE: "RevokeIssued",
        MANAGE_OWN: "ManageMy",
        MANAGE: "ManageAll",
    }
    either = {f"{name}Awards": any(has(right(verb, one)) for one in BOTH) for verb, name in written.items()}
    by_type = {f"{name}{_NOUNS[one]}": has(right(verb, one)) for one in BOTH for verb, name in written.items()}
    return {
        **either,
        **by_type,
        "ManageLibraryIcons": has(ICON_LIBRARY),
        "ManageLibraryCertificateTemplates": has(TEMPLATE_LIBRARY),
        "DownloadOtherUsersCertificates": has(DOWNLOAD_OTHERS),
    }
