"""Enrolments of a person; blocks of the learning platform, not of the content document."""

from portal.brightspace import Block, Id


class OrgUnitType(Block, frozen=True, kw_only=True):
    """What kind of org unit it is; 3 is a course offering."""

    id: Id


class OrgUnit(Block, frozen=True, kw_only=True):
    """A course, group, section or other unit of the organisation."""

    id: Id
    type: OrgUnitType
    name: str | None = None
    code: str | None = None


class UserOrgUnit(Block, frozen=True, kw_only=True):
    """One enrolment of a person."""

    org_unit: OrgUnit
