"""The awards document's JSON blocks, field for field, in Brightspace's own words.

Enums stay plain integers, so that a value Brightspace adds later is shown rather than refused; `AwardType`
and the others name those the document knows.
"""

from enum import IntEnum

from portal.brightspace.fields import Block, Id, UtcDateTime

Number = int | float


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


class FileData(Block, frozen=True, kw_only=True):
    """``Awards.FileData``: a file of an award or of the library; ``path`` serves as an image's source."""

    name: str | None = None
    path: str | None = None


class InputFileInfo(Block, frozen=True, kw_only=True):
    """``Awards.InputFileInfo``: a file for an award: new (base64), from the library, or one already there.

    Brightspace takes ``content`` first, then ``library_file_name``, then ``file_path``.
    """

    library_file_name: str | None = None
    file_path: str | None = None
    name: str | None = None
    content: str | None = None


class LibraryInputFileInfo(Block, frozen=True, kw_only=True):
    """``Awards.LibraryInputFileInfo``: a new file for the library, base64."""

    name: str
    content: str


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


class ReleaseCondition(Block, frozen=True, kw_only=True):
    """``Awards.ReleaseCondition``: what a learner must meet to be issued the award automatically."""

    condition_id: int
    condition_text: str = ""


class ConditionSet(Block, frozen=True, kw_only=True):
    condition_set_id: Id | None = None
    condition_set_type: int | None = None
    release_conditions: tuple[ReleaseCondition, ...] = ()


class Association(Block, frozen=True, kw_only=True):
    """``Awards.Association``: an award attached to an org unit."""

    association_id: Id
    org_unit_id: Id
    award: Award
    condition_set: ConditionSet | None = None
    credit: Number | None = None
    hidden_award: bool = False


class MyAssociation(Block, frozen=True, kw_only=True):
    """``Awards.MyAssociation``: an attached award that the caller may earn, and whether they have."""

    association_id: Id
    org_unit_id: Id
    award: Award
    condition_set: ConditionSet | None = None
    credit: Number | None = None
    hidden_award: bool = False
    issued: bool = False


class AwardAssociated(Block, frozen=True, kw_only=True):
    """``Awards.AwardAssociated``: an award that is (with an id) or could be attached to an org unit."""

    award: Award
    association_id: Id | None = None


class AssociationCreate(Block, frozen=True, kw_only=True):
    """``Awards.AssociationCreate``."""

    award_id: Id
    credit: Number | None = None
    hidden_award: bool = False


class AssociationUpdate(Block, frozen=True, kw_only=True):
    """``Awards.AssociationUpdate``."""

    credit: Number | None = None
    hidden_award: bool = False


class Share(Block, frozen=True, kw_only=True):
    """Where an issued award has been sent to (``sent_to_…``), and where it may be (``with_…``)."""

    sent_to_profile: bool = False
    sent_to_mozilla: bool = False
    sent_to_eportfolio: bool = False
    shared_object_id: Id | None = None
    with_profile: bool = False
    with_mozilla: bool = False
    with_eportfolio: bool = False


class IssuedAward(Block, frozen=True, kw_only=True):
    """``Awards.IssuedAward``: an award somebody holds."""

    issued_id: Id
    org_unit_id: Id
    award: Award
    issued_to_user_id: Id
    issued_by_user_id: Id | None = None
    criteria: str | None = None
    evidence: str | None = None
    issued_date: UtcDateTime | None = None
    expiry_date: UtcDateTime | None = None
    credit: Number | None = None
    share: Share = Share()
    certificate_id: str | None = None


class IssuedAwardCreate(Block, frozen=True, kw_only=True):
    """``Awards.IssuedAwardCreate``. Without ``issued_date`` the award is issued now."""

    award_id: Id
    issued_to_user_id: Id
    criteria: str
    evidence: str
    issued_date: UtcDateTime | None = None


class IssuedAwardUpdate(Block, frozen=True, kw_only=True):
    """``Awards.IssuedAwardUpdate``. Without ``expiry_date`` the award never expires."""

    issued_date: UtcDateTime
    expiry_date: UtcDateTime | None = None


class IssuedAwardsPage(Block, frozen=True, kw_only=True):
    """The first awards of a classlist row; ``next`` leads to more."""

    objects: tuple[IssuedAward, ...] = ()
    next: str | None = None


class UserIssuedAwardSummary(Block, frozen=True, kw_only=True):
    """``Awards.UserIssuedAwardSummary``: a row of a course's classlist with ten of the person's awards."""

    user_id: Id
    org_unit_id: Id
    profile_image: str | None = None
    display_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    total_award_count: int = 0
    total_credit_count: Number = 0
    rank: int | None = None
    issued_awards: IssuedAwardsPage = IssuedAwardsPage()


class CreditSummary(Block, frozen=True, kw_only=True):
    """``Awards.CreditSummary``."""

    badge_credit_summary: Number | None = None
    certificate_credit_summary: Number | None = None


class Permissions(Block, frozen=True, kw_only=True):
    """What the caller may do with awards in an org unit."""

    see_awards: bool = False
    earn_awards: bool = False
    associate_awards: bool = False
    issue_awards: bool = False
    revoke_issued_awards: bool = False
    manage_my_awards: bool = False
    manage_all_awards: bool = False
    see_badges: bool = False
    associate_badges: bool = False
    earn_badges: bool = False
    issue_badges: bool = False
    revoke_issued_badges: bool = False
    manage_my_badges: bool = False
    manage_all_badges: bool = False
    see_certificates: bool = False
    associate_certificates: bool = False
    earn_certificates: bool = False
    issue_certificates: bool = False
    revoke_issued_certificates: bool = False
    manage_my_certificates: bool = False
    manage_all_certificates: bool = False
    manage_library_icons: bool = False
    manage_library_certificate_templates: bool = False
    download_other_users_certificates: bool = False


class Configuration(Block, frozen=True, kw_only=True):
    """``Awards.Configuration``: the caller's permissions and the organisation's defaults."""

    permissions: Permissions = Permissions()
    default_issuer_name: str | None = None
    default_issuer_url: str | None = None
    default_issuer_contact: str | None = None
    d2l_profile_integration_enabled: bool = False
    icon_creation_url: str | None = None
    default_classlist_sort_field: str | None = None
    default_classlist_sort_ascending: bool = True
    user_timezone: str | None = None
