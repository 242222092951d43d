"""What is in each course: modules and topics, with due dates around the world's today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

from tests.sandbox.content_model import (
    ACTIVITY_INSTANCE,
    AUTO,
    DISCUSSION,
    DROPBOX,
    FILE,
    LINK,
    MANUAL,
    NONE,
    QUIZ,
    SCORM,
    SURVEY,
    Module,
    Outline,
    Topic,
)
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.organisation import midnight
from tests.sandbox.world import World

# Unknown to the reference on purpose: the newest Brightspace knows more kinds than it lists.
UNKNOWN_COMPLETION_TYPE = 7
_TOOLS = {QUIZ: 13000, DROPBOX: 2000, DISCUSSION: 1000, SURVEY: 13001}


@dataclass(frozen=True)
class T:
    """One topic to make; ``due``, ``opens`` and ``closes`` count days from today."""

    title: str
    kind: int = FILE
    completion: int = AUTO
    due: int | None = None
    opens: int | None = None
    closes: int | None = None
    hidden: bool = False
    locked: bool = False
    broken: bool = False


@dataclass(frozen=True)
class M:
    """One module to make."""

    title: str
    topics: tuple[T, ...]
    modules: tuple[M, ...] = ()
    opens: int | None = None
    hidden: bool = False
    paced: tuple[int, int] | None = None


_OUTLINES: dict[int, tuple[M, ...]] = {
    org.FIRE: (
        M(
            "Know your building",
            (
                T("Escape routes and assembly points"),
                T("Alarms and extinguishers", SCORM, locked=True),
            ),
        ),
        M(
            "Show that you know",
            (
                T("Fire safety quiz", QUIZ, due=-11),
                T("Walk your route with a colleague", FILE, MANUAL, due=21),
                T("Poster to print", FILE, NONE),
            ),
        ),
    ),
    org.SAFEGUARDING: (
        M("Start here", (T("Why safeguarding matters"), T("Our policy", LINK, MANUAL))),
        M(
            "Recognise and respond",
            (T("Signs of harm"), T("Three case studies", DISCUSSION, due=3)),
            (M("If a child discloses", (T("What to say"), T("Who to call", LINK, MANUAL))),),
            paced=(-20, 15),
        ),
        M("Assessment", (T("Safeguarding quiz", QUIZ, due=24),)),
        M("Level 3 (opens later)", (T("Level 3 workbook", due=60),), opens=30),
    ),
    org.INFECTION: (
        M("Hand hygiene", (T("Five moments"), T("Hand hygiene check", QUIZ, due=-4))),
        M(
            "Precautions",
            (
                T("Choosing equipment"),
                T("Isolation nursing", SCORM),
                T("Winter guidance, now closed", closes=-30),
                T("Draft: next year's guidance", hidden=True),
            ),
        ),
    ),
    org.SEPSIS: (
        M("Recognise", (T("The sepsis screen"), T("Early warning scores"))),
        M("Respond", (T("The first hour", SCORM), T("Case: Mr Ellis", DROPBOX, MANUAL, due=10))),
        M("Reflect", (T("Tell us what you think", SURVEY, NONE), T("Sepsis quiz", QUIZ, due=10))),
    ),
    org.DATA_PROTECTION: (
        M("Your duties", (T("Eight rules in plain words"), T("Handling a request"))),
        M("Declaration", (T("I have read and understood", FILE, MANUAL, due=-40),)),
    ),
    org.TEACHING: (
        M("Planning", (T("Learning outcomes"), T("A session plan", DROPBOX, MANUAL, due=-18))),
        M("Delivering", (T("Questions that open"), T("Feedback that lands"))),
        M("Peer review", (T("Be observed", DROPBOX, MANUAL, due=35), T("Observe a peer", due=35))),
    ),
    org.LEADING: (
        M("You", (T("Your style", SURVEY), T("Managing your time"))),
        M("Your team", (T("One-to-ones"), T("Difficult conversations", SCORM), T("Delegating"))),
        M("For facilitators", (T("Facilitator notes"),), hidden=True),
    ),
    org.MEDICINES: (
        M("Safe handling", (T("Storage"), T("Controlled drugs"), T("Local formulary", LINK))),
        M("Calculations", (T("Practice paper", FILE, NONE), T("Calculations quiz", QUIZ, due=14))),
    ),
    org.NOTICEBOARD: (M("Notices", (T("Canteen hours", FILE, NONE), T("Parking", LINK, NONE))),),
    org.LAST_YEAR: (M("Welcome", (T("Welcome from the director"), T("First week", due=-200))),),
    org.ODD_COURSE: (
        M(
            "<script>alert('module')</script>",
            (
                T("<img src=x onerror=alert('topic')>", due=-2),
                T('=HYPERLINK("http://example.org","open")', ACTIVITY_INSTANCE, due=-1),
                T("Unknown completion type", FILE, UNKNOWN_COMPLETION_TYPE),
                T("The file is gone", FILE, MANUAL, broken=True),
                T("العربية \u202edesrever\u202c", LINK, MANUAL),
                T("W" * 180, FILE, NONE),
            ),
        ),
    ),
}


def add_outlines(world: World) -> None:
    """Gives every course its content."""
    for org_unit_id, modules in _OUTLINES.items():
        # Ids start with the course's own, so that one says where it belongs.
        ids = count(org_unit_id * 1000 + 1)
        made = [_module(module, org_unit_id, ids, world.today) for module in modules]
        world.outlines[org_unit_id] = Outline(org_unit_id, made)


def _module(module: M, org_unit_id: int, ids: Iterator[int], today: date) -> Module:
    return Module(
        next(ids),
        module.title,
        [_topic(topic, org_unit_id, next(ids), today) for topic in module.topics],
        [_module(below, org_unit_id, ids, today) for below in module.modules],
        start=_morning(today, module.opens),
        is_hidden=module.hidden,
        pacing_start=today + timedelta(days=module.paced[0]) if module.paced else None,
        pacing_end=today + timedelta(days=module.paced[1]) if module.paced else None,
        last_modified=midnight(today - timedelta(days=120)),
    )


def _topic(topic: T, org_unit_id: int, topic_id: int, today: date) -> Topic:
    return Topic(
        topic_id,
        topic.title,
        topic.kind,
        topic.completion,
        _url(topic.kind, org_unit_id, topic_id),
        start=_morning(today, topic.opens),
        end=_night(today, topic.closes),
        due=_night(today, topic.due),
        is_hidden=topic.hidden,
        is_locked=topic.locked,
        is_broken=topic.broken,
        tool_id=_TOOLS.get(topic.kind),
        tool_item_id=topic_id + 500 if topic.kind in _TOOLS else None,
        grade_item_id=topic_id + 700 if topic.kind == QUIZ else None,
        last_modified=midnight(today - timedelta(days=100)),
    )


def _url(kind: int, org_unit_id: int, topic_id: int) -> str:
    if kind == LINK:
        return f"https://intranet.example.org/pages/{topic_id}"
    if kind in (FILE, SCORM):
        return f"/content/enforced/{org_unit_id}-course/{topic_id}.html"
    return f"/d2l/common/dialogs/quickLink/quickLink.d2l?ou={org_unit_id}&item={topic_id + 500}"


def _morning(today: date, days: int | None) -> datetime | None:
    return None if days is None else midnight(today + timedelta(days=days))


def _night(today: date, days: int | None) -> datetime | None:
    if days is None:
        return None
    return datetime.combine(today + timedelta(days=days), time(23, 59, 59), midnight(today).tzinfo)
