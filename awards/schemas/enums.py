"""The awards document's enumerations.

Fields of blocks are plain numbers all the same: a value that Brightspace adds is no error.
"""

from enum import IntEnum

Number = int | float  # Brightspace sends decimals as 110.0; a whole number is sent back as a whole number


class AwardType(IntEnum):
    """The two types of award; only a certificate can be printed."""

    BADGE = 1
    CERTIFICATE = 2


class ClasslistSort(IntEnum):
    """What a classlist is sorted by."""

    AWARD_COUNT = 1
    FIRST_NAME = 2
    LAST_NAME = 3
    CREDIT_SCORE = 4


class ExpiryType(IntEnum):
    """How an expiry is counted; see `awards.expiry`."""

    NEVER = 1
    FIXED = 2
    RELATIVE = 3
    RELATIVE_DAY_OF_MONTH = 4


class NotificationType(IntEnum):
    """The unit of a reminder."""

    DAYS = 1
    WEEKS = 2
    MONTHS = 3
    YEARS = 4
