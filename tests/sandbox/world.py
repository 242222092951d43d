"""The sandbox's data: people, org units, enrolments, and everything that belongs to them.

Records and look-ups only; ``api.permissions`` decides who may see what. CPD files, progress and issued awards are
made when first asked for, so that a large world starts fast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from threading import RLock

from tests.sandbox.models.awards import AwardData, IssuedAward, owner_of
from tests.sandbox.models.content import Outline, TopicProgress
from tests.sandbox.models.cpd import RECORDS_PER_PERSON, CpdFile, CpdRecord, RecordField
from tests.sandbox.models.people import Enrolment, OrgUnit, Person, Role
from tests.sandbox.switches import WorldSwitches


@dataclass
class World:
    """All data of one sandbox. The dispatcher holds ``lock`` while an action runs.

    ``exemptions`` and ``bookmarks`` are pairs of person and topic id, ``course_completions`` is by org unit and
    person id, ``auditees`` by auditor.
    """

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
    awards: AwardData = field(default_factory=AwardData)
    switches: WorldSwitches = field(default_factory=WorldSwitches)
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
        """The present moment of the sandbox: noon UTC of its day, so that repeated responses are equal."""
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
        """A person's CPD file. KeyError for an unknown person."""
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
        """The names of fields that seeds or tests gave to people and records although no document has them."""
        records = [record for file in self._cpd.values() for record in file.records]
        extras = [*(person.extra for person in self.people.values()), *(record.extra for record in records)]
        return {name for extra in extras for name in extra}

    def progress_of(self, person_id: int, org_unit_id: int) -> dict[int, TopicProgress]:
        """A person's progress in an org unit by topic id; topics never visited are missing."""
        key = (org_unit_id, person_id)
        with self.lock:
            if key not in self._progress:
                self._progress[key] = self.make_progress(self, self.people[person_id], org_unit_id)
            return self._progress[key]

    def issued_to(self, person_id: int) -> list[IssuedAward]:
        """All awards ever issued to a person, revoked ones too. KeyError for an unknown person."""
        with self.lock:
            if person_id not in self._issued:
                self._issued[person_id] = self.make_issued(self, self.people[person_id])
            return self._issued[person_id]

    def issued(self, issued_id: int) -> IssuedAward | None:
        """The issued award with this id, or None."""
        if issued_id in self.awards.newly_issued:
            return self.awards.newly_issued[issued_id]
        owner_id = owner_of(issued_id)
        if owner_id not in self.people:
            return None
        return next((award for award in self.issued_to(owner_id) if award.issued_id == issued_id), None)
