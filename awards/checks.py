"""The document's limits on what is sent about awards, told by field before anything is sent.

Each check returns the block as it goes out.
"""

from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from awards.files import checked_picture, checked_template
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
    between,
    email,
    flag,
    moment,
    number_between,
    one_of,
    optional_moment,
    optional_text,
    positive,
    text,
    url,
)

MOST_IN_NAME, MOST_IN_DESCRIPTION = 128, 512
MOST_IN_REASON = 2000  # characters of criteria and of evidence, as Brightspace stores them
MOST_UNITS = 999
A = TypeVar("A", AwardCreate, AwardUpdate)
U = TypeVar("U", AssociationCreate, AssociationUpdate)


def checked_award(award: A, kind: AwardType) -> A:
    """Everything a new award and a changed one share; a certificate needs its template, a badge has none."""
    return replace(
        award,
        title=text(award.title, "Title", most=MOST_IN_NAME),
        description=text(award.description, "Description", most=MOST_IN_DESCRIPTION),
        expiry_calculation=checked_expiry(award.expiry_calculation),
        expiry_notification=checked_notification(award.expiry_notification),
        issuer_name=text(award.issuer_name, "Issuer's name", most=MOST_IN_NAME),
        issuer_url=url(award.issuer_url, "Issuer's web address", most=MOST_IN_NAME),
        issuer_contact=email(award.issuer_contact, "Issuer's e-mail address", most=MOST_IN_NAME),
        certificate=_checked_certificate(award.certificate, kind),
        image=checked_picture(award.image, "Image"),
        criteria=optional_text(award.criteria, "Criteria"),
    )


def checked_expiry(expiry: ExpiryCalculation) -> ExpiryCalculation:
    """Which parts a kind of expiry needs, and their limits; Brightspace ignores the others."""
    kind = one_of(expiry.expiry_calculation_type, "Kind of expiry", ExpiryType)
    if kind is ExpiryType.FIXED:
        _check_fixed(expiry)
    elif kind is ExpiryType.RELATIVE:
        _check_relative(expiry)
    elif kind is ExpiryType.RELATIVE_DAY_OF_MONTH:
        between(expiry.day, "Day of expiry", 1, 31)
        between(expiry.month, "Months until expiry", 1, MOST_UNITS)
    return replace(expiry, expiry_calculation_type=int(kind))


def checked_notification(notification: ExpiryNotification) -> ExpiryNotification:
    """A reminder needs both its unit and a value from 1 to 999, or neither."""
    if notification.expiry_notify_type is None:
        if notification.expiry_notify_value is not None:
            raise InvalidArgument("“Unit of the reminder” must say whether it counts days, weeks, months or years.")
        return notification
    number_between(notification.expiry_notify_value, "Reminder before expiry", 1, MOST_UNITS)
    kind = one_of(notification.expiry_notify_type, "Unit of the reminder", NotificationType)
    return replace(notification, expiry_notify_type=int(kind))


def checked_use(association: U) -> U:
    """What an award brings where it is attached, and whether it is hidden there until it is earned."""
    credit = None if association.credit is None else positive(association.credit, "Credit")
    return replace(association, credit=credit, hidden_award=flag(association.hidden_award, "Hidden"))


def checked_issue(new: IssuedAwardCreate) -> IssuedAwardCreate:
    """To whom, for what, and since when."""
    return replace(
        new,
        award_id=d2l_id(new.award_id, "Award"),
        issued_to_user_id=d2l_id(new.issued_to_user_id, "Person"),
        criteria=text(new.criteria, "Criteria", most=MOST_IN_REASON),
        evidence=text(new.evidence, "Evidence", most=MOST_IN_REASON),
        issued_date=optional_moment(new.issued_date, "Date of issue"),
    )


def checked_dates(changed: IssuedAwardUpdate) -> IssuedAwardUpdate:
    """Both dates. An expiry may come before the issue: that of an award with a fixed date does."""
    return replace(
        changed,
        issued_date=moment(changed.issued_date, "Date of issue"),
        expiry_date=optional_moment(changed.expiry_date, "Date of expiry"),
    )


def _checked_certificate(template: InputFileInfo | None, kind: AwardType) -> InputFileInfo | None:
    if kind is AwardType.CERTIFICATE and template is None:
        raise InvalidArgument("“Certificate” is required for an award of the kind Certificate.")
    if kind is AwardType.BADGE and template is not None:
        raise InvalidArgument("“Certificate” is for awards of the kind Certificate only; leave it out for a badge.")
    return None if template is None else checked_template(template, "Certificate")


def _check_fixed(expiry: ExpiryCalculation) -> None:
    day = between(expiry.day, "Day of expiry", 1, 31)
    month = between(expiry.month, "Month of expiry", 1, 12)
    year = between(expiry.year, "Year of expiry", 1, 9999)
    try:
        date(year, month, day)
    except ValueError:
        raise InvalidArgument("“Day of expiry”, its month and its year do not name a day of the calendar.") from None
    for name, value, most in (("Hour of expiry", expiry.hour, 23), ("Minute of expiry", expiry.minute, 59)):
        if value is not None:
            between(value, name, 0, most)


def _check_relative(expiry: ExpiryCalculation) -> None:
    parts = {"Days": expiry.day, "Weeks": expiry.week, "Months": expiry.month, "Years": expiry.year}
    given = {unit: value for unit, value in parts.items() if value is not None}
    if len(given) != 1:
        raise InvalidArgument("“Time until expiry” must be given in exactly one of days, weeks, months and years.")
    for unit, value in given.items():
        between(value, f"{unit} until expiry", 1, MOST_UNITS)
