"""Every awards action as a service makes it, and the request that it must send."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from awards.schemas import AssociationUpdate
from awards.services import (
    AssociationService,
    AwardClasslistService,
    AwardConfigurationService,
    AwardCreditService,
    AwardService,
    CertificateFileService,
    CertificateService,
    CertificateTemplateService,
    IconService,
    IssuedAwardService,
    SharingService,
)
from portal.brightspace import FileRead, Write
from portal.brightspace.gateway import Gateway
from tests.awards.blocks import (
    BADGE,
    ICON,
    TEMPLATE,
    award_update,
    issue_dates,
    new_association,
    new_certificate,
    new_issue,
)
from tests.awards.seeded import (
    CERTIFICATE_OF_JUN,
    CHAMPION_OF_PRIYA,
    FIRE,
    FIRE_WARDEN_IN_FIRE,
    HYGIENE_OF_ANA,
    KINDNESS_OF_LINNEA,
    USED_TEMPLATE,
    WARDEN_OF_JUN,
)
from tests.conftest import ADRIAN, INES, MAYA
from tests.sandbox.seeds import award_catalogue as catalogue
from tests.sandbox.seeds.demo_people import ANA, JUN, PRIYA


@dataclass(frozen=True)
class ExpectedRequest:
    """An action, and the request it must send: its path below ``API``, its query and the keys of its JSON body.

    ``person_id`` is somebody who may do it.
    """

    action: Callable[[], Any]
    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    keys: tuple[str, ...] = ()
    person_id: int = INES


def carry_out(brightspace: Gateway, action: Any) -> Any:
    """Read, write or open the file, whichever ``action`` is."""
    if isinstance(action, Write):
        return brightspace.write(action)
    return brightspace.download(action) if isinstance(action, FileRead) else brightspace.read(action)


API = "/d2l/api/bas/1.6"
ORG_UNIT = f"/orgunits/{FIRE}"
ICONS_PATH, TEMPLATES_PATH = "/library/icons/", "/library/templates/"
UNUSED_ICON, UNUSED_TEMPLATE = "Unused & äöü.png", "Unused.pdf"  # not in the seeds

SPECIAL_CHARACTERS = "a&b=c#d/..?é%00 +“x”🦊 <b>"
FILTER_ARGUMENTS: dict[str, Any] = {
    "award_type": "certificate",
    "search": SPECIAL_CHARACTERS,
    "limit": 7,
    "offset": 3,
}
FILTER_QUERY = (("awardType", "2"), ("search", SPECIAL_CHARACTERS))
PAGE_QUERY, FIRST_PAGE_QUERY = (("limit", "7"), ("offset", "3")), (("limit", "200"),)

UPDATE_KEYS = (
    *("Title", "Description", "ExpiryCalculation", "ExpiryNotification", "IssuerName", "IssuerUrl", "IssuerContact"),
    *("Certificate", "Image", "Criteria"),
)

DOCUMENTED_REQUESTS = [
    ExpectedRequest(
        lambda: AssociationService().remove(FIRE, FIRE_WARDEN_IN_FIRE),
        "DELETE",
        f"{ORG_UNIT}/associations/{FIRE_WARDEN_IN_FIRE}",
    ),
    ExpectedRequest(
        lambda: AssociationService().in_org_unit(FIRE), "GET", f"{ORG_UNIT}/associations/", FIRST_PAGE_QUERY
    ),
    ExpectedRequest(
        lambda: AssociationService().in_org_unit(FIRE, **FILTER_ARGUMENTS),
        "GET",
        f"{ORG_UNIT}/associations/",
        (*FILTER_QUERY, *PAGE_QUERY),
    ),
    ExpectedRequest(
        lambda: AssociationService().association(FIRE, FIRE_WARDEN_IN_FIRE),
        "GET",
        f"{ORG_UNIT}/associations/{FIRE_WARDEN_IN_FIRE}",
    ),
    ExpectedRequest(
        lambda: AssociationService().available_to_earn(org_unit_id=FIRE, **FILTER_ARGUMENTS),
        "GET",
        "/associations/availableToEarn/",
        (*FILTER_QUERY, ("orgUnitId", str(FIRE)), *PAGE_QUERY),
        person_id=ANA,
    ),
    ExpectedRequest(
        lambda: AssociationService().available_to_manage(FIRE, mine_only=True, **FILTER_ARGUMENTS),
        "GET",
        f"{ORG_UNIT}/associations/availableToManage/",
        (*FILTER_QUERY, ("showMine", "true"), *PAGE_QUERY),
    ),
    ExpectedRequest(
        lambda: AssociationService().associate(FIRE, new_association()),
        "POST",
        f"{ORG_UNIT}/associations/",
        keys=("AwardId", "Credit", "HiddenAward"),
    ),
    ExpectedRequest(
        lambda: AssociationService().update(
            FIRE, FIRE_WARDEN_IN_FIRE, AssociationUpdate(credit=None, hidden_award=True)
        ),
        "PUT",
        f"{ORG_UNIT}/associations/{FIRE_WARDEN_IN_FIRE}",
        keys=("Credit", "HiddenAward"),
    ),
    ExpectedRequest(lambda: AwardService().delete(catalogue.KINDNESS), "DELETE", f"/awards/{catalogue.KINDNESS}"),
    ExpectedRequest(lambda: AwardService().awards(**FILTER_ARGUMENTS), "GET", "/awards/", (*FILTER_QUERY, *PAGE_QUERY)),
    ExpectedRequest(lambda: AwardService().award(catalogue.OLD_AWARD), "GET", f"/awards/{catalogue.OLD_AWARD}"),
    ExpectedRequest(
        lambda: AwardService().create(new_certificate()), "POST", "/awards/", keys=("AwardType", *UPDATE_KEYS)
    ),
    ExpectedRequest(
        lambda: AwardService().update(catalogue.KINDNESS, award_update(), award_type=BADGE),
        "PUT",
        f"/awards/{catalogue.KINDNESS}",
        keys=UPDATE_KEYS,
    ),
    ExpectedRequest(lambda: AwardClasslistService().people(FIRE), "GET", f"{ORG_UNIT}/classlist/", FIRST_PAGE_QUERY),
    ExpectedRequest(
        lambda: AwardClasslistService().people(
            FIRE,
            include_expired=True,
            section_id=catalogue.WARD_SECTION,
            sort_field="credit score",
            ascending=False,
            latest=True,
            **FILTER_ARGUMENTS,
        ),
        "GET",
        f"{ORG_UNIT}/classlist/",
        (
            *FILTER_QUERY,
            ("includeExpired", "true"),
            ("sectionId", str(catalogue.WARD_SECTION)),
            ("sortField", "4"),
            ("sortFieldIsAscending", "false"),
            ("fetchLatest", "true"),
            *PAGE_QUERY,
        ),
    ),
    ExpectedRequest(
        lambda: AwardClasslistService().person(FIRE, ANA, award_type=BADGE, sort_field=1),
        "GET",
        f"{ORG_UNIT}/classlist/users/{ANA}",
        (("awardType", "1"), ("sortField", "1")),
    ),
    ExpectedRequest(lambda: AwardConfigurationService().my_configuration(FIRE), "GET", f"{ORG_UNIT}/myConfiguration"),
    ExpectedRequest(lambda: IssuedAwardService().revoke(WARDEN_OF_JUN), "DELETE", f"/issued/{WARDEN_OF_JUN}"),
    ExpectedRequest(lambda: AwardCreditService().summary(), "GET", "/creditSummary", person_id=ANA),
    ExpectedRequest(
        lambda: AwardCreditService().summary(
            org_unit_id=FIRE, award_type=2, include_expired=True, search=SPECIAL_CHARACTERS
        ),
        "GET",
        "/creditSummary",
        (*FILTER_QUERY, ("orgUnitId", str(FIRE)), ("includeExpired", "true")),
        person_id=ANA,
    ),
    ExpectedRequest(
        lambda: CertificateService().by_id(CERTIFICATE_OF_JUN),
        "GET",
        f"/issued/certificates/{CERTIFICATE_OF_JUN}",
        person_id=MAYA,
    ),
    ExpectedRequest(
        lambda: IssuedAwardService().issued_to(JUN, org_unit_id=FIRE, include_expired=False, **FILTER_ARGUMENTS),
        "GET",
        f"/issued/users/{JUN}/",
        (*FILTER_QUERY, ("orgUnitId", str(FIRE)), ("includeExpired", "false"), *PAGE_QUERY),
        person_id=MAYA,
    ),
    ExpectedRequest(
        lambda: IssuedAwardService().revocable_awards(FIRE, **FILTER_ARGUMENTS),
        "GET",
        f"{ORG_UNIT}/revocableawards/",
        (*FILTER_QUERY, *PAGE_QUERY),
    ),
    ExpectedRequest(
        lambda: IssuedAwardService().revocable_from(
            FIRE, JUN, award_type=2, include_expired=True, search=SPECIAL_CHARACTERS
        ),
        "GET",
        f"{ORG_UNIT}/revocableawards/{JUN}/",
        (*FILTER_QUERY, ("includeExpired", "true")),
    ),
    ExpectedRequest(
        lambda: IssuedAwardService().issue(FIRE, new_issue(), expiry_from_issue_date=True),
        "POST",
        f"{ORG_UNIT}/issued/",
        (("useIssueDateToCalcExpiry", "true"),),
        ("AwardId", "IssuedToUserId", "Criteria", "Evidence", "IssuedDate"),
    ),
    ExpectedRequest(
        lambda: IssuedAwardService().update(FIRE, KINDNESS_OF_LINNEA, issue_dates()),
        "PUT",
        f"{ORG_UNIT}/issued/{KINDNESS_OF_LINNEA}",
        keys=("IssuedDate", "ExpiryDate"),
    ),
    ExpectedRequest(
        lambda: IconService().delete(UNUSED_ICON), "DELETE", f"{ICONS_PATH}{UNUSED_ICON}", person_id=ADRIAN
    ),
    ExpectedRequest(
        lambda: CertificateTemplateService().delete(UNUSED_TEMPLATE),
        "DELETE",
        f"{TEMPLATES_PATH}{UNUSED_TEMPLATE}",
        person_id=ADRIAN,
    ),
    ExpectedRequest(
        lambda: IconService().icons(search="star", limit=7, offset=3),
        "GET",
        ICONS_PATH,
        (("search", "star"), *PAGE_QUERY),
        person_id=MAYA,
    ),
    ExpectedRequest(lambda: IconService().icon("Badge_Star.png"), "GET", f"{ICONS_PATH}Badge_Star.png", person_id=MAYA),
    ExpectedRequest(
        lambda: CertificateTemplateService().templates(), "GET", TEMPLATES_PATH, FIRST_PAGE_QUERY, person_id=MAYA
    ),
    ExpectedRequest(
        lambda: CertificateTemplateService().template(USED_TEMPLATE),
        "GET",
        f"{TEMPLATES_PATH}{USED_TEMPLATE}",
        person_id=MAYA,
    ),
    ExpectedRequest(lambda: IconService().add(ICON), "POST", ICONS_PATH, keys=("Name", "Content"), person_id=ADRIAN),
    ExpectedRequest(
        lambda: CertificateTemplateService().add(TEMPLATE),
        "POST",
        TEMPLATES_PATH,
        keys=("Name", "Content"),
        person_id=ADRIAN,
    ),
    ExpectedRequest(
        lambda: SharingService().remove_from_profile(CHAMPION_OF_PRIYA),
        "DELETE",
        f"/issued/{CHAMPION_OF_PRIYA}/sharing/profile",
        person_id=PRIYA,
    ),
    ExpectedRequest(
        lambda: SharingService().share_on_profile(HYGIENE_OF_ANA),
        "PUT",
        f"/issued/{HYGIENE_OF_ANA}/sharing/profile",
        person_id=ANA,
    ),
]
NEWER_REQUESTS = [
    ExpectedRequest(
        lambda: CertificateFileService().pdf(WARDEN_OF_JUN),
        "GET",
        f"/issued/certificates/{WARDEN_OF_JUN}/pdf",
        person_id=MAYA,
    ),
]
ALL_REQUESTS = [*DOCUMENTED_REQUESTS, *NEWER_REQUESTS]
