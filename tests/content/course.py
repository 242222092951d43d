"""A course of the sandbox: ids of what is in it, blocks and files to send, and how a test asks Brightspace for one."""

from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from content.schemas import ModuleData, TopicData, TopicType, UserProgressData
from portal.brightspace.endpoints.writes import FileRead, FileUpload, Write
from portal.brightspace.gateway import Gateway

ANA, TOMAS = 201, 202  # learners
FIRE, SAFEGUARDING = UNITS = 6609, 6610  # courses
# Modules and topics of the course FIRE.
KNOW, ROUTES, ALARMS, SHOW, QUIZ, WALK, POSTER = range(6609001, 6609008)
FOLDER = f"/content/enforced/{FIRE}-FIRE-101/"
START, END = datetime(2026, 1, 1, 8, 30, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC)
WEB_VTT = FileUpload("escape.vtt", "text/vtt", b"WEBVTT\n\n00:00:00.000 --> 00:00:03.000\nOut!\n")
PLAN = FileUpload("plan.pdf", "application/pdf", b"%PDF-1.7 a plan")


def module(**changes: Any) -> ModuleData:
    """A new module."""
    return replace(ModuleData(title="New module"), **changes)


def link(**changes: Any) -> TopicData:
    """A new topic that is a link."""
    new = TopicData(title="New link", topic_type=TopicType.LINK, url="https://example.org/read")
    return replace(new, **changes)


def file(**changes: Any) -> TopicData:
    """A new topic that is a file."""
    return replace(TopicData(title="New file", topic_type=TopicType.FILE, url=f"{FOLDER}plan.pdf"), **changes)


def progress(**changes: Any) -> UserProgressData:
    """Ana's progress through the topic WALK."""
    new = UserProgressData(object_id=WALK, user_id=ANA, num_visits=3, total_time=61.5)
    return replace(new, **changes)


def ask(brightspace: Gateway, wanted: Any) -> Any:
    """Carry out a read, a write or a download."""
    if isinstance(wanted, Write):
        return brightspace.write(wanted)
    return brightspace.download(wanted) if isinstance(wanted, FileRead) else brightspace.read(wanted)
