"""Changes to awards: what is read afterwards, and that each is sent once."""

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
from tests.awards.calls import (
    BADGE,
    CERTIFICATE,
    CHAMPION_OF_PRIYA,
    FIRE_WARDEN_IN_FIRE,
    HYGIENE_OF_ANA,
    ICON,
    KINDNESS_OF_LINNEA,
    TEMPLATE,
    award,
    certificate,
    change,
    dates,
    new_issue,
    use,
)
from tests.conftest import ADRIAN, INES, MAYA, GatewayFor
from tests.sandbox.awards.permissions import EARN, award_permission
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, LINNEA, YUSUF
from tests.sandbox.server import Sandbox

FIRE = org.FIRE
ISSUING = "/d2l/api/bas/1.6/orgunits/6609/issued/"


def held(caller: Gateway, person_id: int = ANA) -> dict[int, IssuedAward]:
    """A person's awards, by award."""
    return {each.award.award_id: each for each in caller.read(IssuedAwardService().issued_to(person_id))}


def row_of(caller: Gateway, person_id: int = ANA) -> UserIssuedAwardSummary:
    return next(row for row in caller.read(AwardClasslistService().people(FIRE)) if row.user_id == person_id)


def issue(caller: Gateway, *args: Any, **changes: Any) -> IssuedAward:
    made = caller.write(IssuedAwardService().issue(FIRE, new_issue(*args, **changes)))
    assert made is not None
    return made


def test_an_issued_award_is_in_the_classlist_and_among_the_persons(caller_as: GatewayFor) -> None:
    caller = caller_as(INES)
    assert cat.KINDNESS not in held(caller)
    before = row_of(caller)
    made = issue(caller)

    assert held(caller)[cat.KINDNESS] == made
    assert row_of(caller).total_award_count == before.total_award_count + 1
    assert made in row_of(caller).issued_awards.objects
    assert (made.criteria, made.evidence, made.issued_by_user_id) == ("Was kind.", "Seen by many.", INES)


def test_an_issue_brings_its_credit_and_may_lie_in_the_past(caller_as: GatewayFor) -> None:
    earned = datetime(2026, 3, 1, 8, 15, 0, 500_000, tzinfo=UTC)
    made = issue(caller_as(INES), cat.FIRE_WARDEN, YUSUF, issued_date=earned)

    assert (made.issued_date, made.credit) == (earned, 5)
    summary = caller_as(YUSUF).read(AwardCreditService().summary(org_unit_id=FIRE))
    assert summary.certificate_credit_summary == 5


def test_only_who_can_earn_it_is_in_the_classlist(caller_as: GatewayFor, sandbox: Sandbox) -> None:
    learner = sandbox.world.roles["learner"]
    rights = learner.permissions - {award_permission(EARN, BADGE), award_permission(EARN, CERTIFICATE)}
    sandbox.world.roles["learner"] = replace(learner, permissions=rights)

    assert caller_as(INES).read(AwardClasslistService().people(FIRE)) == []


def test_new_dates_replace_the_old_ones_and_no_expiry_erases_it(caller_as: GatewayFor) -> None:
    caller = caller_as(INES)
    changed = caller.write(IssuedAwardService().update(FIRE, KINDNESS_OF_LINNEA, dates()))

    found = held(caller, LINNEA)[cat.KINDNESS]
    assert found == changed
    assert (found.issued_date, found.expiry_date) == (dates().issued_date, dates().expiry_date)
    caller.write(IssuedAwardService().update(FIRE, KINDNESS_OF_LINNEA, dates(expiry_date=None)))
    assert held(caller, LINNEA)[cat.KINDNESS].expiry_date is None


def test_a_revoked_award_leaves_every_list_and_can_be_issued_anew(caller_as: GatewayFor) -> None:
    caller = caller_as(INES)
    assert [each.issued_id for each in caller.read(IssuedAwardService().revocable_from(FIRE, LINNEA))][
        -1
    ] == KINDNESS_OF_LINNEA
    assert caller.write(IssuedAwardService().revoke(KINDNESS_OF_LINNEA)) is None

    assert KINDNESS_OF_LINNEA not in [
        each.issued_id for each in caller.read(IssuedAwardService().revocable_from(FIRE, LINNEA))
    ]
    assert cat.KINDNESS not in held(caller, LINNEA)
    assert issue(caller, person_id=LINNEA).issued_id != KINDNESS_OF_LINNEA
    with pytest.raises(Refused, match="already revoked"):
        caller.write(IssuedAwardService().revoke(KINDNESS_OF_LINNEA))


def test_an_award_is_attached_changed_and_detached(caller_as: GatewayFor) -> None:
    caller = caller_as(INES)
    made = caller.write(AssociationService().associate(FIRE, use()))
    assert made is not None
    assert caller.read(AssociationService().association(FIRE, made.association_id)) == made
    changes = AssociationUpdate(credit=None, hidden_award=True)
    changed = caller.write(AssociationService().update(FIRE, made.association_id, changes))

    assert changed == with_changes(made, credit=None, hidden_award=True)
    assert changed in caller.read(AssociationService().in_org_unit(FIRE))
    caller.write(AssociationService().remove(FIRE, made.association_id))
    with pytest.raises(NotFound):
        caller.read(AssociationService().association(FIRE, made.association_id))


def test_what_was_issued_stays_when_the_award_is_detached(caller_as: GatewayFor) -> None:
    caller = caller_as(INES)
    caller.write(AssociationService().remove(FIRE, FIRE_WARDEN_IN_FIRE))

    assert cat.FIRE_WARDEN in held(caller)


def test_a_new_award_is_in_the_catalogue_until_it_is_deleted(caller_as: GatewayFor) -> None:
    caller = caller_as(ADRIAN)
    made = caller.write(AwardService().create(certificate()))
    assert made is not None

    assert (made.award_type, made.created_by, made.criteria) == (CERTIFICATE, ADRIAN, "Twenty nights.")
    assert made in caller.read(AwardService().awards())
    caller.write(AwardService().delete(made.award_id))
    assert with_changes(made, is_deleted=True) in caller.read(AwardService().awards())
    with pytest.raises(NotFound):
        caller.write(AwardService().delete(made.award_id))


def test_a_changed_award_keeps_criteria_that_are_left_out(caller_as: GatewayFor) -> None:
    caller = caller_as(ADRIAN)
    made = caller.write(AwardService().create(award()))
    assert made is not None
    changes = change(title="Day Shift", criteria=None)
    changed = caller.write(AwardService().update(made.award_id, changes, award_type=BADGE))

    assert changed == caller.read(AwardService().award(made.award_id))
    assert (changed.title, changed.criteria) == ("Day Shift", "Twenty nights.")
    again = caller.write(AwardService().update(made.award_id, change(criteria="Thirty."), award_type=BADGE))
    assert again is not None
    assert again.criteria == "Thirty."


def test_files_come_into_the_libraries_and_leave_them(caller_as: GatewayFor) -> None:
    caller = caller_as(ADRIAN)
    icon, form = caller.write(IconService().add(ICON)), caller.write(CertificateTemplateService().add(TEMPLATE))

    assert icon in caller.read(IconService().icons())
    assert form in caller.read(CertificateTemplateService().templates(search="NIGHT"))
    caller.write(IconService().delete("moon.png"))
    caller.write(CertificateTemplateService().delete("night.pdf"))
    assert icon not in caller.read(IconService().icons())
    assert form not in caller.read(CertificateTemplateService().templates())


def test_an_award_is_shown_on_ones_profile_and_taken_off_again(caller_as: GatewayFor) -> None:
    caller = caller_as(ANA)
    caller.write(SharingService().share_on_profile(HYGIENE_OF_ANA))
    assert held(caller)[cat.HAND_HYGIENE].share.sent_to_profile

    caller.write(SharingService().remove_from_profile(HYGIENE_OF_ANA))
    assert not held(caller)[cat.HAND_HYGIENE].share.sent_to_profile


def test_without_profiles_an_award_says_that_it_cannot_be_shared(caller_as: GatewayFor, sandbox: Sandbox) -> None:
    sandbox.control.set_switches(profile_integration=False)
    shares = {each.issued_id: each.share for each in caller_as(MAYA).read(IssuedAwardService().issued_to(204))}

    assert shares[CHAMPION_OF_PRIYA].sent_to_profile
    assert not shares[CHAMPION_OF_PRIYA].with_profile


@pytest.mark.parametrize("fault", ["drop_after", "truncated", "cut_json", "502"])
def test_an_issue_whose_answer_is_lost_is_unclear_and_not_sent_again(
    fault: str, caller_as: GatewayFor, sandbox: Sandbox
) -> None:
    caller = caller_as(INES)
    options: dict[str, Any] = {"after_work": True} if fault == "502" else {}
    sandbox.control.add_fault(fault, method="POST", path="/issued/", **options)
    with pytest.raises(OutcomeUnknown, match="may or may not have been made"):
        issue(caller)

    assert len(sandbox.control.requests(method="POST", path=ISSUING)) == 1
    assert cat.KINDNESS in held(caller)


def test_a_refused_token_is_renewed_once_and_the_issue_accepted_once(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    caller = gateway_for(INES)
    sandbox.control.expire_tokens(INES)
    made = issue(caller)

    assert [each.status for each in sandbox.control.requests(method="POST", path=ISSUING)] == [401, 201]
    assert sandbox.control.token_counts()["refresh_token"] == 1
    assert list(sandbox.world.awards.newly_issued) == [made.issued_id]
