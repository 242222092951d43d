"""The outlines of the courses: modules and topics, with due dates relative to the world's today."""

from __future__ import annotations

from tests.sandbox.models.content import (
    ACTIVITY_INSTANCE,
    DISCUSSION,
    DROPBOX,
    FILE,
    LINK,
    MANUAL,
    NONE,
    QUIZ,
    SCORM,
    SURVEY,
)
from tests.sandbox.seeds import organisation as org
from tests.sandbox.seeds.course_extras import add_bookmarks, add_captions, add_overviews
from tests.sandbox.seeds.outline_builder import NewModule, NewTopic, build_outline
from tests.sandbox.world import World

# A completion type that the reference does not have: the newest Brightspace has more types than it lists.
UNKNOWN_COMPLETION_TYPE = 7

OUTLINES: dict[int, tuple[NewModule, ...]] = {
    org.FIRE: (
        NewModule(
            "Know your building",
            (
                NewTopic("Escape routes and assembly points", file_type="mp4", description="Watch <b>all</b> of it."),
                NewTopic("Alarms and extinguishers", SCORM, locked=True),
            ),
        ),
        NewModule(
            "Show that you know",
            (
                NewTopic("Fire safety quiz", QUIZ, due=-11),
                NewTopic("Walk your route with a colleague", FILE, MANUAL, due=21),
                NewTopic("Poster to print", FILE, NONE, file_type="pdf", file_name="Fire poster.pdf"),
            ),
        ),
    ),
    org.SAFEGUARDING: (
        NewModule("Start here", (NewTopic("Why safeguarding matters"), NewTopic("Our policy", LINK, MANUAL))),
        NewModule(
            "Recognise and respond",
            (NewTopic("Signs of harm"), NewTopic("Three case studies", DISCUSSION, due=3)),
            (NewModule("If a child discloses", (NewTopic("What to say"), NewTopic("Who to call", LINK, MANUAL))),),
            pacing=(-20, 15),
        ),
        NewModule("Assessment", (NewTopic("Safeguarding quiz", QUIZ, due=24),)),
        NewModule("Level 3 (opens later)", (NewTopic("Level 3 workbook", due=60),), opens=30),
    ),
    org.INFECTION: (
        NewModule("Hand hygiene", (NewTopic("Five moments"), NewTopic("Hand hygiene check", QUIZ, due=-4))),
        NewModule(
            "Precautions",
            (
                NewTopic("Choosing equipment"),
                NewTopic("Isolation nursing", SCORM),
                NewTopic("Winter guidance, now closed", closes=-30),
                NewTopic("Draft: next year's guidance", hidden=True),
            ),
        ),
    ),
    org.SEPSIS: (
        NewModule("Recognise", (NewTopic("The sepsis screen"), NewTopic("Early warning scores", file_type="png"))),
        NewModule("Respond", (NewTopic("The first hour", SCORM), NewTopic("Case: Mr Ellis", DROPBOX, MANUAL, due=10))),
        NewModule("Reflect", (NewTopic("Tell us what you think", SURVEY, NONE), NewTopic("Sepsis quiz", QUIZ, due=10))),
    ),
    org.DATA_PROTECTION: (
        NewModule("Your duties", (NewTopic("Eight rules in plain words"), NewTopic("Handling a request"))),
        NewModule("Declaration", (NewTopic("I have read and understood", FILE, MANUAL, due=-40),)),
    ),
    org.TEACHING: (
        NewModule("Planning", (NewTopic("Learning outcomes"), NewTopic("A session plan", DROPBOX, MANUAL, due=-18))),
        NewModule("Delivering", (NewTopic("Questions that open"), NewTopic("Feedback that lands"))),
        NewModule(
            "Peer review", (NewTopic("Be observed", DROPBOX, MANUAL, due=35), NewTopic("Observe a peer", due=35))
        ),
    ),
    org.LEADING: (
        NewModule("You", (NewTopic("Your style", SURVEY), NewTopic("Managing your time"))),
        NewModule(
            "Your team", (NewTopic("One-to-ones"), NewTopic("Difficult conversations", SCORM), NewTopic("Delegating"))
        ),
        NewModule("For facilitators", (NewTopic("Facilitator notes"),), hidden=True),
    ),
    org.MEDICINES: (
        NewModule(
            "Safe handling", (NewTopic("Storage"), NewTopic("Controlled drugs"), NewTopic("Local formulary", LINK))
        ),
        NewModule(
            "Calculations",
            (NewTopic("Practice paper", FILE, NONE, file_type="pdf"), NewTopic("Calculations quiz", QUIZ, due=14)),
        ),
    ),
    org.NOTICEBOARD: (NewModule("Notices", (NewTopic("Canteen hours", FILE, NONE), NewTopic("Parking", LINK, NONE))),),
    org.LAST_YEAR: (NewModule("Welcome", (NewTopic("Welcome from the director"), NewTopic("First week", due=-200))),),
    org.ODD_COURSE: (
        NewModule(
            "<script>alert('module')</script>",
            (
                NewTopic("<img src=x onerror=alert('topic')>", due=-2),
                NewTopic('=HYPERLINK("http://example.org","open")', ACTIVITY_INSTANCE, due=-1),
                NewTopic(
                    "Unknown completion type",
                    FILE,
                    UNKNOWN_COMPLETION_TYPE,
                    file_type="txt",
                    file_name='Übersicht "v2"; <b>.txt',
                ),
                NewTopic("The file is gone", FILE, MANUAL, broken=True),
                NewTopic("العربية \u202edesrever\u202c", LINK, MANUAL),
                NewTopic("W" * 180, FILE, NONE),
            ),
        ),
    ),
}


def add_outlines(world: World) -> None:
    """Adds the content of every course: outline, files, overview, captions and bookmarks."""
    for org_unit_id, modules in OUTLINES.items():
        world.outlines[org_unit_id] = build_outline(world.org_units[org_unit_id], modules, world.today)
    add_overviews(world)
    add_captions(world)
    add_bookmarks(world)
