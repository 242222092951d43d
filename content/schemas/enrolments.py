"""Which courses a person is in; of the learning platform, not of the content document."""

from portal.brightspace import Block, Id


class OrgUnitType(Block, frozen=True, kw_only=True):
    id: Id


class OrgUnit(Block, frozen=True, kw_only=True):
    id: Id
    type: OrgUnitType
    name: str | None = None
    code: str | None = None


class UserOrgUnit(Block, frozen=True, kw_only=True):
    """One enrolment of a person."""

    org_unit: OrgUnit
