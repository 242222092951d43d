"""Awards people hold, and the credit they bring."""

from awards.schemas.award import Award
from awards.schemas.kinds import Number
from portal.brightspace import Block, Id, UtcDateTime


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
    """``Awards.IssuedAwardUpdate``: both are replaced, and with ``expiry_date`` None the award never expires."""

    issued_date: UtcDateTime
    expiry_date: UtcDateTime | None


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
