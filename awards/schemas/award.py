"""An award of the organisation, and when it expires."""

from awards.schemas.files import FileData, InputFileInfo
from awards.schemas.kinds import AwardType, ExpiryType, Number
from portal.brightspace import Block, Id


class ExpiryCalculation(Block, frozen=True, kw_only=True):
    """``Awards.ExpiryCalculation``: how an award's expiry follows from its date of issue."""

    expiry_calculation_type: int = ExpiryType.NEVER
    minute: int | None = None
    hour: int | None = None
    day: int | None = None
    week: int | None = None
    day_of_week: int | None = None
    month: int | None = None
    year: int | None = None


class ExpiryNotification(Block, frozen=True, kw_only=True):
    """``Awards.ExpiryNotification``: how long before the expiry the holder is reminded."""

    expiry_notify_value: Number | None = None
    expiry_notify_type: int | None = None


class Award(Block, frozen=True, kw_only=True):
    """``Awards.Award``: an award of the organisation; one award serves many courses."""

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
    """``Awards.AwardCreate``. ``certificate`` is None for badges."""

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
    """``Awards.AwardUpdate``. Criteria that are once set stay: None leaves them as they are."""

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
