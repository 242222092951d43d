"""A builder that makes the outline of a course and its files from short descriptions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count

from tests.sandbox.models.content import (
    AUTO,
    DISCUSSION,
    DROPBOX,
    FILE,
    IDS_PER_ORG_UNIT,
    LINK,
    QUIZ,
    SCORM,
    SURVEY,
    Module,
    Outline,
    RichText,
    Topic,
)
from tests.sandbox.models.content_files import ContentFile, course_path, type_of
from tests.sandbox.models.people import OrgUnit
from tests.sandbox.sample_files import gradient_png, html_page, mp4, pdf
from tests.sandbox.seeds.organisation import midnight

_TOOL_IDS = {QUIZ: 13000, DROPBOX: 2000, DISCUSSION: 1000, SURVEY: 13001}
_FILE_MAKERS: Mapping[str, Callable[[str], bytes]] = {
    "html": html_page,
    "pdf": lambda title: pdf([title]),
    "png": gradient_png,
    "mp4": mp4,
    "txt": lambda title: f"{title}\n".encode(),
}


@dataclass(frozen=True)
class NewTopic:
    """A topic to make. ``due``, ``opens`` and ``closes`` are days from today.

    A file topic gets a file of the type ``file_type``, named ``file_name`` or after the topic's id.
    """

    title: str
    activity_type: int = FILE
    completion_type: int = AUTO
    due: int | None = None
    opens: int | None = None
    closes: int | None = None
    hidden: bool = False
    locked: bool = False
    broken: bool = False
    file_type: str = "html"
    file_name: str = ""
    description: str = ""


@dataclass(frozen=True)
class NewModule:
    """A module to make. ``opens`` and the two ends of ``pacing`` are days from today."""

    title: str
    topics: tuple[NewTopic, ...]
    modules: tuple[NewModule, ...] = ()
    opens: int | None = None
    hidden: bool = False
    pacing: tuple[int, int] | None = None


def build_outline(unit: OrgUnit, modules: Sequence[NewModule], today: date) -> Outline:
    """The outline of a course with its files; ids are in the order of the outline."""
    ids = count(unit.org_unit_id * IDS_PER_ORG_UNIT + 1)
    builder = _OutlineBuilder(course_path(unit.org_unit_id, unit.code), unit.org_unit_id, ids, today)
    return Outline(unit.org_unit_id, [builder.module(module) for module in modules], ids, builder.files)


@dataclass
class _OutlineBuilder:
    folder: str
    org_unit_id: int
    ids: Iterator[int]
    today: date
    files: dict[str, ContentFile] = field(default_factory=dict)

    def module(self, new: NewModule) -> Module:
        """A module with everything in it."""
        pacing_start, pacing_end = (self._date(days) for days in new.pacing or (None, None))
        return Module(
            next(self.ids),
            new.title,
            [*map(self.topic, new.topics), *map(self.module, new.modules)],
            start=self._beginning(new.opens),
            is_hidden=new.hidden,
            pacing_start=pacing_start,
            pacing_end=pacing_end,
            last_modified=self._beginning(-120),
        )

    def topic(self, new: NewTopic) -> Topic:
        """A topic, and its file."""
        topic_id = next(self.ids)
        has_tool = new.activity_type in _TOOL_IDS
        return Topic(
            topic_id,
            new.title,
            new.activity_type,
            new.completion_type,
            self._url(new, topic_id),
            start=self._beginning(new.opens),
            end=self._end(new.closes),
            due=self._end(new.due),
            is_hidden=new.hidden,
            is_locked=new.locked,
            is_broken=new.broken,
            tool_id=_TOOL_IDS.get(new.activity_type),
            tool_item_id=topic_id + 500 if has_tool else None,
            grade_item_id=topic_id + 700 if new.activity_type == QUIZ else None,
            last_modified=self._beginning(-100),
            description=_rich_text(new.description) if new.description else None,
        )

    def _url(self, new: NewTopic, topic_id: int) -> str:
        if new.activity_type == LINK:
            return f"https://intranet.example.org/pages/{topic_id}"
        if new.activity_type not in (FILE, SCORM):
            return f"/d2l/common/dialogs/quickLink/quickLink.d2l?ou={self.org_unit_id}&item={topic_id + 500}"
        path = self.folder + (new.file_name or f"{topic_id}.{new.file_type}")
        if not new.broken:
            self.files[path] = _content_file(path, new.file_type, new.title)
        return path

    def _date(self, days: int | None) -> date | None:
        return None if days is None else self.today + timedelta(days=days)

    def _beginning(self, days: int | None) -> datetime | None:
        day = self._date(days)
        return None if day is None else midnight(day)

    def _end(self, days: int | None) -> datetime | None:
        day = self._date(days)
        return None if day is None else datetime.combine(day, time(23, 59, 59), UTC)


@cache
def _content_file(path: str, file_type: str, title: str) -> ContentFile:
    return ContentFile(path, _FILE_MAKERS[file_type](title), type_of(path))


def _rich_text(markup: str) -> RichText:
    return RichText(re.sub("<[^>]*>", "", markup), markup)
