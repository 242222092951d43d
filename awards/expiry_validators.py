"""The awards document's limits on when an award expires, and on the reminder before that.

Each function returns the block as it is sent, or raises InvalidArgument, which names the field.
"""

from datetime import date

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _
from msgspec.structs import replace

from awards.schemas.award import ExpiryCalculation, ExpiryNotification
from awards.schemas.enums import ExpiryType, NotificationType
from portal.brightspace import InvalidArgument
from portal.brightspace.endpoints.validators import validate_between, validate_choice, validate_number_between

MAX_UNITS = 999  # days, weeks, months or years


def validate_expiry(expiry: ExpiryCalculation) -> ExpiryCalculation:
    """The parts that a kind of expiry needs. Brightspace ignores all others, so they are not checked."""
    kind = validate_choice(expiry.expiry_calculation_type, gettext_lazy("Kind of expiry"), ExpiryType)
    if kind is ExpiryType.FIXED:
        _validate_fixed(expiry)
    elif kind is ExpiryType.RELATIVE:
        _validate_relative(expiry)
    elif kind is ExpiryType.RELATIVE_DAY_OF_MONTH:
        validate_between(expiry.day, gettext_lazy("Day of expiry"), 1, 31)
        validate_between(expiry.month, gettext_lazy("Months until expiry"), 1, MAX_UNITS)
    return replace(expiry, expiry_calculation_type=int(kind))


def validate_notification(notification: ExpiryNotification) -> ExpiryNotification:
    """A reminder with its value and its unit, or no reminder: neither of them."""
    if notification.expiry_notify_type is None:
        if notification.expiry_notify_value is not None:
            raise InvalidArgument(
                _("“%(field)s” must say whether it counts days, weeks, months or years."),
                field=gettext_lazy("Unit of the reminder"),
            )
        return notification
    validate_number_between(notification.expiry_notify_value, gettext_lazy("Reminder before expiry"), 1, MAX_UNITS)
    kind = validate_choice(notification.expiry_notify_type, gettext_lazy("Unit of the reminder"), NotificationType)
    return replace(notification, expiry_notify_type=int(kind))


def _validate_fixed(expiry: ExpiryCalculation) -> None:
    """A day of the calendar; hour and minute may be missing."""
    day = validate_between(expiry.day, gettext_lazy("Day of expiry"), 1, 31)
    month = validate_between(expiry.month, gettext_lazy("Month of expiry"), 1, 12)
    year = validate_between(expiry.year, gettext_lazy("Year of expiry"), 1, 9999)
    try:
        date(year, month, day)
    except ValueError:
        raise InvalidArgument(
            _("“%(field)s”, its month and its year do not name a day of the calendar."),
            field=gettext_lazy("Day of expiry"),
        ) from None
    if expiry.hour is not None:
        validate_between(expiry.hour, gettext_lazy("Hour of expiry"), 0, 23)
    if expiry.minute is not None:
        validate_between(expiry.minute, gettext_lazy("Minute of expiry"), 0, 59)


def _validate_relative(expiry: ExpiryCalculation) -> None:
    """A number of days, weeks, months or years after the issue."""
    units = [
        (gettext_lazy("Days until expiry"), expiry.day),
        (gettext_lazy("Weeks until expiry"), expiry.week),
        (gettext_lazy("Months until expiry"), expiry.month),
        (gettext_lazy("Years until expiry"), expiry.year),
    ]
    given = [(field, value) for field, value in units if value is not None]
    if len(given) != 1:
        raise InvalidArgument(
            _("“%(field)s” must be given in exactly one of days, weeks, months and years."),
            field=gettext_lazy("Time until expiry"),
        )
    [(field, value)] = given
    validate_between(value, field, 1, MAX_UNITS)
