"""Awards attached to org units."""

from awards.schemas.award import Award
from awards.schemas.enums import Number
from portal.brightspace import Block, Id


class ReleaseCondition(Block, frozen=True, kw_only=True):
    """``Awards.ReleaseCondition``: a condition for issuing the award automatically."""

    condition_id: int
    condition_text: str = ""


class ConditionSet(Block, frozen=True, kw_only=True):
    """The conditions of an association. ``condition_set_id`` is None if there are none."""

    condition_set_id: Id | None = None
    condition_set_type: int | None = None
    release_conditions: tuple[ReleaseCondition, ...] = ()


class Association(Block, frozen=True, kw_only=True):
    """``Awards.Association``: an award attached to an org unit, where it gives ``credit``."""

    association_id: Id
    org_unit_id: Id
    award: Award
    condition_set: ConditionSet | None = None
    credit: Number | None = None
    hidden_award: bool = False


class MyAssociation(Block, frozen=True, kw_only=True):
    """``Awards.MyAssociation``: an attached award that the caller can earn, and whether it was issued to them."""

    association_id: Id
    org_unit_id: Id
    award: Award
    condition_set: ConditionSet | None = None
    credit: Number | None = None
    hidden_award: bool = False
    issued: bool = False


class AwardAssociated(Block, frozen=True, kw_only=True):
    """``Awards.AwardAssociated``: an award that is or could be attached to an org unit.

    ``association_id`` is None if it is not attached.
    """

    award: Award
    association_id: Id | None = None


class AssociationCreate(Block, frozen=True, kw_only=True):
    """``Awards.AssociationCreate``: an award to attach; ``hidden_award`` hides it until it is earned."""

    award_id: Id
    credit: Number | None = None
    hidden_award: bool = False


class AssociationUpdate(Block, frozen=True, kw_only=True):
    """``Awards.AssociationUpdate``: both values are replaced; a ``credit`` of None erases it."""

    credit: Number | None
    hidden_award: bool
