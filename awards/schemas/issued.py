"""Awards that were issued to people, and the credit they give."""

from awards.schemas.award import Award
from awards.schemas.enums import Number
from portal.brightspace import Block, Id, UtcDateTime


class Share(Block, frozen=True, kw_only=True):
    """Where an issued award was shared (``sent_to_…``), and where it can be shared (``with_…``)."""

    sent_to_profile: bool = False
    sent_to_mozilla: bool = False
    sent_to_eportfolio: bool = False
    shared_object_id: Id | None = None
    with_profile: bool = False
    with_mozilla: bool = False
    with_eportfolio: bool = False


class IssuedAward(Block, frozen=True, kw_only=True):
    """``Awards.IssuedAward``: an award that was issued to somebody.

    ``expiry_date`` is None if it never expires; ``certificate_id`` is the id printed on a certificate.
    """

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
    """``Awards.IssuedAwardCreate``: an award to issue. Without ``issued_date`` it is issued as of now."""

    award_id: Id
    issued_to_user_id: Id
    criteria: str
    evidence: str
    issued_date: UtcDateTime | None = None


class IssuedAwardUpdate(Block, frozen=True, kw_only=True):
    """``Awards.IssuedAwardUpdate``: both dates are replaced; with an ``expiry_date`` of None it never expires."""

    issued_date: UtcDateTime
    expiry_date: UtcDateTime | None


class IssuedAwardsPage(Block, frozen=True, kw_only=True):
    """The first awards of a row of the classlist. ``next`` is the URL of more; see `more_awards_of`."""

    objects: tuple[IssuedAward, ...] = ()
    next: str | None = None


class UserIssuedAwardSummary(Block, frozen=True, kw_only=True):
    """``Awards.UserIssuedAwardSummary``: a row of the classlist: a person with ten of their awards.

    ``total_award_count`` counts all awards, not only the ten.
    """

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
    """``Awards.CreditSummary``: credit by type of award; None for a type that was not asked for."""

    badge_credit_summary: Number | None = None
    certificate_credit_summary: Number | None = None
