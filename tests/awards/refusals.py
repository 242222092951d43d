"""Awards actions that Brightspace refuses, for every status the document lists."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

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
from portal.brightspace.errors import BrightspaceError, Conflict, Gone, NotFound, NotPermitted, Refused
from tests.awards.blocks import (
    BADGE,
    FORM,
    ICON,
    PICTURE,
    TEMPLATE,
    award_update,
    issue_dates,
    new_association,
    new_award,
    new_issue,
)
from tests.awards.seeded import (
    CHAMPION_OF_PRIYA,
    FIRE,
    FIRE_WARDEN_IN_FIRE,
    HYGIENE_OF_ANA,
    KINDNESS_OF_LINNEA,
    REVOKED_CERTIFICATE,
    REVOKED_OF_ROSA,
    USED_TEMPLATE,
    WARDEN_OF_JUN,
)
from tests.conftest import ADRIAN, ALMA, GRACE, INES, MAYA
from tests.sandbox.seeds import award_catalogue as catalogue
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, JUN, PRIYA, ROSA
from tests.sandbox.world import World

MISSING_ORG_UNIT, MISSING_ID = 9_999, 99_999  # ids that nothing has


@dataclass(frozen=True)
class Refusal:
    """An action that Brightspace refuses a person, and the error that it raises.

    ``message_part`` is what the message passes on from Brightspace; ``prepare`` changes the sandbox's data before.
    """

    person_id: int
    action: Callable[[], Any]
    error: type[BrightspaceError]
    message_part: str = ""
    prepare: Callable[[World], None] = lambda world: None

    @property
    def action_name(self) -> str:
        """``GET /d2l/api/…``, as the document names the action."""
        endpoint = self.action().endpoint
        return f"{endpoint.method} {endpoint.path}"


def without_permissions(world: World) -> None:
    """Take all permissions from managers."""
    world.roles["manager"] = replace(world.roles["manager"], permissions=frozenset())


def without_profiles(world: World) -> None:
    """Turn sharing on profiles off."""
    world.switches.profile_integration = False


def with_query(read: Callable[[], Any], **query: Any) -> Callable[[], Any]:
    """A read with a query that the service would not allow."""
    return lambda: replace(read(), query=tuple(query.items()))


def with_body(write: Callable[[], Any], **body: Any) -> Callable[[], Any]:
    """A write with a body that the service would not allow."""
    return lambda: replace(write(), body=body)


HIDDEN = AssociationUpdate(credit=None, hidden_award=True)
ILL_NAMED_TEMPLATE = library_file_of("a:b.pdf", FORM)
ILL_NAMED_ICON, ILL_NAMED_IMAGE = library_file_of("a:b.png", PICTURE), file_of("a:b.png", PICTURE)
# Names of permissions.
SEE, SEE_CERTIFICATES, ASSOCIATE = "Awards.SeeBadges", "Awards.SeeCertificates", "Awards.AssociateBadges"
ISSUE, REVOKE, MANAGE_OWN = "Awards.IssueBadges", "Awards.RevokeBadges", "Awards.ManageOwnBadges"
MANAGE_ICONS, MANAGE_TEMPLATES = "Awards.ManageIconLibrary", "Awards.ManageCertificateTemplates"
ABSENT, UNREFERENCED = InputFileInfo(library_file_name="none.png"), InputFileInfo(file_path="/d2l/none.png")
REFUSALS = [
    Refusal(ANA, lambda: AssociationService().remove(FIRE, FIRE_WARDEN_IN_FIRE), NotPermitted, ASSOCIATE),
    Refusal(INES, lambda: AssociationService().remove(FIRE, MISSING_ID), NotFound),
    Refusal(INES, with_query(lambda: AssociationService().in_org_unit(FIRE), limit=0), Refused, "limit"),
    Refusal(MAYA, lambda: AssociationService().in_org_unit(FIRE), NotPermitted, SEE),
    Refusal(MAYA, lambda: AssociationService().association(FIRE, FIRE_WARDEN_IN_FIRE), NotPermitted, SEE),
    Refusal(INES, lambda: AssociationService().association(FIRE, 4002), NotFound),
    Refusal(ANA, with_query(lambda: AssociationService().available_to_earn(), awardType=9), Refused, "awardType"),
    Refusal(INES, lambda: AssociationService().available_to_earn(), NotPermitted, "Awards.EarnBadges"),
    Refusal(INES, with_query(lambda: AssociationService().available_to_manage(FIRE), offset=-1), Refused, "offset"),
    Refusal(ANA, lambda: AssociationService().available_to_manage(FIRE), NotPermitted, ASSOCIATE),
    Refusal(
        INES,
        lambda: AssociationService().associate(FIRE, new_association(award_id=catalogue.KINDNESS)),
        Refused,
        "already associated",
    ),
    Refusal(ANA, lambda: AssociationService().associate(FIRE, new_association()), NotPermitted, ASSOCIATE),
    Refusal(INES, lambda: AssociationService().associate(FIRE, new_association(award_id=MISSING_ID)), NotFound),
    Refusal(
        INES,
        with_body(lambda: AssociationService().update(FIRE, FIRE_WARDEN_IN_FIRE, HIDDEN), Credit=-1),
        Refused,
        "positive number",
    ),
    Refusal(ANA, lambda: AssociationService().update(FIRE, FIRE_WARDEN_IN_FIRE, HIDDEN), NotPermitted, ASSOCIATE),
    Refusal(INES, lambda: AssociationService().update(FIRE, MISSING_ID, HIDDEN), NotFound),
    Refusal(ANA, lambda: AwardService().delete(catalogue.KINDNESS), NotPermitted, "Awards.ManageBadges"),
    Refusal(ADRIAN, lambda: AwardService().delete(catalogue.OLD_AWARD), NotFound),
    Refusal(MAYA, with_query(lambda: AwardService().awards(), limit=201), Refused, "limit"),
    Refusal(ALMA, lambda: AwardService().awards(), NotPermitted, SEE, without_permissions),
    Refusal(ANA, lambda: AwardService().award(catalogue.KINDNESS), NotPermitted, SEE),
    Refusal(MAYA, lambda: AwardService().award(MISSING_ID), NotFound),
    Refusal(
        ADRIAN, lambda: AwardService().create(new_award(issuer_contact="ward7@localhost")), Refused, "IssuerContact"
    ),
    Refusal(ANA, lambda: AwardService().create(new_award()), NotPermitted, MANAGE_OWN),
    Refusal(ADRIAN, lambda: AwardService().create(new_award(image=ABSENT)), NotFound),
    Refusal(
        ADRIAN,
        lambda: AwardService().update(812, award_update(image=ILL_NAMED_IMAGE), award_type=BADGE),
        Refused,
        "Image.Name",
    ),
    Refusal(
        INES,
        lambda: AwardService().update(801, award_update(), award_type=BADGE),
        NotPermitted,
        "Awards.ManageCertificates",
    ),
    Refusal(ADRIAN, lambda: AwardService().update(812, award_update(image=UNREFERENCED), award_type=BADGE), NotFound),
    Refusal(INES, lambda: AwardClasslistService().people(FIRE, section_id=MISSING_ID), Refused, "sectionId"),
    Refusal(MAYA, lambda: AwardClasslistService().people(FIRE), NotPermitted, SEE),
    Refusal(INES, lambda: AwardClasslistService().people(MISSING_ORG_UNIT), NotFound),
    Refusal(INES, with_query(lambda: AwardClasslistService().person(FIRE, ANA), sortField=9), Refused, "sortField"),
    Refusal(MAYA, lambda: AwardClasslistService().person(FIRE, ANA), NotPermitted, SEE),
    Refusal(INES, lambda: AwardClasslistService().person(FIRE, MAYA), NotFound),
    Refusal(INES, lambda: AwardClasslistService().person(FIRE, GRACE), NotFound),
    Refusal(MAYA, lambda: AwardConfigurationService().my_configuration(FIRE), NotPermitted, SEE),
    Refusal(INES, lambda: AwardConfigurationService().my_configuration(MISSING_ORG_UNIT), NotFound),
    Refusal(GRACE, lambda: IssuedAwardService().revoke(REVOKED_OF_ROSA), Refused, "already revoked"),
    Refusal(ROSA, lambda: IssuedAwardService().revoke(WARDEN_OF_JUN), NotPermitted, REVOKE),
    Refusal(INES, lambda: IssuedAwardService().revoke(12), NotFound),
    Refusal(ANA, with_query(lambda: AwardCreditService().summary(), awardType=9), Refused, "awardType"),
    Refusal(MAYA, lambda: CertificateService().by_id("NONE-0000-00000000"), NotFound),
    Refusal(ROSA, lambda: CertificateService().by_id(REVOKED_CERTIFICATE), Gone),
    Refusal(MAYA, lambda: CertificateFileService().pdf(HYGIENE_OF_ANA), NotFound),
    Refusal(ROSA, lambda: CertificateFileService().pdf(REVOKED_OF_ROSA), Gone),
    Refusal(MAYA, lambda: IssuedAwardService().issued_to(JUN, org_unit_id=org.SEPSIS), Refused, "not enrolled"),
    Refusal(ANA, lambda: IssuedAwardService().issued_to(JUN), NotPermitted, SEE),
    Refusal(INES, with_query(lambda: IssuedAwardService().revocable_awards(FIRE), limit=0), Refused, "limit"),
    Refusal(ANA, lambda: IssuedAwardService().revocable_awards(FIRE), NotPermitted, REVOKE),
    Refusal(
        INES, with_query(lambda: IssuedAwardService().revocable_from(FIRE, JUN), awardType=9), Refused, "awardType"
    ),
    Refusal(ANA, lambda: IssuedAwardService().revocable_from(FIRE, JUN), NotPermitted, REVOKE),
    Refusal(INES, lambda: IssuedAwardService().revocable_from(FIRE, MAYA), NotFound),
    Refusal(
        INES, lambda: IssuedAwardService().issue(FIRE, new_issue(catalogue.TEAM_LEADER)), Refused, "not associated"
    ),
    Refusal(INES, lambda: IssuedAwardService().issue(FIRE, new_issue(person_id=MAYA)), Refused, "not enrolled"),
    Refusal(INES, lambda: IssuedAwardService().issue(FIRE, new_issue(person_id=203)), Refused, "already been issued"),
    Refusal(ANA, lambda: IssuedAwardService().issue(FIRE, new_issue()), NotPermitted, ISSUE),
    Refusal(
        INES, lambda: IssuedAwardService().issue(FIRE, new_issue(person_id=GRACE)), NotPermitted, "Awards.EarnBadges"
    ),
    Refusal(INES, lambda: IssuedAwardService().issue(FIRE, new_issue(person_id=INES)), NotPermitted, ISSUE),
    Refusal(INES, lambda: IssuedAwardService().issue(FIRE, new_issue(MISSING_ID)), NotFound),
    Refusal(
        ANA,
        lambda: IssuedAwardService().update(FIRE, KINDNESS_OF_LINNEA, issue_dates()),
        NotPermitted,
        ISSUE,
    ),
    Refusal(INES, lambda: IssuedAwardService().update(org.SEPSIS, KINDNESS_OF_LINNEA, issue_dates()), NotFound),
    Refusal(GRACE, lambda: IssuedAwardService().update(org.DATA_PROTECTION, REVOKED_OF_ROSA, issue_dates()), Gone),
    Refusal(ADRIAN, lambda: IconService().delete("Badge_Star.png"), Refused, "Unable to delete"),
    Refusal(INES, lambda: IconService().delete("Badge_Star.png"), NotPermitted, MANAGE_ICONS),
    Refusal(ADRIAN, lambda: IconService().delete("none.png"), NotFound),
    Refusal(ADRIAN, lambda: CertificateTemplateService().delete(USED_TEMPLATE), Refused, "Unable to delete"),
    Refusal(INES, lambda: CertificateTemplateService().delete(USED_TEMPLATE), NotPermitted, MANAGE_TEMPLATES),
    Refusal(ADRIAN, lambda: CertificateTemplateService().delete("none.pdf"), NotFound),
    Refusal(MAYA, with_query(lambda: IconService().icons(), limit=0), Refused, "limit"),
    Refusal(ANA, lambda: IconService().icons(), NotPermitted, SEE),
    Refusal(ANA, lambda: IconService().icon("Badge_Star.png"), NotPermitted, SEE),
    Refusal(MAYA, lambda: IconService().icon("none.png"), NotFound),
    Refusal(MAYA, with_query(lambda: CertificateTemplateService().templates(), limit=0), Refused, "limit"),
    Refusal(ANA, lambda: CertificateTemplateService().templates(), NotPermitted, SEE_CERTIFICATES),
    Refusal(ANA, lambda: CertificateTemplateService().template(USED_TEMPLATE), NotPermitted, SEE_CERTIFICATES),
    Refusal(MAYA, lambda: CertificateTemplateService().template("none.pdf"), NotFound),
    Refusal(ADRIAN, lambda: IconService().add(ILL_NAMED_ICON), Refused, "Name is"),
    Refusal(INES, lambda: IconService().add(ICON), NotPermitted, MANAGE_ICONS),
    Refusal(ADRIAN, lambda: IconService().add(library_file_of("badge_star.PNG", PICTURE)), Conflict, "already"),
    Refusal(ADRIAN, lambda: CertificateTemplateService().add(ILL_NAMED_TEMPLATE), Refused, "Name is"),
    Refusal(INES, lambda: CertificateTemplateService().add(TEMPLATE), NotPermitted, MANAGE_TEMPLATES),
    Refusal(
        ADRIAN, lambda: CertificateTemplateService().add(library_file_of(USED_TEMPLATE, FORM)), Conflict, "already"
    ),
    Refusal(ANA, lambda: SharingService().remove_from_profile(HYGIENE_OF_ANA), Refused, "not shared"),
    Refusal(
        PRIYA,
        lambda: SharingService().remove_from_profile(CHAMPION_OF_PRIYA),
        NotPermitted,
        "Profile",
        without_profiles,
    ),
    Refusal(MAYA, lambda: SharingService().remove_from_profile(CHAMPION_OF_PRIYA), NotFound),
    Refusal(PRIYA, lambda: SharingService().share_on_profile(CHAMPION_OF_PRIYA), Refused, "already been shared"),
    Refusal(ROSA, lambda: SharingService().share_on_profile(REVOKED_OF_ROSA), Refused, "revoked"),
    Refusal(
        PRIYA, lambda: SharingService().share_on_profile(CHAMPION_OF_PRIYA), NotPermitted, "Profile", without_profiles
    ),
    Refusal(ANA, lambda: SharingService().share_on_profile(CHAMPION_OF_PRIYA), NotFound),
]
