"""Awards attached to org units."""

from awards.schemas.award import Award
from awards.schemas.kinds import Number
from portal.brightspace import Block, Id


class ReleaseCondition(Block, frozen=True, kw_only=True):
    """``Awards.ReleaseCondition``: what a learner must meet to be issued the award automatically."""

    condition_id: int
    condition_text: str = ""


class ConditionSet(Block, frozen=True, kw_only=True):
    """All conditions of an association; without an id there are none."""

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
    """``Awards.AssociationUpdate``: both are replaced, and ``credit`` None erases it."""

    credit: Number | None
    hidden_award: bool
