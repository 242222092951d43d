"""The document's limits on what is sent about awards, told by field before anything is sent."""

import base64
from datetime import date

from awards.schemas import (
    AwardCreate,
    AwardType,
    AwardUpdate,
    ExpiryCalculation,
    ExpiryNotification,
    ExpiryType,
    InputFileInfo,
    LibraryInputFileInfo,
    NotificationType,
)
from portal.brightspace.arguments import between, email, one_of, positive, text, url
from portal.brightspace.fields import InvalidArgument

MOST_IN_NAME, MOST_IN_DESCRIPTION = 128, 512
MOST_UNITS = 999


def check_award(award: AwardCreate | AwardUpdate) -> None:
    """Everything that `AwardCreate` and `AwardUpdate` share."""
    text(award.title, "Title", most=MOST_IN_NAME)
    text(award.description, "Description", most=MOST_IN_DESCRIPTION)
    text(award.issuer_name, "IssuerName", most=MOST_IN_NAME)
    url(award.issuer_url, "IssuerUrl", most=MOST_IN_NAME)
    email(award.issuer_contact, "IssuerContact", most=MOST_IN_NAME)
    check_expiry(award.expiry_calculation)
    check_notification(award.expiry_notification)
    check_file(award.image, "Image")
    if award.certificate is not None:
        check_file(award.certificate, "Certificate")
    if award.criteria is not None:
        text(award.criteria, "Criteria")


def check_kind(award: AwardCreate) -> None:
    """A certificate needs its template; a badge has none."""
    kind = one_of(award.award_type, "AwardType", AwardType)
    if kind is AwardType.CERTIFICATE and award.certificate is None:
        raise InvalidArgument("“Certificate” is required for an award of type Certificate.")
    if kind is AwardType.BADGE and award.certificate is not None:
        raise InvalidArgument("“Certificate” is for awards of type Certificate only; leave it out for a badge.")


def check_expiry(expiry: ExpiryCalculation) -> None:
    """Which of the parts an expiry type needs, and their limits."""
    match one_of(expiry.expiry_calculation_type, "ExpiryCalculationType", ExpiryType):
        case ExpiryType.FIXED:
            _check_fixed(expiry)
        case ExpiryType.RELATIVE:
            _check_relative(expiry)
        case ExpiryType.RELATIVE_DAY_OF_MONTH:
            between(expiry.day, "Day", 1, 31)
            between(expiry.month, "Month", 1, MOST_UNITS)


def check_notification(notification: ExpiryNotification) -> None:
    """A reminder needs both its unit and a value from 1 to 999, or neither."""
    value = notification.expiry_notify_value
    if notification.expiry_notify_type is None:
        if value is not None:
            raise InvalidArgument(
                "“ExpiryNotifyType” must say whether “ExpiryNotifyValue” is days, weeks, months or years."
            )
        return
    one_of(notification.expiry_notify_type, "ExpiryNotifyType", NotificationType)
    if value is None or not 1 <= positive(value, "ExpiryNotifyValue") <= MOST_UNITS:
        raise InvalidArgument(f"“ExpiryNotifyValue” must be a number from 1 to {MOST_UNITS}.")


def check_file(file: InputFileInfo, name: str) -> None:
    """A file is new (name and content), from the library, or one that is there already."""
    if file.name is not None or file.content is not None:
        text(file.name, f"{name}: Name")
        check_base64(file.content, f"{name}: Content")
    elif file.library_file_name is not None:
        text(file.library_file_name, f"{name}: LibraryFileName")
    elif file.file_path is not None:
        text(file.file_path, f"{name}: FilePath")
    else:
        raise InvalidArgument(f"“{name}” needs a file: a new one, one of the library, or one already in Brightspace.")


def check_library_file(file: LibraryInputFileInfo) -> None:
    text(file.name, "Name", most=255)
    if "." not in file.name.strip(".") or set(file.name) & set("/\\"):
        raise InvalidArgument("“Name” must be a file name with its extension, such as warden.png.")
    check_base64(file.content, "Content")


def check_base64(content: object, name: str) -> None:
    try:
        decoded = base64.b64decode(text(content, name), validate=True)
    except ValueError as error:
        if isinstance(error, InvalidArgument):
            raise
        raise InvalidArgument(f"“{name}” must be base64.") from None
    if not decoded:
        raise InvalidArgument(f"“{name}” must not be empty.")


def file_of(name: str, content: bytes) -> InputFileInfo:
    """A new file for an award."""
    return InputFileInfo(name=name, content=base64.b64encode(content).decode())


def library_file_of(name: str, content: bytes) -> LibraryInputFileInfo:
    """A new file for the library."""
    return LibraryInputFileInfo(name=name, content=base64.b64encode(content).decode())


def _check_fixed(expiry: ExpiryCalculation) -> None:
    for name, value, least, most in (
        ("Day", expiry.day, 1, 31),
        ("Month", expiry.month, 1, 12),
        ("Year", expiry.year, 1, 9999),
    ):
        between(value, name, least, most)
    try:
        date(expiry.year or 0, expiry.month or 0, expiry.day or 0)
    except ValueError:
        raise InvalidArgument("“Day”, “Month” and “Year” do not name a day of the calendar.") from None


def _check_relative(expiry: ExpiryCalculation) -> None:
    parts = {"Day": expiry.day, "Week": expiry.week, "Month": expiry.month, "Year": expiry.year}
    given = {name: value for name, value in parts.items() if value is not None}
    if len(given) != 1:
        raise InvalidArgument("A relative expiry needs exactly one of “Day”, “Week”, “Month” and “Year”.")
    for name, value in given.items():
        between(value, name, 1, MOST_UNITS)
