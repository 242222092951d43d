"""The awards document's limits on what is sent about awards, checked before anything is sent.

Each function returns the block as it is sent, or raises InvalidArgument, which names the field.
"""

from typing import TypeVar

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _
from msgspec.structs import replace

from awards.expiry_validators import validate_expiry, validate_notification
from awards.files import validate_picture, validate_template
from awards.schemas.association import AssociationCreate, AssociationUpdate
from awards.schemas.award import AwardCreate, AwardUpdate
from awards.schemas.enums import AwardType
from awards.schemas.files import InputFileInfo
from awards.schemas.issued import IssuedAwardCreate, IssuedAwardUpdate
from portal.brightspace import InvalidArgument, d2l_id
from portal.brightspace.endpoints.validators import (
    validate_choice,
    validate_email,
    validate_flag,
    validate_moment,
    validate_optional_moment,
    validate_optional_text,
    validate_positive,
    validate_text,
    validate_url,
)

# In characters, as Brightspace stores them.
MAX_NAME_LENGTH, MAX_DESCRIPTION_LENGTH = 128, 512
MAX_REASON_LENGTH = 2000  # of criteria and of evidence

AnyAward = TypeVar("AnyAward", AwardCreate, AwardUpdate)
AnyAssociation = TypeVar("AnyAssociation", AssociationCreate, AssociationUpdate)


def validate_new_award(new: AwardCreate) -> AwardCreate:
    """A new award; its type may be given by name or number."""
    award_type = validate_choice(new.award_type, gettext_lazy("Kind of award"), AwardType)
    return replace(_validate_award(new, award_type), award_type=int(award_type))


def validate_changed_award(changed: AwardUpdate, award_type: object) -> AwardUpdate:
    """A changed award of ``award_type``, which may be given by name or number."""
    return _validate_award(changed, validate_choice(award_type, gettext_lazy("Kind of award"), AwardType))


def _validate_award(award: AnyAward, award_type: AwardType) -> AnyAward:
    """What a new and a changed award share. A certificate needs a template, and a badge must have none."""
    return replace(
        award,
        title=validate_text(award.title, gettext_lazy("Title"), most=MAX_NAME_LENGTH),
        description=validate_text(award.description, gettext_lazy("Description"), most=MAX_DESCRIPTION_LENGTH),
        expiry_calculation=validate_expiry(award.expiry_calculation),
        expiry_notification=validate_notification(award.expiry_notification),
        issuer_name=validate_text(award.issuer_name, gettext_lazy("Issuer's name"), most=MAX_NAME_LENGTH),
        issuer_url=validate_url(award.issuer_url, gettext_lazy("Issuer's web address"), most=MAX_NAME_LENGTH),
        issuer_contact=validate_email(
            award.issuer_contact, gettext_lazy("Issuer's e-mail address"), most=MAX_NAME_LENGTH
        ),
        certificate=_validate_certificate(award.certificate, award_type),
        image=validate_picture(award.image, gettext_lazy("Image")),
        criteria=validate_optional_text(award.criteria, gettext_lazy("Criteria")),
    )


def validate_new_association(new: AssociationCreate) -> AssociationCreate:
    """The award to attach to an org unit, with its credit and visibility there."""
    return replace(validate_association(new), award_id=d2l_id(new.award_id, gettext_lazy("Award")))


def validate_association(association: AnyAssociation) -> AnyAssociation:
    """The credit an award gives in an org unit, if any, and whether it is hidden there until it is earned."""
    credit = None if association.credit is None else validate_positive(association.credit, gettext_lazy("Credit"))
    hidden = validate_flag(association.hidden_award, gettext_lazy("Hidden"))
    return replace(association, credit=credit, hidden_award=hidden)


def validate_issue(new: IssuedAwardCreate) -> IssuedAwardCreate:
    """An award to issue to a person."""
    return replace(
        new,
        award_id=d2l_id(new.award_id, gettext_lazy("Award")),
        issued_to_user_id=d2l_id(new.issued_to_user_id, gettext_lazy("Person")),
        criteria=validate_text(new.criteria, gettext_lazy("Criteria"), most=MAX_REASON_LENGTH),
        evidence=validate_text(new.evidence, gettext_lazy("Evidence"), most=MAX_REASON_LENGTH),
        issued_date=validate_optional_moment(new.issued_date, gettext_lazy("Date of issue")),
    )


def validate_issue_dates(changed: IssuedAwardUpdate) -> IssuedAwardUpdate:
    """Both dates of an issued award. The expiry may come before the issue, as it does for a fixed date in the past."""
    return replace(
        changed,
        issued_date=validate_moment(changed.issued_date, gettext_lazy("Date of issue")),
        expiry_date=validate_optional_moment(changed.expiry_date, gettext_lazy("Date of expiry")),
    )


def _validate_certificate(template: InputFileInfo | None, award_type: AwardType) -> InputFileInfo | None:
    field = gettext_lazy("Certificate")
    if award_type is AwardType.CERTIFICATE and template is None:
        raise InvalidArgument(_("“%(field)s” is required for an award of the kind Certificate."), field=field)
    if award_type is AwardType.BADGE and template is not None:
        raise InvalidArgument(
            _("“%(field)s” is for awards of the kind Certificate only; leave it out for a badge."), field=field
        )
    return None if template is None else validate_template(template, field)
