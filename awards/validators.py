"""The document's limits on what is sent about awards, told by field before anything is sent.

Each check returns the block as it goes out.
"""

from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from awards.files import validate_picture, validate_template
from awards.schemas import (
    AssociationCreate,
    AssociationUpdate,
    AwardCreate,
    AwardType,
    AwardUpdate,
    ExpiryCalculation,
    ExpiryNotification,
    ExpiryType,
    InputFileInfo,
    IssuedAwardCreate,
    IssuedAwardUpdate,
    NotificationType,
)
from portal.brightspace import InvalidArgument, d2l_id
from portal.brightspace.endpoints.validators import (
    validate_between,
    validate_choice,
    validate_email,
    validate_flag,
    validate_moment,
    validate_number_between,
    validate_optional_moment,
    validate_optional_text,
    validate_positive,
    validate_text,
    validate_url,
)

MAX_NAME_LENGTH, MAX_DESCRIPTION_LENGTH = 128, 512
MAX_REASON_LENGTH = 2000  # characters of criteria and of evidence, as Brightspace stores them
MAX_UNITS = 999
A = TypeVar("A", AwardCreate, AwardUpdate)
U = TypeVar("U", AssociationCreate, AssociationUpdate)


def validate_new_award(new: AwardCreate) -> AwardCreate:
    """A new award; its type may be given by name or number."""
    award_type = validate_choice(new.award_type, "Kind of award", AwardType)
    return replace(_validate_award(new, award_type), award_type=int(award_type))


def validate_changed_award(changed: AwardUpdate, award_type: object) -> AwardUpdate:
    """A changed award of ``award_type``, which may be given by name or number."""
    return _validate_award(changed, validate_choice(award_type, "Kind of award", AwardType))


def _validate_award(award: A, award_type: AwardType) -> A:
    """What a new award and a changed one share; a certificate needs its template, a badge has none."""
    return replace(
        award,
        title=validate_text(award.title, "Title", most=MAX_NAME_LENGTH),
        description=validate_text(award.description, "Description", most=MAX_DESCRIPTION_LENGTH),
        expiry_calculation=validate_expiry(award.expiry_calculation),
        expiry_notification=validate_notification(award.expiry_notification),
        issuer_name=validate_text(award.issuer_name, "Issuer's name", most=MAX_NAME_LENGTH),
        issuer_url=validate_url(award.issuer_url, "Issuer's web address", most=MAX_NAME_LENGTH),
        issuer_contact=validate_email(award.issuer_contact, "Issuer's e-mail address", most=MAX_NAME_LENGTH),
        certificate=_validate_certificate(award.certificate, award_type),
        image=validate_picture(award.image, "Image"),
        criteria=validate_optional_text(award.criteria, "Criteria"),
    )


def validate_expiry(expiry: ExpiryCalculation) -> ExpiryCalculation:
    """Which parts a kind of expiry needs, and their limits; Brightspace ignores the others."""
    kind = validate_choice(expiry.expiry_calculation_type, "Kind of expiry", ExpiryType)
    if kind is ExpiryType.FIXED:
        _validate_fixed(expiry)
    elif kind is ExpiryType.RELATIVE:
        _validate_relative(expiry)
    elif kind is ExpiryType.RELATIVE_DAY_OF_MONTH:
        validate_between(expiry.day, "Day of expiry", 1, 31)
        validate_between(expiry.month, "Months until expiry", 1, MAX_UNITS)
    return replace(expiry, expiry_calculation_type=int(kind))


def validate_notification(notification: ExpiryNotification) -> ExpiryNotification:
    """A reminder needs both its unit and a value from 1 to 999, or neither."""
    if notification.expiry_notify_type is None:
        if notification.expiry_notify_value is not None:
            raise InvalidArgument("“Unit of the reminder” must say whether it counts days, weeks, months or years.")
        return notification
    validate_number_between(notification.expiry_notify_value, "Reminder before expiry", 1, MAX_UNITS)
    kind = validate_choice(notification.expiry_notify_type, "Unit of the reminder", NotificationType)
    return replace(notification, expiry_notify_type=int(kind))


def validate_new_association(new: AssociationCreate) -> AssociationCreate:
    """An award that is to be attached to an org unit."""
    return replace(validate_association(new), award_id=d2l_id(new.award_id, "Award"))


def validate_association(association: U) -> U:
    """What an award brings where it is attached, and whether it is hidden there until it is earned."""
    credit = None if association.credit is None else validate_positive(association.credit, "Credit")
    return replace(association, credit=credit, hidden_award=validate_flag(association.hidden_award, "Hidden"))


def validate_issue(new: IssuedAwardCreate) -> IssuedAwardCreate:
    """To whom, for what, and since when."""
    return replace(
        new,
        award_id=d2l_id(new.award_id, "Award"),
        issued_to_user_id=d2l_id(new.issued_to_user_id, "Person"),
        criteria=validate_text(new.criteria, "Criteria", most=MAX_REASON_LENGTH),
        evidence=validate_text(new.evidence, "Evidence", most=MAX_REASON_LENGTH),
        issued_date=validate_optional_moment(new.issued_date, "Date of issue"),
    )


def validate_issue_dates(changed: IssuedAwardUpdate) -> IssuedAwardUpdate:
    """Both dates. An expiry may come before the issue: that of an award with a fixed date does."""
    return replace(
        changed,
        issued_date=validate_moment(changed.issued_date, "Date of issue"),
        expiry_date=validate_optional_moment(changed.expiry_date, "Date of expiry"),
    )


def _validate_certificate(template: InputFileInfo | None, kind: AwardType) -> InputFileInfo | None:
    if kind is AwardType.CERTIFICATE and template is None:
        raise InvalidArgument("“Certificate” is required for an award of the kind Certificate.")
    if kind is AwardType.BADGE and template is not None:
        raise InvalidArgument("“Certificate” is for awards of the kind Certificate only; leave it out for a badge.")
    return None if template is None else validate_template(template, "Certificate")


def _validate_fixed(expiry: ExpiryCalculation) -> None:
    day = validate_between(expiry.day, "Day of expiry", 1, 31)
    month = validate_between(expiry.month, "Month of expiry", 1, 12)
    year = validate_between(expiry.year, "Year of expiry", 1, 9999)
    try:
        date(year, month, day)
    except ValueError:
        raise InvalidArgument("“Day of expiry”, its month and its year do not name a day of the calendar.") from None
    for name, value, most in (("Hour of expiry", expiry.hour, 23), ("Minute of expiry", expiry.minute, 59)):
        if value is not None:
            validate_between(value, name, 0, most)


def _validate_relative(expiry: ExpiryCalculation) -> None:
    parts = {"Days": expiry.day, "Weeks": expiry.week, "Months": expiry.month, "Years": expiry.year}
    given = {unit: value for unit, value in parts.items() if value is not None}
    if len(given) != 1:
        raise InvalidArgument("“Time until expiry” must be given in exactly one of days, weeks, months and years.")
    for unit, value in given.items():
        validate_between(value, f"{unit} until expiry", 1, MAX_UNITS)
