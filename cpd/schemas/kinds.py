"""The CPD document's enumeration and numbers. A block's field stays a plain number: Brightspace may add values."""

from enum import IntEnum

Number = int | float  # a whole number stays whole, also when it is sent back


class RecordState(IntEnum):
    """``RECORDSTATE_T``: only published records count towards a target."""

    PUBLISHED = 1
    DRAFT = 2
