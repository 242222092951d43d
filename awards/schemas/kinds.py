"""The awards document's enumerations. A block's field stays a plain number: Brightspace may add values."""

from enum import IntEnum

Number = int | float  # decimals come as 110.0; a whole number stays whole when it is sent back


class AwardType(IntEnum):
    BADGE = 1
    CERTIFICATE = 2


class ClasslistSort(IntEnum):
    AWARD_COUNT = 1
    FIRST_NAME = 2
    LAST_NAME = 3
    CREDIT_SCORE = 4


class ExpiryType(IntEnum):
    NEVER = 1
    FIXED = 2
    RELATIVE = 3
    RELATIVE_DAY_OF_MONTH = 4


class NotificationType(IntEnum):
    DAYS = 1
    WEEKS = 2
    MONTHS = 3
    YEARS = 4
