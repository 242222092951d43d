"""The catalogue of awards with their associations, the two libraries, and sections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tests.sandbox.models.awards import (
    BADGE,
    CERTIFICATE,
    FIXED,
    ICON_FOLDER,
    NOTICE_UNITS,
    RELATIVE,
    RELATIVE_DAY_OF_MONTH,
    TEMPLATE_FOLDER,
    Association,
    Award,
    Expiry,
    ExpiryNotice,
    ReleaseCondition,
    Section,
    StoredFile,
    stored_path,
)
from tests.sandbox.sample_files import pdf, png, svg
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.demo_people import ADRIAN, AMARA, ANA, CALLUM, DAI, GRACES, INES, JUN, PETERS, YUSUF
from tests.sandbox.world import World

FIRE_WARDEN, SAFEGUARDING_LEVEL_2, HAND_HYGIENE, INFECTION_CHAMPION = 801, 802, 803, 804
DATA_SECURITY, SEPSIS_SIX, MENTOR, TEAM_LEADER = 805, 806, 807, 808
MEDICINES_CERTIFICATE, WELCOME, ODD_AWARD, KINDNESS, OLD_AWARD = 809, 810, 811, 812, 813
WARD_SECTION, CLINIC_SECTION = 6801, 6802
FIRST_ASSOCIATION_ID = 4001

_ISSUER = ("Northfield Health & Learning", "https://learning.northfield.example/", "awards@northfield.example")
_PNG_ICONS = {
    "Badge_Flame.png": (204, 68, 34),
    "Badge_Shield.png": (34, 94, 168),
    "Badge_Leaf.png": (52, 136, 84),
    "Badge_Star.png": (222, 164, 30),
    "Badge_Hand_Out.png": (122, 74, 160),
}
_SVG_ICONS = {"Badge_Letter_N.svg": ("#0b6e6e", "N"), "Badge_Letter_H.svg": ("#8a2a5b", "H")}
_TEMPLATES = ("Certificate1_Sample_Template.pdf", "Certificate2_Landscape.pdf")
_NEVER_EXPIRES, _YEARLY = Expiry(), Expiry(RELATIVE, year=1)
_NO_NOTICE = ExpiryNotice()


@dataclass(frozen=True)
class _AwardPlan:
    """One award to add; ``used_in`` are org units with the credit there."""

    award_id: int
    award_type: int
    title: str
    description: str
    icon: str
    expiry: Expiry = _NEVER_EXPIRES
    notice: ExpiryNotice = _NO_NOTICE
    criteria: str | None = None
    created_by: int = ADRIAN
    used_in: tuple[tuple[int, float | None], ...] = ()


_MONTH_BEFORE = ExpiryNotice(30, NOTICE_UNITS["Days"])
_PLANS = (
    _AwardPlan(
        FIRE_WARDEN,
        CERTIFICATE,
        "Fire Warden Certificate",
        "Can lead an evacuation and use an extinguisher.",
        "Badge_Flame.png",
        _YEARLY,
        _MONTH_BEFORE,
        "Fire Safety Essentials finished, and a drill led on the ward.",
        used_in=((org.FIRE, 5.0),),
    ),
    _AwardPlan(
        SAFEGUARDING_LEVEL_2,
        CERTIFICATE,
        "Safeguarding Level 2",
        "Recognises and reports concerns about adults and children.",
        "Badge_Shield.png",
        Expiry(RELATIVE, month=24),
        ExpiryNotice(2, NOTICE_UNITS["Months"]),
        "Safeguarding Adults and Children finished.",
        used_in=((org.SAFEGUARDING, 10.0),),
    ),
    _AwardPlan(
        HAND_HYGIENE,
        BADGE,
        "Hand Hygiene Assessed",
        "Observed at the bedside, five moments.",
        "Badge_Hand_Out.png",
        Expiry(RELATIVE, week=52),
        ExpiryNotice(4, NOTICE_UNITS["Weeks"]),
        created_by=INES,
        used_in=((org.INFECTION, 2.5),),
    ),
    _AwardPlan(
        INFECTION_CHAMPION,
        BADGE,
        "Infection Prevention Champion",
        "Advises the team on infection prevention.",
        "Badge_Leaf.png",
        used_in=((org.INFECTION, None),),
    ),
    _AwardPlan(
        DATA_SECURITY,
        CERTIFICATE,
        "Data Security Awareness",
        "The yearly declaration, good until the last day of the twelfth month.",
        "Badge_Letter_N.svg",
        Expiry(RELATIVE_DAY_OF_MONTH, day=31, month=12),
        ExpiryNotice(1, NOTICE_UNITS["Months"]),
        "Data Protection and Confidentiality finished and the declaration signed.",
        used_in=((org.DATA_PROTECTION, 3.0),),
    ),
    _AwardPlan(
        SEPSIS_SIX,
        BADGE,
        "Sepsis Six",
        "Starts all six steps within the hour.",
        "Badge_Star.png",
        _YEARLY,
        created_by=INES,
        used_in=((org.SEPSIS, 4.0), (org.MEDICINES, 2.0)),
    ),
    _AwardPlan(
        MENTOR,
        CERTIFICATE,
        "Practice Mentor",
        "May supervise students; the register closes on a fixed day.",
        "Badge_Letter_H.svg",
        Expiry(FIXED),
        ExpiryNotice(1, NOTICE_UNITS["Years"]),
        created_by=INES,
        used_in=((org.TEACHING, 12.0),),
    ),
    _AwardPlan(
        TEAM_LEADER,
        BADGE,
        "Team Leader: First Steps",
        "Has led a team for three months with a coach.",
        "Badge_Star.png",
        used_in=((org.LEADING, 6.0),),
    ),
    _AwardPlan(
        MEDICINES_CERTIFICATE,
        CERTIFICATE,
        "Medicines Administration",
        "May give medicines alone; assessed every 90 days.",
        "Badge_Letter_N.svg",
        Expiry(RELATIVE, day=90),
        _MONTH_BEFORE,
        used_in=((org.MEDICINES, 8.0),),
    ),
    _AwardPlan(
        WELCOME,
        BADGE,
        "Welcome Aboard",
        "Everybody's first badge.",
        "Badge_Leaf.png",
        used_in=((org.LAST_YEAR, None),),
    ),
    _AwardPlan(
        ODD_AWARD,
        BADGE,
        "<img src=x onerror=alert('award')> \"Odd\" & =1+1",
        "</script><script>alert('description')</script> {{7*7}} \u202eteg\u202c",
        "Badge_Star.png",
        Expiry(RELATIVE, day=30),
        criteria='<b>Bold</b> =HYPERLINK("http://example.org")',
        used_in=((org.ODD_COURSE, 0.5),),
    ),
    _AwardPlan(
        KINDNESS,
        BADGE,
        "Kindness in Care",
        "Named by patients; hidden until it is earned.",
        "Badge_Hand_Out.png",
        created_by=INES,
        used_in=((org.FIRE, None), (org.SAFEGUARDING, None)),
    ),
    _AwardPlan(
        OLD_AWARD,
        CERTIFICATE,
        "Manual Handling (old scheme)",
        "Replaced by practical training on the ward.",
        "Badge_Shield.png",
        Expiry(RELATIVE, year=3),
    ),
)


def add_catalogue(world: World) -> None:
    """Adds libraries, catalogue, associations and sections."""
    data, organisation_id = world.awards, world.organisation.org_unit_id
    data.issuer = _ISSUER
    for name, content in _icons().items():
        data.icons[name] = StoredFile(name, stored_path(organisation_id, ICON_FOLDER, name), content)
    for name in _TEMPLATES:
        content = pdf(["{FullName}", "{AwardDate}", "{CertificateID}"])
        data.templates[name] = StoredFile(name, stored_path(organisation_id, TEMPLATE_FOLDER, name), content)
    for plan in _PLANS:
        _add(world, plan)
    # All awards are associated with the noticeboard, so that a person can hold more than ten in one org unit.
    for award_id in data.awards:
        if award_id != OLD_AWARD:
            _associate(world, award_id, org.NOTICEBOARD, 1.0)
    data.awards[OLD_AWARD].is_deleted = True
    _add_sections(world)


def _icons() -> dict[str, bytes]:
    return {
        **{name: png(*colour) for name, colour in _PNG_ICONS.items()},
        **{name: svg(*style) for name, style in _SVG_ICONS.items()},
    }


def _add(world: World, plan: _AwardPlan) -> None:
    data = world.awards
    expiry = plan.expiry
    if expiry.kind == FIXED:
        day = world.today + timedelta(days=75)
        expiry = Expiry(FIXED, day=day.day, month=day.month, year=day.year)
    data.awards[plan.award_id] = Award(
        plan.award_id,
        plan.award_type,
        plan.created_by,
        plan.title,
        plan.description,
        expiry,
        plan.notice,
        *_ISSUER,
        image=data.icons[plan.icon],
        certificate=data.templates[_TEMPLATES[plan.award_id % 2]] if plan.award_type == CERTIFICATE else None,
        criteria=plan.criteria,
    )
    for org_unit_id, credit in plan.used_in:
        _associate(world, plan.award_id, org_unit_id, credit)


def _associate(world: World, award_id: int, org_unit_id: int, credit: float | None) -> None:
    data = world.awards
    association_id = FIRST_ASSOCIATION_ID + len(data.associations)
    course_name = world.org_units[org_unit_id].name
    conditions = (ReleaseCondition(association_id * 10, f"Completes all of {course_name}"),)
    data.associations[association_id] = Association(
        association_id,
        org_unit_id,
        award_id,
        credit,
        is_hidden=award_id == KINDNESS,
        conditions=conditions if data.awards[award_id].award_type == CERTIFICATE else (),
    )


def _add_sections(world: World) -> None:
    ward = frozenset((ANA, DAI, JUN, AMARA, CALLUM, YUSUF))
    clinics = frozenset((*GRACES, *PETERS))
    for section_id, name, members in ((WARD_SECTION, "Ward 7", ward), (CLINIC_SECTION, "Clinics", clinics)):
        world.awards.sections[section_id] = Section(section_id, org.FIRE, name, members)
