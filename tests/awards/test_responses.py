"""What Brightspace answers about awards, read in full, at its barest, and where it surprises."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from awards.schemas import (
    Association,
    Award,
    AwardAssociated,
    Configuration,
    CreditSummary,
    ExpiryCalculation,
    ExpiryNotification,
    FileData,
    IssuedAward,
    MyAssociation,
    Share,
    UserIssuedAwardSummary,
)
from awards.services import (
    AssociationService,
    AwardClasslistService,
    AwardConfigurationService,
    AwardCreditService,
    AwardService,
    CertificateService,
    CertificateTemplateService,
    IconService,
    IssuedAwardService,
    more_awards_of,
)
from portal.brightspace.codec.fields import decode
from portal.brightspace.errors import UnexpectedResponse
from tests.awards.calls import CERTIFICATE_OF_JUN, FIRE_WARDEN_IN_FIRE, HYGIENE_OF_ANA, WARDEN_OF_JUN
from tests.conftest import GRACE, INES, MAYA, GatewayFor
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.awkward import PROLIFIC
from tests.sandbox.seeds.demo_people import ANA, JUN
from tests.sandbox.server import Sandbox


def test_an_award_is_read_in_full(caller_as: GatewayFor, sandbox: Sandbox) -> None:
    award = caller_as(MAYA).read(AwardService().award(cat.FIRE_WARDEN))

    kept = sandbox.world.awards.awards[cat.FIRE_WARDEN]
    assert (award.title, award.description, award.criteria) == (kept.title, kept.description, kept.criteria)
    assert (award.issuer_name, award.issuer_url) == (kept.issuer_name, kept.issuer_url)
    assert award.expiry_calculation == ExpiryCalculation(expiry_calculation_type=3, year=1)
    assert award.expiry_notification == ExpiryNotification(expiry_notify_value=30, expiry_notify_type=1)
    assert kept.certificate is not None
    files = (award.certificate_data, award.image_data)
    assert [file.name for file in files if file] == [kept.certificate.name, kept.image.name]


def test_the_catalogue_has_deleted_awards_and_badges_without_a_certificate(caller_as: GatewayFor) -> None:
    catalogue = {award.award_id: award for award in caller_as(MAYA).read(AwardService().awards())}

    assert [award.award_id for award in catalogue.values() if award.is_deleted] == [cat.OLD_AWARD]
    assert (catalogue[cat.KINDNESS].certificate_data, catalogue[cat.KINDNESS].criteria) == (None, None)


def test_associations_are_read_with_and_without_conditions(caller_as: GatewayFor) -> None:
    warden, kindness = caller_as(INES).read(AssociationService().in_org_unit(org.FIRE))

    assert (warden.association_id, warden.credit, warden.hidden_award) == (FIRE_WARDEN_IN_FIRE, 5, False)
    assert warden.condition_set is not None
    assert [each.condition_text for each in warden.condition_set.release_conditions]
    assert kindness.condition_set is not None
    assert (kindness.condition_set.condition_set_id, kindness.condition_set.release_conditions) == (None, ())
    assert (kindness.credit, kindness.hidden_award) == (None, True)


def test_what_one_may_earn_says_what_one_has(caller_as: GatewayFor) -> None:
    mine = caller_as(ANA).read(AssociationService().available_to_earn())

    held = {(each.org_unit_id, each.award.award_id) for each in mine if each.issued}
    assert held == {
        (org.FIRE, cat.FIRE_WARDEN),
        (org.INFECTION, cat.HAND_HYGIENE),
        (org.SAFEGUARDING, cat.SAFEGUARDING_LEVEL_2),
    }
    assert len(mine) > len(held)


def test_what_could_be_attached_has_no_association_yet(caller_as: GatewayFor) -> None:
    found = caller_as(INES).read(AssociationService().available_to_manage(org.FIRE))

    attached = {each.award.award_id: each.association_id for each in found if each.association_id}
    assert attached == {cat.FIRE_WARDEN: 4001, cat.KINDNESS: 4013}
    assert len(found) == 12


def test_issued_awards_are_read_with_their_dates_in_utc(caller_as: GatewayFor, sandbox: Sandbox) -> None:
    first, *others = caller_as(MAYA).read(IssuedAwardService().issued_to(JUN))

    kept = sandbox.world.issued(first.issued_id)
    assert kept is not None
    assert (first.issued_date, first.expiry_date, first.credit) == (kept.issued_at, kept.expires_at, kept.credit)
    assert (first.issued_to_user_id, first.issued_by_user_id) == (JUN, kept.issued_by)
    assert first.share == Share(with_profile=True)
    assert first.expiry_date is None
    assert all(each.expiry_date and each.expiry_date.tzinfo is UTC for each in others)


def test_a_certificate_is_read_by_the_id_printed_on_it(caller_as: GatewayFor) -> None:
    found = caller_as(MAYA).read(CertificateService().by_id(CERTIFICATE_OF_JUN))

    assert (found.issued_id, found.certificate_id) == (WARDEN_OF_JUN, CERTIFICATE_OF_JUN)


def test_what_can_be_revoked_is_read_by_award_and_by_person(caller_as: GatewayFor) -> None:
    caller = caller_as(INES)
    listed = caller.read(IssuedAwardService().revocable_awards(org.FIRE))

    assert [award.award_id for award in listed] == [cat.FIRE_WARDEN, cat.KINDNESS]
    of_jun = caller.read(IssuedAwardService().revocable_from(org.FIRE, JUN, include_expired=True))
    assert {each.award.award_id for each in of_jun} == {cat.FIRE_WARDEN}
    assert len(of_jun) == 2


def test_lists_are_followed_to_their_end(caller_as: GatewayFor, sandbox: Sandbox) -> None:
    caller = caller_as(MAYA)
    whole = caller.read(AwardService().awards())
    sandbox.control.clear_requests()

    assert caller.read(AwardService().awards(limit=5)) == whole
    assert len(sandbox.control.requests(path="/bas/1.6/awards/")) == 3
    assert caller.read(AwardService().awards(limit=5, offset=9)) == whole[9:]


def test_a_row_of_the_classlist_is_read_with_its_awards(caller_as: GatewayFor) -> None:
    row = caller_as(INES).read(AwardClasslistService().person(org.FIRE, ANA))

    assert (row.user_id, row.org_unit_id, row.display_name) == (ANA, org.FIRE, "Ana Novak")
    assert (row.total_award_count, row.total_credit_count) == (1, 5.0)
    assert [each.award.award_id for each in row.issued_awards.objects] == [cat.FIRE_WARDEN]
    assert row.rank is not None
    assert more_awards_of(row) is None


@pytest.mark.parametrize("fault", ["next_elsewhere", "next_relative", "extra"])
def test_the_awards_behind_the_tenth_are_found_where_a_row_points(
    fault: str, caller_as: GatewayFor, sandbox: Sandbox
) -> None:
    sandbox.world.enrol(GRACE, org.NOTICEBOARD, "course_lead")
    sandbox.control.add_fault(fault, path="/bas/")
    caller = caller_as(GRACE)
    row = caller.read(AwardClasslistService().person(org.NOTICEBOARD, PROLIFIC))
    more = more_awards_of(row)

    assert more is not None
    rest = caller.read(more)
    assert len(row.issued_awards.objects) == 10
    assert len(rest.items) + 10 == row.total_award_count
    assert not {each.issued_id for each in rest.items} & {each.issued_id for each in row.issued_awards.objects}


def test_rights_and_defaults_are_read(caller_as: GatewayFor) -> None:
    found = caller_as(INES).read(AwardConfigurationService().my_configuration(org.FIRE))

    assert found.permissions.issue_certificates
    assert not found.permissions.manage_all_badges
    assert not found.permissions.earn_awards
    assert (found.default_issuer_name, found.d2l_profile_integration_enabled) == ("Northfield Health & Learning", True)
    assert (found.default_classlist_sort_field, found.default_classlist_sort_ascending) == ("AwardCount", False)


def test_credit_is_read_by_type_and_missing_for_a_type_left_out(caller_as: GatewayFor) -> None:
    caller = caller_as(ANA)

    both = caller.read(AwardCreditService().summary(include_expired=True))
    assert both == CreditSummary(badge_credit_summary=2.5, certificate_credit_summary=15.0)
    assert caller.read(AwardCreditService().summary(award_type="Badge")).certificate_credit_summary is None


def test_the_libraries_are_read_by_name(caller_as: GatewayFor) -> None:
    caller = caller_as(MAYA)
    icons = [file.name for file in caller.read(IconService().icons(limit=2))]

    assert icons == sorted(name for name in icons if name)
    assert len(icons) == 7
    assert len(caller.read(CertificateTemplateService().templates())) == 2


def test_unknown_fields_and_kinds_and_dates_without_milliseconds_are_no_error(
    caller_as: GatewayFor, sandbox: Sandbox
) -> None:
    for kind in ("extra", "no_milliseconds"):
        sandbox.control.add_fault(kind, path="/bas/")
    found = {each.issued_id: each for each in caller_as(MAYA).read(IssuedAwardService().issued_to(ANA))}

    odd = found[HYGIENE_OF_ANA]
    assert odd.award.award_type == 99
    assert odd.issued_date is not None
    assert odd.issued_date.microsecond == 0


BARE_AWARD = {"AwardId": 1}
BARE_ISSUE = {"IssuedId": 2, "OrgUnitId": 3, "IssuedToUserId": 4, "Award": BARE_AWARD}
BARE_ASSOCIATION = {"AssociationId": 5, "OrgUnitId": 3, "Award": BARE_AWARD}
BARE = [
    (BARE_AWARD, Award),
    (BARE_ISSUE, IssuedAward),
    (BARE_ASSOCIATION, Association),
    (BARE_ASSOCIATION, MyAssociation),
    ({"Award": BARE_AWARD}, AwardAssociated),
    ({"UserId": 4, "OrgUnitId": 3}, UserIssuedAwardSummary),
    ({}, CreditSummary),
    ({}, Configuration),
    ({}, FileData),
]


@pytest.mark.parametrize(("bare", "kind"), BARE, ids=lambda value: getattr(value, "__name__", ""))
def test_the_barest_block_is_read_and_nulls_are_like_fields_left_out(bare: dict[str, Any], kind: type[Any]) -> None:
    nulls = {field.encode_name: None for field in msgspec.structs.fields(kind)}

    found = decode(msgspec.json.encode(bare), kind)
    assert decode(msgspec.json.encode(nulls | bare), kind) == found
    assert decode(msgspec.json.encode({**bare, "New": {"Nested": [None]}}), kind) == found


@pytest.mark.parametrize(("bare", "kind"), BARE[:6], ids=lambda value: getattr(value, "__name__", ""))
def test_a_block_without_the_ids_that_make_it_one_is_unreadable(bare: dict[str, Any], kind: type[Any]) -> None:
    for name in bare:
        with pytest.raises(msgspec.ValidationError, match=name):
            decode(msgspec.json.encode({**bare, name: None}), kind)


@pytest.mark.parametrize(
    "date",
    [
        "U2026-05-20T13:15:30.067",
        "2026-05-20T13:15:30.067Z",
        "2026-05-20T13:15:30.067",
        "u2026-05-20T13:15:30.0670000",
        "2026-05-20T15:15:30.067+02:00",
    ],
)
def test_every_spelling_of_an_award_date_is_the_same_moment(date: str) -> None:
    found = decode(msgspec.json.encode({**BARE_ISSUE, "IssuedDate": date, "ExpiryDate": date}), IssuedAward)

    moment = datetime(2026, 5, 20, 13, 15, 30, 67_000, tzinfo=UTC)
    assert (found.issued_date, found.expiry_date) == (moment, moment)
    assert found.issued_date is not None
    assert found.issued_date.utcoffset() == moment.utcoffset()


def test_an_issue_that_surprises_is_read_all_the_same() -> None:
    odd_expiry = {"ExpiryCalculationType": 9, "Day": 3.0, "Lunar": 7}
    odd_award = {"AwardId": "77", "AwardType": 42, "CreatedBy": 0, "Title": None, "ExpiryCalculation": odd_expiry}
    odd = {**BARE_ISSUE, "IssuedId": "2", "Credit": 110.0, "Award": odd_award, "IssuedByUserId": "0", "Share": None}
    found = decode(msgspec.json.encode(odd), IssuedAward)

    assert (found.issued_id, found.credit, found.issued_by_user_id, found.share) == (2, 110, None, Share())
    assert (found.award.award_id, found.award.award_type, found.award.title) == (77, 42, "")
    assert found.award.expiry_calculation == ExpiryCalculation(expiry_calculation_type=9, day=3)


def test_an_answer_of_another_shape_is_unreadable_and_says_so(caller_as: GatewayFor, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("wrong_type", path="/bas/")
    with pytest.raises(UnexpectedResponse, match="cannot read"):
        caller_as(MAYA).read(AwardService().award(cat.KINDNESS))
