"""Every awards action as a service asks for it, and what must go over the wire."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from awards.files import file_of, library_file_of
from awards.schemas import (
    AssociationCreate,
    AssociationUpdate,
    AwardCreate,
    AwardUpdate,
    ExpiryCalculation,
    ExpiryNotification,
    IssuedAwardCreate,
    IssuedAwardUpdate,
)
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
from portal.brightspace.endpoints.writes import FileRead, Write
from portal.brightspace.gateway import Gateway
from tests.conftest import ADRIAN, INES, MAYA
from tests.sandbox.drawings import pdf, png
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, JUN, PRIYA

API = "/d2l/api/bas/1.6"
BADGE, CERTIFICATE = 1, 2
STARTED, ENDS = datetime(2026, 1, 2, 3, 4, 5, 6000, tzinfo=UTC), datetime(2027, 1, 2, tzinfo=UTC)
HOSTILE = "a&b=c#d/..?é%00 +“x”🦊 <b>"
ICON, TEMPLATE = library_file_of("moon.png", png(1, 2, 3)), library_file_of("night.pdf", pdf(["{FullName}"]))
NEVER, UNANNOUNCED = ExpiryCalculation(), ExpiryNotification()


def award(**changes: Any) -> AwardCreate:
    values: dict[str, Any] = {
        "award_type": BADGE,
        "title": "Night Shift",
        "description": "A month of nights.",
        "expiry_calculation": NEVER,
        "expiry_notification": UNANNOUNCED,
        "issuer_name": "Ward 7",
        "issuer_url": "https://ward7.example/awards",
        "issuer_contact": "ward7@northfield.example",
        "image": file_of("moon.png", png(1, 2, 3)),
        "criteria": "Twenty nights.",
    }
    return AwardCreate(**{**values, **changes})


def certificate(**changes: Any) -> AwardCreate:
    form = file_of("night.pdf", pdf(["{FullName}"]))
    return award(**{"award_type": CERTIFICATE, "certificate": form, **changes})


def change(**changes: Any) -> AwardUpdate:
    whole = award(**changes)
    return AwardUpdate(**{name: getattr(whole, name) for name in AwardUpdate.__struct_fields__})


def new_issue(award_id: int = cat.KINDNESS, person_id: int = ANA, **changes: Any) -> IssuedAwardCreate:
    reasons = {"criteria": "Was kind.", "evidence": "Seen by many."}
    return IssuedAwardCreate(**{"award_id": award_id, "issued_to_user_id": person_id, **reasons, **changes})


def dates(**changes: Any) -> IssuedAwardUpdate:
    return IssuedAwardUpdate(**{"issued_date": STARTED, "expiry_date": ENDS, **changes})


def use(**changes: Any) -> AssociationCreate:
    return AssociationCreate(**{"award_id": cat.TEAM_LEADER, "credit": 1.5, **changes})


@dataclass(frozen=True)
class Sent:
    """One call: who asks for what, and the method, path, query and body keys that go out."""

    wanted: Callable[[], Any]
    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    keys: tuple[str, ...] = ()
    by: int = INES


def ask(caller: Gateway, wanted: Any) -> Any:
    if isinstance(wanted, Write):
        return caller.write(wanted)
    return caller.download(wanted) if isinstance(wanted, FileRead) else caller.read(wanted)


# Of the seeds: an award that is attached, issues, and the id printed on a certificate.
FIRE_WARDEN_IN_FIRE, KINDNESS_IN_FIRE = 4001, 4013
HYGIENE_OF_ANA, WARDEN_OF_JUN, KINDNESS_OF_LINNEA, CHAMPION_OF_PRIYA = 5201600, 5207002, 5203602, 5204603
CERTIFICATE_OF_JUN = "D161-5F22-004F73DA"
UNIT, LIBRARY = f"/orgunits/{org.FIRE}", "/library"
ICONS, TEMPLATES = f"{LIBRARY}/icons/", f"{LIBRARY}/templates/"
USED_FORM = "Certificate1_Sample_Template.pdf"

FILTERED: dict[str, Any] = {"award_type": "certificate", "search": HOSTILE, "limit": 7, "offset": 3}
FILTERS = (("awardType", "2"), ("search", HOSTILE))
PAGE, WHOLE = (("limit", "7"), ("offset", "3")), (("limit", "200"),)
EXPIRY_KEYS = ("ExpiryCalculation", "ExpiryNotification")
ISSUER_KEYS = ("IssuerName", "IssuerUrl", "IssuerContact")
UPDATE_KEYS = ("Title", "Description", *EXPIRY_KEYS, *ISSUER_KEYS, "Certificate", "Image", "Criteria")

CALLS = [
    Sent(lambda: AssociationService().remove(org.FIRE, 4001), "DELETE", f"{UNIT}/associations/4001"),
    Sent(lambda: AssociationService().in_org_unit(org.FIRE), "GET", f"{UNIT}/associations/", WHOLE),
    Sent(
        lambda: AssociationService().in_org_unit(org.FIRE, **FILTERED),
        "GET",
        f"{UNIT}/associations/",
        (*FILTERS, *PAGE),
    ),
    Sent(lambda: AssociationService().association(org.FIRE, 4001), "GET", f"{UNIT}/associations/4001"),
    Sent(
        lambda: AssociationService().available_to_earn(org_unit_id=org.FIRE, **FILTERED),
        "GET",
        "/associations/availableToEarn/",
        (*FILTERS, ("orgUnitId", "6609"), *PAGE),
        by=ANA,
    ),
    Sent(
        lambda: AssociationService().available_to_manage(org.FIRE, mine_only=True, **FILTERED),
        "GET",
        f"{UNIT}/associations/availableToManage/",
        (*FILTERS, ("showMine", "true"), *PAGE),
    ),
    Sent(
        lambda: AssociationService().associate(org.FIRE, use()),
        "POST",
        f"{UNIT}/associations/",
        keys=("AwardId", "Credit", "HiddenAward"),
    ),
    Sent(
        lambda: AssociationService().update(org.FIRE, 4001, AssociationUpdate(credit=None, hidden_award=True)),
        "PUT",
        f"{UNIT}/associations/4001",
        keys=("Credit", "HiddenAward"),
    ),
    Sent(lambda: AwardService().delete(cat.KINDNESS), "DELETE", f"/awards/{cat.KINDNESS}"),
    Sent(lambda: AwardService().awards(**FILTERED), "GET", "/awards/", (*FILTERS, *PAGE)),
    Sent(lambda: AwardService().award(cat.OLD_AWARD), "GET", f"/awards/{cat.OLD_AWARD}"),
    Sent(lambda: AwardService().create(certificate()), "POST", "/awards/", keys=("AwardType", *UPDATE_KEYS)),
    Sent(
        lambda: AwardService().update(cat.KINDNESS, change(), award_type=BADGE),
        "PUT",
        f"/awards/{cat.KINDNESS}",
        keys=UPDATE_KEYS,
    ),
    Sent(lambda: AwardClasslistService().people(org.FIRE), "GET", f"{UNIT}/classlist/", WHOLE),
    Sent(
        lambda: AwardClasslistService().people(
            org.FIRE,
            include_expired=True,
            section_id=cat.WARD_SECTION,
            sort_field="credit score",
            ascending=False,
            latest=True,
            **FILTERED,
        ),
        "GET",
        f"{UNIT}/classlist/",
        (
            *FILTERS,
            ("includeExpired", "true"),
            ("sectionId", str(cat.WARD_SECTION)),
            ("sortField", "4"),
            ("sortFieldIsAscending", "false"),
            ("fetchLatest", "true"),
            *PAGE,
        ),
    ),
    Sent(
        lambda: AwardClasslistService().person(org.FIRE, ANA, award_type=BADGE, sort_field=1),
        "GET",
        f"{UNIT}/classlist/users/{ANA}",
        (("awardType", "1"), ("sortField", "1")),
    ),
    Sent(lambda: AwardConfigurationService().my_configuration(org.FIRE), "GET", f"{UNIT}/myConfiguration"),
    Sent(lambda: IssuedAwardService().revoke(WARDEN_OF_JUN), "DELETE", f"/issued/{WARDEN_OF_JUN}"),
    Sent(lambda: AwardCreditService().summary(), "GET", "/creditSummary", by=ANA),
    Sent(
        lambda: AwardCreditService().summary(org_unit_id=org.FIRE, award_type=2, include_expired=True, search=HOSTILE),
        "GET",
        "/creditSummary",
        (*FILTERS, ("orgUnitId", "6609"), ("includeExpired", "true")),
        by=ANA,
    ),
    Sent(
        lambda: CertificateService().by_id(CERTIFICATE_OF_JUN),
        "GET",
        f"/issued/certificates/{CERTIFICATE_OF_JUN}",
        by=MAYA,
    ),
    Sent(
        lambda: IssuedAwardService().issued_to(JUN, org_unit_id=org.FIRE, include_expired=False, **FILTERED),
        "GET",
        f"/issued/users/{JUN}/",
        (*FILTERS, ("orgUnitId", "6609"), ("includeExpired", "false"), *PAGE),
        by=MAYA,
    ),
    Sent(
        lambda: IssuedAwardService().revocable_awards(org.FIRE, **FILTERED),
        "GET",
        f"{UNIT}/revocableawards/",
        (*FILTERS, *PAGE),
    ),
    Sent(
        lambda: IssuedAwardService().revocable_from(org.FIRE, JUN, award_type=2, include_expired=True, search=HOSTILE),
        "GET",
        f"{UNIT}/revocableawards/{JUN}/",
        (*FILTERS, ("includeExpired", "true")),
    ),
    Sent(
        lambda: IssuedAwardService().issue(org.FIRE, new_issue(), expiry_from_issue_date=True),
        "POST",
        f"{UNIT}/issued/",
        (("useIssueDateToCalcExpiry", "true"),),
        ("AwardId", "IssuedToUserId", "Criteria", "Evidence", "IssuedDate"),
    ),
    Sent(
        lambda: IssuedAwardService().update(org.FIRE, KINDNESS_OF_LINNEA, dates()),
        "PUT",
        f"{UNIT}/issued/{KINDNESS_OF_LINNEA}",
        keys=("IssuedDate", "ExpiryDate"),
    ),
    Sent(lambda: IconService().delete("Unused & äöü.png"), "DELETE", f"{ICONS}Unused & äöü.png", by=ADRIAN),
    Sent(lambda: CertificateTemplateService().delete("Unused.pdf"), "DELETE", f"{TEMPLATES}Unused.pdf", by=ADRIAN),
    Sent(
        lambda: IconService().icons(search="star", limit=7, offset=3),
        "GET",
        ICONS,
        (("search", "star"), *PAGE),
        by=MAYA,
    ),
    Sent(lambda: IconService().icon("Badge_Star.png"), "GET", f"{ICONS}Badge_Star.png", by=MAYA),
    Sent(lambda: CertificateTemplateService().templates(), "GET", TEMPLATES, WHOLE, by=MAYA),
    Sent(lambda: CertificateTemplateService().template(USED_FORM), "GET", f"{TEMPLATES}{USED_FORM}", by=MAYA),
    Sent(lambda: IconService().add(ICON), "POST", ICONS, keys=("Name", "Content"), by=ADRIAN),
    Sent(lambda: CertificateTemplateService().add(TEMPLATE), "POST", TEMPLATES, keys=("Name", "Content"), by=ADRIAN),
    Sent(
        lambda: SharingService().remove_from_profile(CHAMPION_OF_PRIYA),
        "DELETE",
        f"/issued/{CHAMPION_OF_PRIYA}/sharing/profile",
        by=PRIYA,
    ),
    Sent(
        lambda: SharingService().share_on_profile(HYGIENE_OF_ANA),
        "PUT",
        f"/issued/{HYGIENE_OF_ANA}/sharing/profile",
        by=ANA,
    ),
]
NEWER = [
    Sent(
        lambda: CertificateFileService().pdf(WARDEN_OF_JUN),
        "GET",
        f"/issued/certificates/{WARDEN_OF_JUN}/pdf",
        by=MAYA,
    ),
]
EVERY = [*CALLS, *NEWER]
