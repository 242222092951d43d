"""Changes to awards: what is read after them, and that none is sent twice."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace as with_changes

from awards.schemas import AssociationUpdate, IssuedAward, UserIssuedAwardSummary
from awards.services import (
    AssociationService,
    AwardClasslistService,
    AwardCreditService,
    AwardService,
    CertificateTemplateService,
    IconService,
    IssuedAwardService,
    SharingService,
)
from portal.brightspace.errors import NotFound, OutcomeUnknown, Refused
from portal.brightspace.gateway import Gateway
from tests.awards.blocks import (
    BADGE,
    CERTIFICATE,
    ICON,
    TEMPLATE,
    award_update,
    issue_dates,
    new_association,
    new_award,
    new_certificate,
    new_issue,
)
from tests.awards.expected_requests import API
from tests.awards.seeded import (
    CHAMPION_OF_PRIYA,
    FIRE,
    FIRE_WARDEN_IN_FIRE,
    HYGIENE_OF_ANA,
    KINDNESS_OF_LINNEA,
)
from tests.conftest import ADRIAN, INES, MAYA, GatewayFor, SignIn
from tests.sandbox.awards.permissions import EARN, award_permission
from tests.sandbox.seeds import award_catalogue as catalogue
from tests.sandbox.seeds.demo_people import ANA, LINNEA, PRIYA, YUSUF
from tests.sandbox.server import Sandbox

ISSUE_PATH = f"{API}/orgunits/{FIRE}/issued/"


def awards_of(brightspace: Gateway, person_id: int = ANA) -> dict[int, IssuedAward]:
    """A person's issued awards, by the id of the award."""
    return {each.award.award_id: each for each in brightspace.read(IssuedAwardService().issued_to(person_id))}


def row_of(brightspace: Gateway, person_id: int = ANA) -> UserIssuedAwardSummary:
    return next(row for row in brightspace.read(AwardClasslistService().people(FIRE)) if row.user_id == person_id)


def issue(brightspace: Gateway, *args: Any, **changes: Any) -> IssuedAward:
    issued = brightspace.write(IssuedAwardService().issue(FIRE, new_issue(*args, **changes)))
    assert issued is not None
    return issued


def revocable_ids(brightspace: Gateway, person_id: int) -> list[int]:
    return [each.issued_id for each in brightspace.read(IssuedAwardService().revocable_from(FIRE, person_id))]


def test_an_issued_award_is_in_the_classlist_and_among_the_persons_awards(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(INES)
    assert catalogue.KINDNESS not in awards_of(brightspace)
    before = row_of(brightspace)
    issued = issue(brightspace)

    assert awards_of(brightspace)[catalogue.KINDNESS] == issued
    assert row_of(brightspace).total_award_count == before.total_award_count + 1
    assert issued in row_of(brightspace).issued_awards.objects
    assert (issued.criteria, issued.evidence, issued.issued_by_user_id) == ("Was kind.", "Seen by many.", INES)


def test_an_award_issued_as_of_a_past_date_gives_its_credit(gateway_for: GatewayFor) -> None:
    earned = datetime(2026, 3, 1, 8, 15, 0, 500_000, tzinfo=UTC)
    issued = issue(gateway_for(INES), catalogue.FIRE_WARDEN, YUSUF, issued_date=earned)

    assert (issued.issued_date, issued.credit) == (earned, 5)
    summary = gateway_for(YUSUF).read(AwardCreditService().summary(org_unit_id=FIRE))
    assert summary.certificate_credit_summary == 5


def test_the_classlist_leaves_out_people_who_cannot_earn_awards(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    learner = sandbox.world.roles["learner"]
    permissions = learner.permissions - {award_permission(EARN, BADGE), award_permission(EARN, CERTIFICATE)}
    sandbox.world.roles["learner"] = replace(learner, permissions=permissions)

    assert gateway_for(INES).read(AwardClasslistService().people(FIRE)) == []


def test_new_dates_replace_the_old_ones_and_an_expiry_of_none_erases_it(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(INES)
    changed = brightspace.write(IssuedAwardService().update(FIRE, KINDNESS_OF_LINNEA, issue_dates()))

    stored = awards_of(brightspace, LINNEA)[catalogue.KINDNESS]
    assert stored == changed
    assert (stored.issued_date, stored.expiry_date) == (issue_dates().issued_date, issue_dates().expiry_date)
    brightspace.write(IssuedAwardService().update(FIRE, KINDNESS_OF_LINNEA, issue_dates(expiry_date=None)))
    assert awards_of(brightspace, LINNEA)[catalogue.KINDNESS].expiry_date is None


def test_a_revoked_award_is_in_no_list_and_can_be_issued_again(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(INES)
    assert revocable_ids(brightspace, LINNEA)[-1] == KINDNESS_OF_LINNEA
    assert brightspace.write(IssuedAwardService().revoke(KINDNESS_OF_LINNEA)) is None

    assert KINDNESS_OF_LINNEA not in revocable_ids(brightspace, LINNEA)
    assert catalogue.KINDNESS not in awards_of(brightspace, LINNEA)
    assert issue(brightspace, person_id=LINNEA).issued_id != KINDNESS_OF_LINNEA
    with pytest.raises(Refused, match="already revoked"):
        brightspace.write(IssuedAwardService().revoke(KINDNESS_OF_LINNEA))


def test_an_award_is_attached_changed_and_detached(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(INES)
    created = brightspace.write(AssociationService().associate(FIRE, new_association()))
    assert created is not None
    assert brightspace.read(AssociationService().association(FIRE, created.association_id)) == created
    changes = AssociationUpdate(credit=None, hidden_award=True)
    changed = brightspace.write(AssociationService().update(FIRE, created.association_id, changes))

    assert changed == with_changes(created, credit=None, hidden_award=True)
    assert changed in brightspace.read(AssociationService().in_org_unit(FIRE))
    brightspace.write(AssociationService().remove(FIRE, created.association_id))
    with pytest.raises(NotFound):
        brightspace.read(AssociationService().association(FIRE, created.association_id))


def test_an_issued_award_stays_when_the_award_is_detached(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(INES)
    brightspace.write(AssociationService().remove(FIRE, FIRE_WARDEN_IN_FIRE))

    assert catalogue.FIRE_WARDEN in awards_of(brightspace)


def test_a_new_award_is_in_the_list_and_stays_there_as_deleted(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(ADRIAN)
    created = brightspace.write(AwardService().create(new_certificate()))
    assert created is not None

    assert (created.award_type, created.created_by, created.criteria) == (CERTIFICATE, ADRIAN, "Twenty nights.")
    assert created in brightspace.read(AwardService().awards())
    brightspace.write(AwardService().delete(created.award_id))
    assert with_changes(created, is_deleted=True) in brightspace.read(AwardService().awards())
    with pytest.raises(NotFound):
        brightspace.write(AwardService().delete(created.award_id))


def test_a_changed_award_keeps_criteria_that_are_left_out(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(ADRIAN)
    created = brightspace.write(AwardService().create(new_award()))
    assert created is not None
    changes = award_update(title="Day Shift", criteria=None)
    changed = brightspace.write(AwardService().update(created.award_id, changes, award_type=BADGE))

    assert changed == brightspace.read(AwardService().award(created.award_id))
    assert (changed.title, changed.criteria) == ("Day Shift", "Twenty nights.")
    changes = award_update(criteria="Thirty.")
    changed = brightspace.write(AwardService().update(created.award_id, changes, award_type=BADGE))
    assert changed is not None
    assert changed.criteria == "Thirty."


def test_files_are_added_to_the_libraries_and_deleted(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(ADRIAN)
    icon = brightspace.write(IconService().add(ICON))
    template = brightspace.write(CertificateTemplateService().add(TEMPLATE))

    assert icon in brightspace.read(IconService().icons())
    assert template in brightspace.read(CertificateTemplateService().templates(search="NIGHT"))
    brightspace.write(IconService().delete(ICON.name))
    brightspace.write(CertificateTemplateService().delete(TEMPLATE.name))
    assert icon not in brightspace.read(IconService().icons())
    assert template not in brightspace.read(CertificateTemplateService().templates())


def test_an_award_is_shared_on_the_profile_and_removed_from_it(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(ANA)
    brightspace.write(SharingService().share_on_profile(HYGIENE_OF_ANA))
    assert awards_of(brightspace)[catalogue.HAND_HYGIENE].share.sent_to_profile

    brightspace.write(SharingService().remove_from_profile(HYGIENE_OF_ANA))
    assert not awards_of(brightspace)[catalogue.HAND_HYGIENE].share.sent_to_profile


def test_an_award_cannot_be_shared_where_profiles_are_not_in_use(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    sandbox.control.set_switches(profile_integration=False)
    shares = {each.issued_id: each.share for each in gateway_for(MAYA).read(IssuedAwardService().issued_to(PRIYA))}

    assert shares[CHAMPION_OF_PRIYA].sent_to_profile
    assert not shares[CHAMPION_OF_PRIYA].with_profile


@pytest.mark.parametrize("fault", ["drop_after", "truncated", "cut_json", "502"])
def test_an_issue_whose_response_is_lost_has_an_unknown_outcome_and_is_not_sent_again(
    fault: str, gateway_for: GatewayFor, sandbox: Sandbox
) -> None:
    brightspace = gateway_for(INES)
    options: dict[str, Any] = {"after_work": True} if fault == "502" else {}
    sandbox.control.add_fault(fault, method="POST", path="/issued/", **options)
    with pytest.raises(OutcomeUnknown, match="may or may not have been made"):
        issue(brightspace)

    assert len(sandbox.control.requests(method="POST", path=ISSUE_PATH)) == 1
    assert catalogue.KINDNESS in awards_of(brightspace)


def test_an_issue_with_an_expired_token_is_sent_again_with_a_new_one(sign_in: SignIn, sandbox: Sandbox) -> None:
    sign_in(INES)
    sandbox.control.expire_tokens(INES)
    issued = issue(Gateway(INES))

    assert [each.status for each in sandbox.control.requests(method="POST", path=ISSUE_PATH)] == [401, 201]
    assert sandbox.control.token_counts()["refresh_token"] == 1
    assert list(sandbox.world.awards.newly_issued) == [issued.issued_id]
