"""Awards as Brightspace stores them: the catalogue, its associations with courses, and issued awards."""

from __future__ import annotations

import hashlib
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

BADGE, CERTIFICATE = 1, 2
AWARD_TYPES = {"Badge": BADGE, "Certificate": CERTIFICATE}

NEVER, FIXED, RELATIVE, RELATIVE_DAY_OF_MONTH = 1, 2, 3, 4
EXPIRY_TYPES = {"Never": NEVER, "Fixed": FIXED, "Relative": RELATIVE, "RelativeDayOfMonth": RELATIVE_DAY_OF_MONTH}
NOTICE_UNITS = {"Days": 1, "Weeks": 2, "Months": 3, "Years": 4}

ICON_FOLDER, TEMPLATE_FOLDER = "libraryImages", "libraryPdfs"

# A seeded issued award's id contains its owner's, so that one can be found without making all of them.
ISSUED_IDS_PER_PERSON = 1000
FIRST_SEEDED_ISSUED_ID = 5_000_000
FIRST_NEW_ISSUED_ID = 1_500_000_000


@dataclass(frozen=True, slots=True)
class Expiry:
    """The rule by which an award expires; which parts count depends on the kind."""

    kind: int = NEVER
    minute: int | None = None
    hour: int | None = None
    day: int | None = None
    week: int | None = None
    day_of_week: int | None = None
    month: int | None = None
    year: int | None = None

    def after(self, moment: datetime) -> datetime | None:
        """When an award counted from ``moment`` expires; None for never."""
        if self.kind == FIXED:
            return datetime(
                self.year or 1, self.month or 1, self.day or 1, self.hour or 0, self.minute or 0, tzinfo=UTC
            )
        if self.kind == RELATIVE:
            later = _months_after(moment, (self.month or 0) + 12 * (self.year or 0))
            return later + timedelta(days=self.day or 0, weeks=self.week or 0)
        if self.kind == RELATIVE_DAY_OF_MONTH:
            return _months_after(moment, self.month or 0, self.day)
        return None


@dataclass(frozen=True, slots=True)
class ExpiryNotice:
    """How long before an award expires its holder is notified; ``unit`` is one of NOTICE_UNITS."""

    value: float | None = None
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An icon or a certificate template; ``path`` is the address without its host."""

    name: str
    path: str
    content: bytes = field(repr=False)


@dataclass(slots=True)
class Award:
    """One award of the catalogue. A deleted one stays, marked."""

    award_id: int
    award_type: int
    created_by: int
    title: str
    description: str
    expiry: Expiry
    notice: ExpiryNotice
    issuer_name: str
    issuer_url: str
    issuer_contact: str
    image: StoredFile
    certificate: StoredFile | None = None
    criteria: str | None = None
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class ReleaseCondition:
    """One condition under which Brightspace issues an award by itself."""

    condition_id: int
    text: str


@dataclass(slots=True)
class Association:
    """The use of an award in an org unit."""

    association_id: int
    org_unit_id: int
    award_id: int
    credit: float | None = None
    is_hidden: bool = False
    conditions: tuple[ReleaseCondition, ...] = ()


@dataclass(slots=True)
class IssuedAward:
    """An award that was issued to a person; ``credit`` is the association's at that moment."""

    issued_id: int
    org_unit_id: int
    award_id: int
    person_id: int
    issued_by: int
    criteria: str
    evidence: str
    issued_at: datetime
    expires_at: datetime | None
    credit: float | None = None
    is_revoked: bool = False
    is_on_profile: bool = False

    def is_current(self, now: datetime) -> bool:
        """Whether it has not expired."""
        return self.expires_at is None or self.expires_at > now

    @property
    def certificate_id(self) -> str:
        """The id printed on the certificate; it ends in the issued id, in hexadecimal."""
        digest = hashlib.sha256(f"certificate {self.issued_id}".encode()).hexdigest().upper()
        return f"{digest[:4]}-{digest[4:8]}-{self.issued_id:08X}"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an org unit's classlist."""

    section_id: int
    org_unit_id: int
    name: str
    member_ids: frozenset[int]


@dataclass
class AwardData:
    """Catalogue, associations, libraries and sections. ``newly_issued`` are the awards issued since the start."""

    awards: dict[int, Award] = field(default_factory=dict)
    associations: dict[int, Association] = field(default_factory=dict)
    icons: dict[str, StoredFile] = field(default_factory=dict)
    templates: dict[str, StoredFile] = field(default_factory=dict)
    sections: dict[int, Section] = field(default_factory=dict)
    issuer: tuple[str, str, str] = ("", "", "")
    newly_issued: dict[int, IssuedAward] = field(default_factory=dict)

    def of_unit(self, org_unit_id: int) -> list[Association]:
        """An org unit's associations with awards that are not deleted, oldest first."""
        return [
            association
            for association in self.associations.values()
            if association.org_unit_id == org_unit_id and not self.awards[association.award_id].is_deleted
        ]

    def association(self, org_unit_id: int, award_id: int) -> Association | None:
        """An award's association with an org unit, or None."""
        return next((found for found in self.of_unit(org_unit_id) if found.award_id == award_id), None)

    def stored(self, path: str) -> StoredFile | None:
        """The file with this path, in a library or of an award, or None."""
        of_awards = (file for award in self.awards.values() for file in (award.image, award.certificate) if file)
        return next((file for file in (*self.files(), *of_awards) if file.path == path), None)

    def files(self) -> list[StoredFile]:
        """All files of the two libraries."""
        return [*self.icons.values(), *self.templates.values()]

    def uses(self, file: StoredFile) -> bool:
        """Whether an award that is not deleted has this file."""
        return any(file.path in _paths_of(award) for award in self.awards.values() if not award.is_deleted)

    def next_id(self, table: dict[int, Award] | dict[int, Association]) -> int:
        """An id above all those given out in one of the two tables."""
        return max(table, default=0) + 1


def stored_path(org_unit_id: int, folder: str, name: str) -> str:
    """The path of a library's or an award's file."""
    return f"/d2l/awards/v1/{org_unit_id}/{folder}?filePath={quote(name)}"


def owner_of(issued_id: int) -> int:
    """The id of the person whom a seeded award was issued to."""
    return (issued_id - FIRST_SEEDED_ISSUED_ID) // ISSUED_IDS_PER_PERSON


def issued_id_in(certificate_id: str) -> int | None:
    """The issued id at the end of a certificate's id; None when there is none."""
    try:
        return int(certificate_id.rpartition("-")[2], 16)
    except ValueError:
        return None


def _paths_of(award: Award) -> set[str]:
    return {file.path for file in (award.image, award.certificate) if file is not None}


def _months_after(moment: datetime, months: int, day: int | None = None) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(day or moment.day, last))
