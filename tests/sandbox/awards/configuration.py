"""The caller's permissions for awards in an org unit, and the configuration of the awards tool."""

from __future__ import annotations

from tests.sandbox.api.calls import Call
from tests.sandbox.api.permissions import require_org_unit
from tests.sandbox.api.responses import Response
from tests.sandbox.api.routing import action
from tests.sandbox.awards.permissions import (
    ASSOCIATE,
    BOTH_TYPES,
    DOWNLOAD_OTHERS,
    EARN,
    ICON_LIBRARY,
    ISSUE,
    MANAGE,
    MANAGE_OWN,
    PLURALS,
    REVOKE,
    SEE,
    TEMPLATE_LIBRARY,
    award_permission,
    has_award_permission,
    permitted_types,
)

SORT_FIELDS = ("AwardCount", "FirstName", "LastName", "CreditScore")
_ICON_CREATION_URL = "https://icons.northfield.example/new"
# How the fields of Permissions begin for each verb.
_PREFIXES = {
    SEE: "See",
    ASSOCIATE: "Associate",
    EARN: "Earn",
    ISSUE: "Issue",
    REVOKE: "RevokeIssued",
    MANAGE_OWN: "ManageMy",
    MANAGE: "ManageAll",
}


@action("GET", "/d2l/api/bas/(version)/orgunits/(orgUnitId)/myConfiguration", since="1.1")
def my_configuration(call: Call) -> Response:
    """The caller's permissions in the org unit, and the tool's defaults."""
    unit_id = require_org_unit(call).org_unit_id
    permitted_types(call, SEE, org_unit_id=unit_id)
    switches, issuer = call.world.switches, call.world.awards.issuer
    return Response(
        {
            "Permissions": _permissions(call, unit_id),
            "DefaultIssuerName": issuer[0],
            "DefaultIssuerUrl": issuer[1],
            "DefaultIssuerContact": issuer[2],
            "D2LProfileIntegrationEnabled": switches.profile_integration,
            "IconCreationUrl": _ICON_CREATION_URL,
            "DefaultClasslistSortField": switches.classlist_sort_field,
            "DefaultClasslistSortAscending": switches.classlist_sort_ascending,
            "UserTimezone": call.world.time_zone,
        }
    )


def _permissions(call: Call, unit_id: int) -> dict[str, bool]:
    def has(permission: str) -> bool:
        return has_award_permission(call.world, call.person(), permission, unit_id)

    granted = {
        (verb, award_type): has(award_permission(verb, award_type)) for award_type in BOTH_TYPES for verb in _PREFIXES
    }
    return {
        **{f"{prefix}Awards": any(granted[verb, each] for each in BOTH_TYPES) for verb, prefix in _PREFIXES.items()},
        **{f"{_PREFIXES[verb]}{PLURALS[each]}": is_granted for (verb, each), is_granted in granted.items()},
        "ManageLibraryIcons": has(ICON_LIBRARY),
        "ManageLibraryCertificateTemplates": has(TEMPLATE_LIBRARY),
        "DownloadOtherUsersCertificates": has(DOWNLOAD_OTHERS),
    }
