"""Awards issued to people: planned for the demo's people, random for everybody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from tests.sandbox.models.awards import FIRST_SEEDED_ISSUED_ID, ISSUED_IDS_PER_PERSON, Association, Expiry, IssuedAward
from tests.sandbox.models.people import Person
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.cpd import FIRST_ID_WITHOUT_CITATIONS
from tests.sandbox.seeds.demo_people import (
    ADRIAN,
    AMARA,
    ANA,
    CALLUM,
    DAI,
    GRACE,
    INES,
    JUN,
    LINNEA,
    MAYA,
    MEI,
    OLIVER,
    PRIYA,
    ROSA,
    TOMAS,
    YUSUF,
)
from tests.sandbox.seeds.edge_cases import MARKUP, PROLIFIC, QUOTES
from tests.sandbox.seeds.organisation import midnight
from tests.sandbox.world import World

# Lower numbers belong to awards that CPD records cite, which have the numbers of the records.
_FIRST_NUMBER = 600
_COURSES_OF_INES = (org.FIRE, org.SAFEGUARDING, org.SEPSIS, org.TEACHING, org.MEDICINES)


@dataclass(frozen=True)
class Holding:
    """An award issued ``days_ago`` that expires in ``expires_in`` days, or by the award's own rule."""

    award_id: int
    org_unit_id: int
    days_ago: int
    expires_in: int | None = None
    is_revoked: bool = False
    is_on_profile: bool = False


def _yearly(award_id: int, org_unit_id: int, expires_in: int) -> Holding:
    return Holding(award_id, org_unit_id, 365 - expires_in, expires_in)


def _two_yearly(expires_in: int) -> Holding:
    return Holding(cat.SAFEGUARDING_LEVEL_2, org.SAFEGUARDING, 730 - expires_in, expires_in)


HOLDINGS: dict[int, tuple[Holding, ...]] = {
    ANA: (_yearly(cat.HAND_HYGIENE, org.INFECTION, 9), _two_yearly(-40)),
    TOMAS: (_two_yearly(30), Holding(cat.DATA_SECURITY, org.DATA_PROTECTION, 100)),
    LINNEA: (
        _yearly(cat.SEPSIS_SIX, org.SEPSIS, 60),
        Holding(cat.HAND_HYGIENE, org.INFECTION, 164),
        Holding(cat.KINDNESS, org.FIRE, 20),
    ),
    PRIYA: (
        _yearly(cat.HAND_HYGIENE, org.INFECTION, 90),
        Holding(cat.SAFEGUARDING_LEVEL_2, org.SAFEGUARDING, 120),
        Holding(cat.DATA_SECURITY, org.DATA_PROTECTION, 60),
        Holding(cat.INFECTION_CHAMPION, org.INFECTION, 300, is_on_profile=True),
    ),
    DAI: (),
    ROSA: (
        Holding(cat.DATA_SECURITY, org.DATA_PROTECTION, 50, is_revoked=True),
        _yearly(cat.HAND_HYGIENE, org.INFECTION, 200),
    ),
    JUN: (
        _yearly(cat.FIRE_WARDEN, org.FIRE, -230),
        _two_yearly(400),
        Holding(cat.DATA_SECURITY, org.DATA_PROTECTION, 90),
        Holding(cat.WELCOME, org.LAST_YEAR, 480),
    ),
    AMARA: (Holding(cat.MENTOR, org.TEACHING, 30), _two_yearly(-5)),
    OLIVER: (Holding(cat.WELCOME, org.NOTICEBOARD, 200),),
    MEI: (
        Holding(cat.MEDICINES_CERTIFICATE, org.MEDICINES, 81),
        _yearly(cat.SEPSIS_SIX, org.MEDICINES, 45),
    ),
    CALLUM: (),
    YUSUF: (_yearly(cat.HAND_HYGIENE, org.INFECTION, -1), _two_yearly(14)),
    MAYA: (Holding(cat.TEAM_LEADER, org.LEADING, 150),),
    MARKUP: (Holding(cat.ODD_AWARD, org.ODD_COURSE, 21),),
    QUOTES: (Holding(cat.ODD_AWARD, org.ODD_COURSE, 45), Holding(cat.ODD_AWARD, org.ODD_COURSE, 2)),
    PROLIFIC: tuple(
        Holding(award_id, org.NOTICEBOARD, 28 - number)
        for number, award_id in enumerate(range(cat.FIRE_WARDEN, cat.OLD_AWARD))
    ),
}


class IssuedAwardFactory:
    """Makes a person's awards from the catalogue as it was seeded."""

    def __init__(self, world: World) -> None:
        self._expiries = {award.award_id: award.expiry for award in world.awards.awards.values()}
        self._credits: dict[tuple[int, int], float | None] = {}
        self._earnable: dict[int, list[int]] = {}
        for association in world.awards.associations.values():
            self._credits[association.org_unit_id, association.award_id] = association.credit
            if _is_issued_randomly(association):
                self._earnable.setdefault(association.org_unit_id, []).append(association.award_id)

    def __call__(self, world: World, person: Person) -> list[IssuedAward]:
        """Everything issued to this person; the same for the same person and day."""
        cited = self._cited(world, person) if person.person_id < FIRST_ID_WITHOUT_CITATIONS else []
        holdings = HOLDINGS.get(person.person_id)
        if holdings is None:
            holdings = tuple(self._random_holdings(world, person))
        first_id = FIRST_SEEDED_ISSUED_ID + person.person_id * ISSUED_IDS_PER_PERSON + _FIRST_NUMBER
        return cited + [
            self._issued(world, person, issued_id, each) for issued_id, each in enumerate(holdings, first_id)
        ]

    def _cited(self, world: World, person: Person) -> list[IssuedAward]:
        """The certificates that this person's CPD records cite."""
        return [
            self._award(world, person, record.issued_id, cat.FIRE_WARDEN, org.FIRE, record.completed_at)
            for record in world.cpd_of(person.person_id).records
            if record.issued_id is not None
        ]

    def _random_holdings(self, world: World, person: Person) -> Iterator[Holding]:
        rng = Random(person.person_id * 104_729)
        for org_unit_id, enrolment in world.enrolments_of(person.person_id).items():
            if enrolment.role != "learner":
                continue
            for award_id in self._earnable.get(org_unit_id, ()):
                is_cited = award_id == cat.FIRE_WARDEN and person.person_id < FIRST_ID_WITHOUT_CITATIONS
                if rng.random() < 0.55 and not is_cited:
                    yield Holding(award_id, org_unit_id, rng.randint(5, 430), is_revoked=rng.random() < 0.03)

    def _issued(self, world: World, person: Person, issued_id: int, holding: Holding) -> IssuedAward:
        moment = midnight(world.today - timedelta(days=holding.days_ago)) + timedelta(
            hours=9, minutes=30, milliseconds=827
        )
        issued = self._award(world, person, issued_id, holding.award_id, holding.org_unit_id, moment)
        issued.is_revoked, issued.is_on_profile = holding.is_revoked, holding.is_on_profile
        if holding.expires_in is not None:
            issued.expires_at = moment + timedelta(days=holding.days_ago + holding.expires_in)
        return issued

    def _award(
        self, world: World, person: Person, issued_id: int, award_id: int, org_unit_id: int, moment: datetime
    ) -> IssuedAward:
        expiry: Expiry = self._expiries[award_id]
        return IssuedAward(
            issued_id=issued_id,
            org_unit_id=org_unit_id,
            award_id=award_id,
            person_id=person.person_id,
            issued_by=_issuer_id(org_unit_id, person.person_id),
            criteria=f"Finished what {world.org_units[org_unit_id].name} asks for.",
            evidence="Seen by the course team, record kept on the ward.",
            issued_at=moment,
            expires_at=expiry.after(moment),
            credit=self._credits.get((org_unit_id, award_id)),
        )


def _is_issued_randomly(association: Association) -> bool:
    return association.org_unit_id != org.NOTICEBOARD and not association.is_hidden


def _issuer_id(org_unit_id: int, person_id: int) -> int:
    issuer_id = INES if org_unit_id in _COURSES_OF_INES else GRACE
    if org_unit_id not in (*org.MANDATORY, *org.OPTIONAL) or issuer_id == person_id:
        return ADRIAN
    return issuer_id
