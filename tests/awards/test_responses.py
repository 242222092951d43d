"""Responses about awards: complete ones, those with required fields only, and those with unexpected values."""

from datetime import UTC, datetime
from math import ceil
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
from portal.brightspace.codec.json import decode
from portal.brightspace.errors import UnexpectedResponse
from tests.awards.seeded import (
    CERTIFICATE_OF_JUN,
    FIRE,
    FIRE_WARDEN_IN_FIRE,
    HYGIENE_OF_ANA,
    KINDNESS_IN_FIRE,
    WARDEN_OF_JUN,
)
from tests.conftest import GRACE, INES, MAYA, GatewayFor
from tests.sandbox.seeds import award_catalogue as catalogue
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ANA, JUN
from tests.sandbox.seeds.edge_cases import PROLIFIC
from tests.sandbox.server import Sandbox

AWARDS_IN_A_ROW = 10  # of a classlist


def test_an_award_is_read_in_full(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    award = gateway_for(MAYA).read(AwardService().award(catalogue.FIRE_WARDEN))

    stored = sandbox.world.awards.awards[catalogue.FIRE_WARDEN]
    assert (award.title, award.description, award.criteria) == (stored.title, stored.description, stored.criteria)
    assert (award.issuer_name, award.issuer_url) == (stored.issuer_name, stored.issuer_url)
    assert award.expiry_calculation == ExpiryCalculation(expiry_calculation_type=3, year=1)
    assert award.expiry_notification == ExpiryNotification(expiry_notify_value=30, expiry_notify_type=1)
    assert stored.certificate is not None
    files = (award.certificate_data, award.image_data)
    assert [file.name for file in files if file] == [stored.certificate.name, stored.image.name]


def test_all_awards_are_read_with_deleted_ones_and_badges_without_a_certificate(gateway_for: GatewayFor) -> None:
    awards = {award.award_id: award for award in gateway_for(MAYA).read(AwardService().awards())}

    assert [award.award_id for award in awards.values() if award.is_deleted] == [catalogue.OLD_AWARD]
    assert (awards[catalogue.KINDNESS].certificate_data, awards[catalogue.KINDNESS].criteria) == (None, None)


def test_associations_are_read_with_and_without_conditions(gateway_for: GatewayFor) -> None:
    warden, kindness = gateway_for(INES).read(AssociationService().in_org_unit(FIRE))

    assert (warden.association_id, warden.credit, warden.hidden_award) == (FIRE_WARDEN_IN_FIRE, 5, False)
    assert warden.condition_set is not None
    assert [each.condition_text for each in warden.condition_set.release_conditions]
    assert kindness.condition_set is not None
    assert (kindness.condition_set.condition_set_id, kindness.condition_set.release_conditions) == (None, ())
    assert (kindness.credit, kindness.hidden_award) == (None, True)


def test_awards_available_to_earn_say_which_the_caller_has_earned(gateway_for: GatewayFor) -> None:
    available = gateway_for(ANA).read(AssociationService().available_to_earn())

    earned = {(each.org_unit_id, each.award.award_id) for each in available if each.issued}
    assert earned == {
        (FIRE, catalogue.FIRE_WARDEN),
        (org.INFECTION, catalogue.HAND_HYGIENE),
        (org.SAFEGUARDING, catalogue.SAFEGUARDING_LEVEL_2),
    }
    assert len(available) > len(earned)


def test_awards_that_could_be_attached_have_no_association(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    available = gateway_for(INES).read(AssociationService().available_to_manage(FIRE))

    attached = {each.award.award_id: each.association_id for each in available if each.association_id}
    assert attached == {catalogue.FIRE_WARDEN: FIRE_WARDEN_IN_FIRE, catalogue.KINDNESS: KINDNESS_IN_FIRE}
    assert len(available) == len([award for award in sandbox.world.awards.awards.values() if not award.is_deleted])


def test_issued_awards_are_read_with_their_dates_in_utc(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    first, *others = gateway_for(MAYA).read(IssuedAwardService().issued_to(JUN))

    stored = sandbox.world.issued(first.issued_id)
    assert stored is not None
    assert (first.issued_date, first.expiry_date, first.credit) == (stored.issued_at, stored.expires_at, stored.credit)
    assert (first.issued_to_user_id, first.issued_by_user_id) == (JUN, stored.issued_by)
    assert first.share == Share(with_profile=True)
    assert first.expiry_date is None
    assert all(each.expiry_date and each.expiry_date.tzinfo is UTC for each in others)


def test_a_certificate_is_read_by_the_id_printed_on_it(gateway_for: GatewayFor) -> None:
    found = gateway_for(MAYA).read(CertificateService().by_id(CERTIFICATE_OF_JUN))

    assert (found.issued_id, found.certificate_id) == (WARDEN_OF_JUN, CERTIFICATE_OF_JUN)


def test_awards_to_revoke_are_read_by_award_and_by_person(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(INES)
    awards = brightspace.read(IssuedAwardService().revocable_awards(FIRE))

    assert [award.award_id for award in awards] == [catalogue.FIRE_WARDEN, catalogue.KINDNESS]
    of_jun = brightspace.read(IssuedAwardService().revocable_from(FIRE, JUN, include_expired=True))
    assert {each.award.award_id for each in of_jun} == {catalogue.FIRE_WARDEN}
    assert len(of_jun) == 2


def test_lists_are_followed_to_their_end(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    brightspace = gateway_for(MAYA)
    awards = brightspace.read(AwardService().awards())
    sandbox.control.clear_requests()

    assert brightspace.read(AwardService().awards(limit=5)) == awards
    assert len(sandbox.control.requests(path="/bas/1.6/awards/")) == ceil(len(awards) / 5) > 1
    assert brightspace.read(AwardService().awards(limit=5, offset=9)) == awards[9:]


def test_a_row_of_the_classlist_is_read_with_its_awards(gateway_for: GatewayFor) -> None:
    row = gateway_for(INES).read(AwardClasslistService().person(FIRE, ANA))

    assert (row.user_id, row.org_unit_id, row.display_name) == (ANA, FIRE, "Ana Novak")
    assert (row.total_award_count, row.total_credit_count) == (1, 5.0)
    assert [each.award.award_id for each in row.issued_awards.objects] == [catalogue.FIRE_WARDEN]
    assert row.rank is not None
    assert more_awards_of(row) is None


@pytest.mark.parametrize("fault", ["next_elsewhere", "next_relative", "extra"])
def test_further_awards_are_read_from_where_next_of_a_row_leads(
    fault: str, gateway_for: GatewayFor, sandbox: Sandbox
) -> None:
    sandbox.world.enrol(GRACE, org.NOTICEBOARD, "course_lead")
    sandbox.control.add_fault(fault, path="/bas/")
    brightspace = gateway_for(GRACE)
    row = brightspace.read(AwardClasslistService().person(org.NOTICEBOARD, PROLIFIC))
    more = more_awards_of(row)

    assert more is not None
    rest = brightspace.read(more)
    assert len(row.issued_awards.objects) == AWARDS_IN_A_ROW
    assert len(rest.items) + AWARDS_IN_A_ROW == row.total_award_count
    assert not {each.issued_id for each in rest.items} & {each.issued_id for each in row.issued_awards.objects}


def test_permissions_and_defaults_are_read(gateway_for: GatewayFor) -> None:
    found = gateway_for(INES).read(AwardConfigurationService().my_configuration(FIRE))

    assert found.permissions.issue_certificates
    assert not found.permissions.manage_all_badges
    assert not found.permissions.earn_awards
    assert (found.default_issuer_name, found.d2l_profile_integration_enabled) == ("Northfield Health & Learning", True)
    assert (found.default_classlist_sort_field, found.default_classlist_sort_ascending) == ("AwardCount", False)


def test_credit_is_read_by_type_and_is_none_for_a_type_left_out(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(ANA)

    both = brightspace.read(AwardCreditService().summary(include_expired=True))
    assert both == CreditSummary(badge_credit_summary=2.5, certificate_credit_summary=15.0)
    assert brightspace.read(AwardCreditService().summary(award_type="Badge")).certificate_credit_summary is None


def test_the_libraries_are_read_in_order_of_name(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    brightspace = gateway_for(MAYA)
    icons = [file.name for file in brightspace.read(IconService().icons(limit=2))]

    assert icons == sorted(name for name in icons if name)
    assert len(icons) == len(sandbox.world.awards.icons) > 2
    assert len(brightspace.read(CertificateTemplateService().templates())) == len(sandbox.world.awards.templates) > 0


def test_unknown_fields_and_types_and_dates_without_milliseconds_are_read(
    gateway_for: GatewayFor, sandbox: Sandbox
) -> None:
    for fault in ("extra", "no_milliseconds"):
        sandbox.control.add_fault(fault, path="/bas/")
    issued = {each.issued_id: each for each in gateway_for(MAYA).read(IssuedAwardService().issued_to(ANA))}

    hygiene = issued[HYGIENE_OF_ANA]
    assert hygiene.award.award_type == 99
    assert hygiene.issued_date is not None
    assert hygiene.issued_date.microsecond == 0


MINIMAL_AWARD = {"AwardId": 1}
MINIMAL_ISSUE = {"IssuedId": 2, "OrgUnitId": 3, "IssuedToUserId": 4, "Award": MINIMAL_AWARD}
MINIMAL_ASSOCIATION = {"AssociationId": 5, "OrgUnitId": 3, "Award": MINIMAL_AWARD}
# Blocks with nothing but their required fields.
MINIMAL_BLOCKS: list[tuple[dict[str, Any], type[Any]]] = [
    (MINIMAL_AWARD, Award),
    (MINIMAL_ISSUE, IssuedAward),
    (MINIMAL_ASSOCIATION, Association),
    (MINIMAL_ASSOCIATION, MyAssociation),
    ({"Award": MINIMAL_AWARD}, AwardAssociated),
    ({"UserId": 4, "OrgUnitId": 3}, UserIssuedAwardSummary),
    ({}, CreditSummary),
    ({}, Configuration),
    ({}, FileData),
]


@pytest.mark.parametrize(("minimal", "block"), MINIMAL_BLOCKS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_minimal_block_is_read_the_same_with_nulls_and_unknown_fields(
    minimal: dict[str, Any], block: type[Any]
) -> None:
    nulls = {field.encode_name: None for field in msgspec.structs.fields(block)}

    found = decode(msgspec.json.encode(minimal), block)
    assert decode(msgspec.json.encode(nulls | minimal), block) == found
    assert decode(msgspec.json.encode({**minimal, "New": {"Nested": [None]}}), block) == found


@pytest.mark.parametrize(
    ("minimal", "block"),
    [(minimal, block) for minimal, block in MINIMAL_BLOCKS if minimal],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_block_without_one_of_its_required_fields_is_an_error(minimal: dict[str, Any], block: type[Any]) -> None:
    for name in minimal:
        with pytest.raises(msgspec.ValidationError, match=name):
            decode(msgspec.json.encode({**minimal, name: None}), block)


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
    found = decode(msgspec.json.encode({**MINIMAL_ISSUE, "IssuedDate": date, "ExpiryDate": date}), IssuedAward)

    moment = datetime(2026, 5, 20, 13, 15, 30, 67_000, tzinfo=UTC)
    assert (found.issued_date, found.expiry_date) == (moment, moment)
    assert found.issued_date is not None
    assert found.issued_date.utcoffset() == moment.utcoffset()


def test_an_issued_award_with_unexpected_values_is_read() -> None:
    expiry = {"ExpiryCalculationType": 9, "Day": 3.0, "Lunar": 7}
    award = {"AwardId": "77", "AwardType": 42, "CreatedBy": 0, "Title": None, "ExpiryCalculation": expiry}
    unexpected = {
        **MINIMAL_ISSUE,
        "IssuedId": "2",
        "Credit": 110.0,
        "Award": award,
        "IssuedByUserId": "0",
        "Share": None,
    }
    found = decode(msgspec.json.encode(unexpected), IssuedAward)

    assert (found.issued_id, found.credit, found.issued_by_user_id, found.share) == (2, 110, None, Share())
    assert (found.award.award_id, found.award.award_type, found.award.title) == (77, 42, "")
    assert found.award.expiry_calculation == ExpiryCalculation(expiry_calculation_type=9, day=3)


def test_a_response_of_another_type_raises_unexpected_response(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    sandbox.control.add_fault("wrong_type", path="/bas/")
    with pytest.raises(UnexpectedResponse, match="cannot read"):
        gateway_for(MAYA).read(AwardService().award(catalogue.KINDNESS))
