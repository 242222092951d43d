"""What is in each course: modules and topics, with due dates around the world's today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count

from tests.sandbox.content_access import IDS_PER_ORG_UNIT
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
    RichText,
    Topic,
)
from tests.sandbox.content_store import ContentFile, course_path, type_of
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.course_extras import add_bookmarks, add_captions, add_overviews
from tests.sandbox.seeds.files import MAKERS
from tests.sandbox.seeds.organisation import midnight
from tests.sandbox.world import World

# Unknown to the reference on purpose: the newest Brightspace knows more kinds than it lists.
UNKNOWN_COMPLETION_TYPE = 7
_TOOLS = {QUIZ: 13000, DROPBOX: 2000, DISCUSSION: 1000, SURVEY: 13001}


@dataclass(frozen=True)
class T:
    """One topic to make; ``due``, ``opens`` and ``closes`` count days from today.

    A file topic has a file of the kind ``file``, ``called`` so or after the topic's id.
    """

    title: str
    kind: int = FILE
    completion: int = AUTO
    due: int | None = None
    opens: int | None = None
    closes: int | None = None
    hidden: bool = False
    locked: bool = False
    broken: bool = False
    file: str = "html"
    called: str = ""
    says: str = ""


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
                T("Escape routes and assembly points", file="mp4", says="Watch <b>all</b> of it."),
                T("Alarms and extinguishers", SCORM, locked=True),
            ),
        ),
        M(
            "Show that you know",
            (
                T("Fire safety quiz", QUIZ, due=-11),
                T("Walk your route with a colleague", FILE, MANUAL, due=21),
                T("Poster to print", FILE, NONE, file="pdf", called="Fire poster.pdf"),
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
        M("Recognise", (T("The sepsis screen"), T("Early warning scores", file="png"))),
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
        M("Calculations", (T("Practice paper", FILE, NONE, file="pdf"), T("Calculations quiz", QUIZ, due=14))),
    ),
    org.NOTICEBOARD: (M("Notices", (T("Canteen hours", FILE, NONE), T("Parking", LINK, NONE))),),
    org.LAST_YEAR: (M("Welcome", (T("Welcome from the director"), T("First week", due=-200))),),
    org.ODD_COURSE: (
        M(
            "<script>alert('module')</script>",
            (
                T("<img src=x onerror=alert('topic')>", due=-2),
                T('=HYPERLINK("http://example.org","open")', ACTIVITY_INSTANCE, due=-1),
                T(
                    "Unknown completion type",
                    FILE,
                    UNKNOWN_COMPLETION_TYPE,
                    file="txt",
                    called='Übersicht "v2"; <b>.txt',
                ),
                T("The file is gone", FILE, MANUAL, broken=True),
                T("العربية \u202edesrever\u202c", LINK, MANUAL),
                T("W" * 180, FILE, NONE),
            ),
        ),
    ),
}


def add_outlines(world: World) -> None:
    """Gives every course its content: outline, files, overview, captions."""
    for org_unit_id, modules in _OUTLINES.items():
        # Ids start with the course's own, so that one says where it belongs.
        ids = count(org_unit_id * IDS_PER_ORG_UNIT + 1)
        maker = _Maker(course_path(org_unit_id, world.org_units[org_unit_id].code), org_unit_id, ids, world.today)
        world.outlines[org_unit_id] = Outline(
            org_unit_id, [maker.module(module) for module in modules], ids, maker.files
        )
    add_overviews(world)
    add_captions(world)
    add_bookmarks(world)


@dataclass
class _Maker:
    """Makes the content of one course; ids go to modules and topics in the order of the outline."""

    folder: str
    org_unit_id: int
    ids: Iterator[int]
    today: date
    files: dict[str, ContentFile] = field(default_factory=dict)

    def module(self, wanted: M) -> Module:
        """One module with what is below it."""
        return Module(
            next(self.ids),
            wanted.title,
            [*map(self.topic, wanted.topics), *map(self.module, wanted.modules)],
            start=_morning(self.today, wanted.opens),
            is_hidden=wanted.hidden,
            pacing_start=self.today + timedelta(days=wanted.paced[0]) if wanted.paced else None,
            pacing_end=self.today + timedelta(days=wanted.paced[1]) if wanted.paced else None,
            last_modified=midnight(self.today - timedelta(days=120)),
        )

    def topic(self, wanted: T) -> Topic:
        """One topic, and its file."""
        topic_id = next(self.ids)
        return Topic(
            topic_id,
            wanted.title,
            wanted.kind,
            wanted.completion,
            self._url(wanted, topic_id),
            start=_morning(self.today, wanted.opens),
            end=_night(self.today, wanted.closes),
            due=_night(self.today, wanted.due),
            is_hidden=wanted.hidden,
            is_locked=wanted.locked,
            is_broken=wanted.broken,
            tool_id=_TOOLS.get(wanted.kind),
            tool_item_id=topic_id + 500 if wanted.kind in _TOOLS else None,
            grade_item_id=topic_id + 700 if wanted.kind == QUIZ else None,
            last_modified=midnight(self.today - timedelta(days=100)),
            description=RichText(re.sub("<[^>]*>", "", wanted.says), wanted.says) if wanted.says else None,
        )

    def _url(self, wanted: T, topic_id: int) -> str:
        if wanted.kind == LINK:
            return f"https://intranet.example.org/pages/{topic_id}"
        if wanted.kind not in (FILE, SCORM):
            return f"/d2l/common/dialogs/quickLink/quickLink.d2l?ou={self.org_unit_id}&item={topic_id + 500}"
        path = self.folder + (wanted.called or f"{topic_id}.{wanted.file}")
        if not wanted.broken:
            self.files[path] = ContentFile(path, MAKERS[wanted.file](wanted.title), type_of(path))
        return path


def _morning(today: date, days: int | None) -> datetime | None:
    return None if days is None else midnight(today + timedelta(days=days))


def _night(today: date, days: int | None) -> datetime | None:
    if days is None:
        return None
    return datetime.combine(today + timedelta(days=days), time(23, 59, 59), midnight(today).tzinfo)
