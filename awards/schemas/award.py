"""Awards of the organisation, and when they expire."""

from awards.schemas.enums import AwardType, ExpiryType, Number
from awards.schemas.files import FileData, InputFileInfo
from portal.brightspace import Block, Id


class ExpiryCalculation(Block, frozen=True, kw_only=True):
    """``Awards.ExpiryCalculation``: when an award expires; see `awards.expiry`.

    The type decides which of the other fields count: a day and time of the calendar, or a time after the issue.
    """

    expiry_calculation_type: int = ExpiryType.NEVER
    minute: int | None = None
    hour: int | None = None
    day: int | None = None
    week: int | None = None
    day_of_week: int | None = None
    month: int | None = None
    year: int | None = None


class ExpiryNotification(Block, frozen=True, kw_only=True):
    """``Awards.ExpiryNotification``: how long before the expiry the holder is reminded.

    ``expiry_notify_type`` is the unit, a `NotificationType`. Both are None if nobody is reminded.
    """

    expiry_notify_value: Number | None = None
    expiry_notify_type: int | None = None


class Award(Block, frozen=True, kw_only=True):
    """``Awards.Award``: an award of the organisation, which many courses may share."""

    award_id: Id
    created_by: Id | None = None
    title: str = ""
    description: str = ""
    expiry_calculation: ExpiryCalculation | None = None
    expiry_notification: ExpiryNotification | None = None
    issuer_name: str | None = None
    issuer_url: str | None = None
    issuer_contact: str | None = None
    award_type: int = AwardType.BADGE
    certificate_data: FileData | None = None
    image_data: FileData | None = None
    is_deleted: bool = False
    criteria: str | None = None


class AwardCreate(Block, frozen=True, kw_only=True):
    """``Awards.AwardCreate``: a new award. ``certificate`` is the template to print from, None for a badge."""

    award_type: int
    title: str
    description: str
    expiry_calculation: ExpiryCalculation
    expiry_notification: ExpiryNotification
    issuer_name: str
    issuer_url: str
    issuer_contact: str
    certificate: InputFileInfo | None = None
    image: InputFileInfo
    criteria: str | None = None


class AwardUpdate(Block, frozen=True, kw_only=True):
    """``Awards.AwardUpdate``: everything is replaced, except that ``criteria`` of None leaves them as they are."""

    title: str
    description: str
    expiry_calculation: ExpiryCalculation
    expiry_notification: ExpiryNotification
    issuer_name: str
    issuer_url: str
    issuer_contact: str
    certificate: InputFileInfo | None = None
    image: InputFileInfo
    criteria: str | None = None
