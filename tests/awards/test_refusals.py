"""Every status the document lists, brought about in the sandbox, and what a manager reads then."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.core.cache import cache

from awards.files import file_of, library_file_of
from awards.schemas import AssociationUpdate, InputFileInfo
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
from portal.brightspace.errors import (
    BrightspaceError,
    Conflict,
    Gone,
    NotFound,
    NotPermitted,
    OutcomeUnknown,
    RateLimited,
    Refused,
    ScopeMissing,
    Unavailable,
)
from portal.brightspace.ratelimit import rate_limit as site_credits
from tests.awards.calls import (
    BADGE,
    CHAMPION_OF_PRIYA,
    EVERY,
    FIRE_WARDEN_IN_FIRE,
    HYGIENE_OF_ANA,
    ICON,
    KINDNESS_OF_LINNEA,
    TEMPLATE,
    USED_FORM,
    WARDEN_OF_JUN,
    ask,
    award,
    change,
    dates,
    new_issue,
    use,
)
from tests.conftest import ADRIAN, ALMA, GRACE, INES, MAYA, GatewayFor
from tests.contract.documents import ACTIONS
from tests.sandbox.sample_files import pdf, png
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, JUN, PRIYA, ROSA
from tests.sandbox.server import Sandbox
from tests.sandbox.world import World

FIRE, NOWHERE, NOTHING = org.FIRE, 9_999, 99_999
REVOKED_OF_ROSA, REVOKED_CERTIFICATE = 5_206_600, "A78A-D499-004F7248"
SAID: dict[type[BrightspaceError], str] = {
    NotPermitted: "lacks the permission “",
    NotFound: "does not have this, or does not show it to you",
    Gone: "was withdrawn",
    Refused: "It says: ",
    Conflict: "It says: ",
}


def no_rights(role: str) -> Callable[[World], None]:
    def strip(world: World) -> None:
        world.roles[role] = replace(world.roles[role], permissions=frozenset())

    return strip


def no_profiles(world: World) -> None:
    world.switches.profile_integration = False


@dataclass(frozen=True)
class Refusal:
    """Who is refused what, how, and the words of Brightspace's that are passed on."""

    by: int
    wanted: Callable[[], Any]
    error: type[BrightspaceError]
    words: str = ""
    before: Callable[[World], None] = lambda world: None


def filtered(read: Callable[[], Any], **query: Any) -> Callable[[], Any]:
    """A read with a filter that the service itself would not let pass."""
    return lambda: replace(read(), query=tuple(query.items()))


def spoiled(write: Callable[[], Any], **body: Any) -> Callable[[], Any]:
    """A write with a body that the service itself would not let pass."""
    return lambda: replace(write(), body=body)


ONE, HIDE = FIRE_WARDEN_IN_FIRE, AssociationUpdate(credit=None, hidden_award=True)
FORM, BAD_NAME = library_file_of("a:b.pdf", pdf([])), file_of("a:b.png", png(1, 2, 3))
SEE, ASSOCIATE, MANAGE_OWN = "Awards.SeeBadges", "Awards.AssociateBadges", "Awards.ManageOwnBadges"
ICONS, TEMPLATES = "Awards.ManageIconLibrary", "Awards.ManageCertificateTemplates"
ABSENT, UNREFERENCED = InputFileInfo(library_file_name="none.png"), InputFileInfo(file_path="/d2l/none.png")
REFUSALS = [
    Refusal(ANA, lambda: AssociationService().remove(FIRE, ONE), NotPermitted, ASSOCIATE),
    Refusal(INES, lambda: AssociationService().remove(FIRE, NOTHING), NotFound),
    Refusal(INES, filtered(lambda: AssociationService().in_org_unit(FIRE), limit=0), Refused, "limit"),
    Refusal(MAYA, lambda: AssociationService().in_org_unit(FIRE), NotPermitted, SEE),
    Refusal(MAYA, lambda: AssociationService().association(FIRE, ONE), NotPermitted, SEE),
    Refusal(INES, lambda: AssociationService().association(FIRE, 4002), NotFound),
    Refusal(ANA, filtered(lambda: AssociationService().available_to_earn(), awardType=9), Refused, "awardType"),
    Refusal(INES, lambda: AssociationService().available_to_earn(), NotPermitted, "Awards.EarnBadges"),
    Refusal(INES, filtered(lambda: AssociationService().available_to_manage(FIRE), offset=-1), Refused, "offset"),
    Refusal(ANA, lambda: AssociationService().available_to_manage(FIRE), NotPermitted, ASSOCIATE),
    Refusal(
        INES, lambda: AssociationService().associate(FIRE, use(award_id=cat.KINDNESS)), Refused, "already associated"
    ),
    Refusal(ANA, lambda: AssociationService().associate(FIRE, use()), NotPermitted, ASSOCIATE),
    Refusal(INES, lambda: AssociationService().associate(FIRE, use(award_id=NOTHING)), NotFound),
    Refusal(INES, spoiled(lambda: AssociationService().update(FIRE, ONE, HIDE), Credit=-1), Refused, "positive number"),
    Refusal(ANA, lambda: AssociationService().update(FIRE, ONE, HIDE), NotPermitted, ASSOCIATE),
    Refusal(INES, lambda: AssociationService().update(FIRE, NOTHING, HIDE), NotFound),
    Refusal(ANA, lambda: AwardService().delete(cat.KINDNESS), NotPermitted, "Awards.ManageBadges"),
    Refusal(ADRIAN, lambda: AwardService().delete(cat.OLD_AWARD), NotFound),
    Refusal(MAYA, filtered(lambda: AwardService().awards(), limit=201), Refused, "limit"),
    Refusal(ALMA, lambda: AwardService().awards(), NotPermitted, SEE, no_rights("manager")),
    Refusal(ANA, lambda: AwardService().award(cat.KINDNESS), NotPermitted, SEE),
    Refusal(MAYA, lambda: AwardService().award(NOTHING), NotFound),
    Refusal(ADRIAN, lambda: AwardService().create(award(issuer_contact="ward7@localhost")), Refused, "IssuerContact"),
    Refusal(ANA, lambda: AwardService().create(award()), NotPermitted, MANAGE_OWN),
    Refusal(ADRIAN, lambda: AwardService().create(award(image=ABSENT)), NotFound),
    Refusal(
        ADRIAN, lambda: AwardService().update(812, change(image=BAD_NAME), award_type=BADGE), Refused, "Image.Name"
    ),
    Refusal(
        INES, lambda: AwardService().update(801, change(), award_type=BADGE), NotPermitted, "Awards.ManageCertificates"
    ),
    Refusal(ADRIAN, lambda: AwardService().update(812, change(image=UNREFERENCED), award_type=BADGE), NotFound),
    Refusal(INES, lambda: AwardClasslistService().people(FIRE, section_id=NOTHING), Refused, "sectionId"),
    Refusal(MAYA, lambda: AwardClasslistService().people(FIRE), NotPermitted, SEE),
    Refusal(INES, lambda: AwardClasslistService().people(NOWHERE), NotFound),
    Refusal(INES, filtered(lambda: AwardClasslistService().person(FIRE, ANA), sortField=9), Refused, "sortField"),
    Refusal(MAYA, lambda: AwardClasslistService().person(FIRE, ANA), NotPermitted, SEE),
    Refusal(INES, lambda: AwardClasslistService().person(FIRE, MAYA), NotFound),
    Refusal(INES, lambda: AwardClasslistService().person(FIRE, GRACE), NotFound),
    Refusal(MAYA, lambda: AwardConfigurationService().my_configuration(FIRE), NotPermitted, SEE),
    Refusal(INES, lambda: AwardConfigurationService().my_configuration(NOWHERE), NotFound),
    Refusal(GRACE, lambda: IssuedAwardService().revoke(REVOKED_OF_ROSA), Refused, "already revoked"),
    Refusal(ROSA, lambda: IssuedAwardService().revoke(WARDEN_OF_JUN), NotPermitted, "Awards.RevokeBadges"),
    Refusal(INES, lambda: IssuedAwardService().revoke(12), NotFound),
    Refusal(ANA, filtered(lambda: AwardCreditService().summary(), awardType=9), Refused, "awardType"),
    Refusal(MAYA, lambda: CertificateService().by_id("NONE-0000-00000000"), NotFound),
    Refusal(ROSA, lambda: CertificateService().by_id(REVOKED_CERTIFICATE), Gone),
    Refusal(MAYA, lambda: CertificateFileService().pdf(HYGIENE_OF_ANA), NotFound),
    Refusal(ROSA, lambda: CertificateFileService().pdf(REVOKED_OF_ROSA), Gone),
    Refusal(MAYA, lambda: IssuedAwardService().issued_to(JUN, org_unit_id=org.SEPSIS), Refused, "not enrolled"),
    Refusal(ANA, lambda: IssuedAwardService().issued_to(JUN), NotPermitted, SEE),
    Refusal(INES, filtered(lambda: IssuedAwardService().revocable_awards(FIRE), limit=0), Refused, "limit"),
    Refusal(ANA, lambda: IssuedAwardService().revocable_awards(FIRE), NotPermitted, "Awards.RevokeBadges"),
    Refusal(INES, filtered(lambda: IssuedAwardService().revocable_from(FIRE, JUN), awardType=9), Refused, "awardType"),
    Refusal(ANA, lambda: IssuedAwardService().revocable_from(FIRE, JUN), NotPermitted, "Awards.RevokeBadges"),
    Refusal(INES, lambda: IssuedAwardService().revocable_from(FIRE, MAYA), NotFound),
    Refusal(INES, lambda: IssuedAwardService().issue(FIRE, new_issue(cat.TEAM_LEADER)), Refused, "not associated"),
    Refusal(INES, lambda: IssuedAwardService().issue(FIRE, new_issue(person_id=MAYA)), Refused, "not enrolled"),
    Refusal(INES, lambda: IssuedAwardService().issue(FIRE, new_issue(person_id=203)), Refused, "already been issued"),
    Refusal(ANA, lambda: IssuedAwardService().issue(FIRE, new_issue()), NotPermitted, "Awards.IssueBadges"),
    Refusal(
        INES, lambda: IssuedAwardService().issue(FIRE, new_issue(person_id=GRACE)), NotPermitted, "Awards.EarnBadges"
    ),
    Refusal(
        INES, lambda: IssuedAwardService().issue(FIRE, new_issue(person_id=INES)), NotPermitted, "Awards.IssueBadges"
    ),
    Refusal(INES, lambda: IssuedAwardService().issue(FIRE, new_issue(NOTHING)), NotFound),
    Refusal(
        ANA, lambda: IssuedAwardService().update(FIRE, KINDNESS_OF_LINNEA, dates()), NotPermitted, "Awards.IssueBadges"
    ),
    Refusal(INES, lambda: IssuedAwardService().update(org.SEPSIS, KINDNESS_OF_LINNEA, dates()), NotFound),
    Refusal(GRACE, lambda: IssuedAwardService().update(org.DATA_PROTECTION, REVOKED_OF_ROSA, dates()), Gone),
    Refusal(ADRIAN, lambda: IconService().delete("Badge_Star.png"), Refused, "Unable to delete"),
    Refusal(INES, lambda: IconService().delete("Badge_Star.png"), NotPermitted, ICONS),
    Refusal(ADRIAN, lambda: IconService().delete("none.png"), NotFound),
    Refusal(ADRIAN, lambda: CertificateTemplateService().delete(USED_FORM), Refused, "Unable to delete"),
    Refusal(INES, lambda: CertificateTemplateService().delete(USED_FORM), NotPermitted, TEMPLATES),
    Refusal(ADRIAN, lambda: CertificateTemplateService().delete("none.pdf"), NotFound),
    Refusal(MAYA, filtered(lambda: IconService().icons(), limit=0), Refused, "limit"),
    Refusal(ANA, lambda: IconService().icons(), NotPermitted, SEE),
    Refusal(ANA, lambda: IconService().icon("Badge_Star.png"), NotPermitted, SEE),
    Refusal(MAYA, lambda: IconService().icon("none.png"), NotFound),
    Refusal(MAYA, filtered(lambda: CertificateTemplateService().templates(), limit=0), Refused, "limit"),
    Refusal(ANA, lambda: CertificateTemplateService().templates(), NotPermitted, "Awards.SeeCertificates"),
    Refusal(ANA, lambda: CertificateTemplateService().template(USED_FORM), NotPermitted, "Awards.SeeCertificates"),
    Refusal(MAYA, lambda: CertificateTemplateService().template("none.pdf"), NotFound),
    Refusal(ADRIAN, lambda: IconService().add(library_file_of("a:b.png", png(1, 2, 3))), Refused, "Name is"),
    Refusal(INES, lambda: IconService().add(ICON), NotPermitted, ICONS),
    Refusal(ADRIAN, lambda: IconService().add(library_file_of("badge_star.PNG", png(1, 2, 3))), Conflict, "already"),
    Refusal(ADRIAN, lambda: CertificateTemplateService().add(FORM), Refused, "Name is"),
    Refusal(INES, lambda: CertificateTemplateService().add(TEMPLATE), NotPermitted, TEMPLATES),
    Refusal(ADRIAN, lambda: CertificateTemplateService().add(library_file_of(USED_FORM, pdf([]))), Conflict, "already"),
    Refusal(ANA, lambda: SharingService().remove_from_profile(HYGIENE_OF_ANA), Refused, "not shared"),
    Refusal(
        PRIYA, lambda: SharingService().remove_from_profile(CHAMPION_OF_PRIYA), NotPermitted, "Profile", no_profiles
    ),
    Refusal(MAYA, lambda: SharingService().remove_from_profile(CHAMPION_OF_PRIYA), NotFound),
    Refusal(PRIYA, lambda: SharingService().share_on_profile(CHAMPION_OF_PRIYA), Refused, "already been shared"),
    Refusal(ROSA, lambda: SharingService().share_on_profile(REVOKED_OF_ROSA), Refused, "revoked"),
    Refusal(PRIYA, lambda: SharingService().share_on_profile(CHAMPION_OF_PRIYA), NotPermitted, "Profile", no_profiles),
    Refusal(ANA, lambda: SharingService().share_on_profile(CHAMPION_OF_PRIYA), NotFound),
]
STATUSES: dict[type[BrightspaceError], int] = {Refused: 400, NotPermitted: 403, NotFound: 404, Conflict: 409, Gone: 410}


def named(refusal: Refusal) -> str:
    endpoint = refusal.wanted().endpoint
    return f"{endpoint.method} {endpoint.path}"


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: f"{named(refusal)} {refusal.error.__name__}")
def test_a_refusal_is_an_error_of_its_own_in_words(refusal: Refusal, caller_as: GatewayFor, sandbox: Sandbox) -> None:
    caller = caller_as(refusal.by)
    refusal.before(sandbox.world)
    with pytest.raises(refusal.error) as told:
        ask(caller, refusal.wanted())

    assert type(told.value) is refusal.error
    assert SAID[refusal.error] in told.value.message
    assert refusal.words in told.value.message
    assert told.value.message.endswith(".")


def test_every_status_the_document_lists_is_among_them() -> None:
    documented = {
        (action.name, int(status))
        for action in ACTIONS
        if action.document == "awards"
        for status in action.statuses.split()
        if status not in ("200", "201", "429")
    }

    assert documented - {(named(refusal), STATUSES[refusal.error]) for refusal in REFUSALS} == set()


@pytest.mark.parametrize(
    ("fault", "options", "error"),
    [
        ("429", {"retry_after": 5}, RateLimited),
        ("501", {}, Unavailable),
        ("forbidden", {"shape": "html"}, NotPermitted),
        ("forbidden", {"shape": "insufficient_scope"}, ScopeMissing),
        ("forbidden", {"shape": "no_scopes"}, ScopeMissing),
    ],
)
def test_no_action_takes_a_failure_for_something_else(
    fault: str, options: dict[str, Any], error: type[BrightspaceError], caller_as: GatewayFor, sandbox: Sandbox
) -> None:
    sandbox.control.add_fault(fault, path="/bas/", **options)
    caller = caller_as(INES)
    for sent in EVERY:
        site_credits.clear()
        cache.clear()
        with pytest.raises(OutcomeUnknown if error is Unavailable and sent.method != "GET" else error):
            ask(caller, sent.wanted())


@pytest.mark.parametrize("shape", ["no_scopes", "insufficient_scope"])
@pytest.mark.parametrize(
    "wanted",
    [lambda: IssuedAwardService().revoke(1), lambda: AwardService().awards(), lambda: IconService().icon("a.png")],
    ids=["write", "read", "file"],
)
def test_a_missing_scope_is_named_as_the_cause(
    shape: str, wanted: Callable[[], Any], caller_as: GatewayFor, sandbox: Sandbox
) -> None:
    sandbox.control.add_fault("forbidden", path="/bas/", shape=shape)
    with pytest.raises(ScopeMissing, match=r"“core:\*:\*”"):
        ask(caller_as(INES), wanted())


def test_a_certificate_needs_a_scope_of_its_own(caller_as: GatewayFor, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("forbidden", path="/bas/", shape="insufficient_scope")
    with pytest.raises(ScopeMissing, match="“awards:certificate:read”"):
        ask(caller_as(INES), CertificateFileService().pdf(1))
