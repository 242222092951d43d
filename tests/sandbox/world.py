"""The stand-in's data: people, org units, enrolments, and what hangs on them.

Plain records and a few look-ups; who may see what is in ``permissions``, how it is answered in
``api``. CPD files and progress are made when first asked for, so that a large world starts fast.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from threading import RLock
from typing import Any, Literal, NamedTuple

from tests.sandbox.awards_model import AwardBook, IssuedAward, owner_of
from tests.sandbox.content_model import Outline, TopicProgress
from tests.sandbox.cpd_model import CpdFile, CpdRecord, RecordField

ORGANISATION = 1
COURSE_OFFERING = 3
GROUP = 4
TYPE_NAMES = {ORGANISATION: "Organization", COURSE_OFFERING: "Course Offering", GROUP: "Group"}

# A record's id says whose it is, so that one record can be found without making all of them.
RECORDS_PER_PERSON = 1000


@dataclass(slots=True)
class Switches:
    """Behaviours that the reference leaves open; see README.md."""

    cpd_line: Literal["whole", "direct"] = "whole"
    managers_edit_cpd: bool = True
    no_target: Literal["zeros", "404"] = "zeros"
    target_dates: Literal["within", "instead"] = "within"
    completions_shape: Literal["array", "page"] = "array"
    attributes_shape: Literal["by_id", "by_name", "object", "bare"] = "by_id"
    managers_read_attributes: bool = True
    page_size: int = 100
    module_structure: Literal["full", "brief"] = "full"
    user_access: Literal["user_id", "identifier"] = "user_id"
    due_items: Literal["dated", "ahead"] = "dated"
    award_reissue: Literal["never", "after_expiry"] = "never"
    classlist_cannot_earn: Literal["404", "403"] = "404"
    award_rank: Literal["shared", "distinct"] = "shared"
    library_in_use: Literal["refuse", "delete"] = "refuse"
    classlist_sort_field: Literal["AwardCount", "FirstName", "LastName", "CreditScore"] = "AwardCount"
    classlist_sort_ascending: bool = False
    profile_integration: bool = True


@dataclass(frozen=True, slots=True)
class Role:
    """A role in Brightspace's sense; ``permissions`` are its security variables."""

    role_id: int
    name: str
    permissions: frozenset[str] = frozenset()
    lis_roles: tuple[str, ...] = ()


@dataclass(slots=True)
class Person:
    """A user. ``manager_id`` is the user attribute *Manager*; ``extra`` are unknown fields."""

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
        """Ten letters and digits that name the profile without giving away the id."""
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
        begun = self.start is None or self.start <= now
        return self.is_active and begun and (self.end is None or now <= self.end)


class Enrolment(NamedTuple):
    """One person in one org unit, with the role held there (a key of ``World.roles``)."""

    person_id: int
    org_unit_id: int
    role: str


@dataclass
class World:
    """Everything the stand-in knows. The gateway holds ``lock`` while a handler works."""

    today: date
    scale: str
    organisation: OrgUnit
    roles: dict[str, Role]
    time_zone: str = "Europe/London"
    people: dict[int, Person] = field(default_factory=dict)
    org_units: dict[int, OrgUnit] = field(default_factory=dict)
    outlines: dict[int, Outline] = field(default_factory=dict)
    categories: dict[int, RecordField] = field(default_factory=dict)
    methods: dict[int, RecordField] = field(default_factory=dict)
    questions: dict[int, RecordField] = field(default_factory=dict)
    auditees: dict[int, list[int]] = field(default_factory=dict)
    exemptions: set[tuple[int, int]] = field(default_factory=set)
    bookmarks: set[tuple[int, int]] = field(default_factory=set)
    course_completions: dict[tuple[int, int], datetime] = field(default_factory=dict)
    awards: AwardBook = field(default_factory=AwardBook)
    switches: Switches = field(default_factory=Switches)
    lock: RLock = field(default_factory=RLock, repr=False)
    make_cpd: Callable[[World, Person], CpdFile] = field(default=lambda world, person: CpdFile(None, []), repr=False)
    make_progress: Callable[[World, Person, int], dict[int, TopicProgress]] = field(
        default=lambda world, person, org_unit_id: {}, repr=False
    )
    make_issued: Callable[[World, Person], list[IssuedAward]] = field(default=lambda world, person: [], repr=False)
    _by_person: dict[int, dict[int, Enrolment]] = field(default_factory=dict, repr=False)
    _by_org_unit: dict[int, dict[int, Enrolment]] = field(default_factory=dict, repr=False)
    _cpd: dict[int, CpdFile] = field(default_factory=dict, repr=False)
    _progress: dict[tuple[int, int], dict[int, TopicProgress]] = field(default_factory=dict, repr=False)
    _issued: dict[int, list[IssuedAward]] = field(default_factory=dict, repr=False)

    @property
    def now(self) -> datetime:
        """The stand-in's present: noon UTC of its day, so that answers do not drift."""
        return datetime.combine(self.today, time(12), UTC)

    def add_person(self, person: Person) -> None:
        """Adds a person and enrols them in the organisation with their role there."""
        self.people[person.person_id] = person
        self.enrol(person.person_id, self.organisation.org_unit_id, person.role)

    def enrol(self, person_id: int, org_unit_id: int, role: str = "learner") -> None:
        """Enrols a person, replacing the role held in that org unit before."""
        enrolment = Enrolment(person_id, org_unit_id, role)
        self._by_person.setdefault(person_id, {})[org_unit_id] = enrolment
        self._by_org_unit.setdefault(org_unit_id, {})[person_id] = enrolment

    def enrolments_of(self, person_id: int) -> dict[int, Enrolment]:
        """A person's enrolments by org unit id."""
        return self._by_person.get(person_id, {})

    def enrolled_in(self, org_unit_id: int) -> dict[int, Enrolment]:
        """An org unit's enrolments by person id."""
        return self._by_org_unit.get(org_unit_id, {})

    def role_in(self, person_id: int, org_unit_id: int) -> Role | None:
        """The role a person holds in an org unit, or None when not enrolled."""
        enrolment = self.enrolments_of(person_id).get(org_unit_id)
        return None if enrolment is None else self.roles[enrolment.role]

    def cpd_of(self, person_id: int) -> CpdFile:
        """A person's CPD file, made on first use. KeyError for an unknown person."""
        with self.lock:
            if person_id not in self._cpd:
                self._cpd[person_id] = self.make_cpd(self, self.people[person_id])
            return self._cpd[person_id]

    def record(self, record_id: int) -> CpdRecord | None:
        """The CPD record with this id, or None."""
        owner_id = record_id // RECORDS_PER_PERSON
        if owner_id not in self.people:
            return None
        records = self.cpd_of(owner_id).records
        return next((record for record in records if record.record_id == record_id), None)

    def unknown_fields(self) -> set[str]:
        """Names of the fields that seeds or tests gave to people and records although no document has them."""
        records = [record for file in self._cpd.values() for record in file.records]
        extras = [*(person.extra for person in self.people.values()), *(record.extra for record in records)]
        return {name for extra in extras for name in extra}

    def progress_of(self, person_id: int, org_unit_id: int) -> dict[int, TopicProgress]:
        """A person's progress in an org unit by topic id; topics never touched are missing."""
        key = (org_unit_id, person_id)
        with self.lock:
            if key not in self._progress:
                self._progress[key] = self.make_progress(self, self.people[person_id], org_unit_id)
            return self._progress[key]

    def issued_to(self, person_id: int) -> list[IssuedAward]:
        """Everything ever issued to a person, revoked ones too. KeyError for an unknown person."""
        with self.lock:
            if person_id not in self._issued:
                self._issued[person_id] = self.make_issued(self, self.people[person_id])
            return self._issued[person_id]

    def issued(self, issued_id: int) -> IssuedAward | None:
        """The issued award with this id, or None."""
        if issued_id in self.awards.issued_anew:
            return self.awards.issued_anew[issued_id]
        owner_id = owner_of(issued_id)
        if owner_id not in self.people:
            return None
        return next((one for one in self.issued_to(owner_id) if one.issued_id == issued_id), None)
