"""People, roles, org units and enrolments."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

ORGANISATION = 1
COURSE_OFFERING = 3
GROUP = 4
ORG_UNIT_TYPES = {ORGANISATION: "Organization", COURSE_OFFERING: "Course Offering", GROUP: "Group"}


@dataclass(frozen=True, slots=True)
class Role:
    """A role in Brightspace's sense; ``permissions`` are names of security variables."""

    role_id: int
    name: str
    permissions: frozenset[str] = frozenset()
    lis_roles: tuple[str, ...] = ()


@dataclass(slots=True)
class Person:
    """A user. ``manager_id`` is the user attribute *Manager*; ``extra`` are fields no document has."""

    person_id: int
    first_name: str | None
    last_name: str
    display_name: str
    user_name: str
    role: str = "learner"
    email: str | None = None
    org_defined_id: str | None = None
    manager_id: int | None = None
    job_title: str = ""
    in_picker: bool = False
    demo_note: str = ""
    is_active: bool = True
    pronouns: str | None = None
    last_accessed: datetime | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def profile_identifier(self) -> str:
        """Ten letters and digits that name the profile without revealing the id."""
        return hashlib.sha256(f"profile {self.person_id}".encode()).hexdigest()[:10]


@dataclass(slots=True)
class OrgUnit:
    """The organisation, a course offering or a group."""

    org_unit_id: int
    type_id: int
    name: str
    code: str
    start: datetime | None = None
    end: datetime | None = None
    is_active: bool = True

    def is_open(self, now: datetime) -> bool:
        """Whether a learner can enter it now."""
        has_begun = self.start is None or self.start <= now
        return self.is_active and has_begun and (self.end is None or now <= self.end)


class Enrolment(NamedTuple):
    """One person in one org unit, with the role held there (a key of ``World.roles``)."""

    person_id: int
    org_unit_id: int
    role: str
