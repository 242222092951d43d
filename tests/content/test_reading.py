"""What the content actions answer, complete, abridged and unexpected, read over the wire."""

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from content.schemas import ContentObject, PacingInfo, Topic
from content.services import (
    CaptionsFileService,
    CaptionsService,
    ModuleService,
    OverviewService,
    PacingService,
    TableOfContentsService,
    TopicFileService,
    TopicService,
)
from portal.brightspace.codec.json import decode
from portal.brightspace.endpoints.reads import Read
from tests.conftest import ADRIAN, INES, GatewayFor
from tests.content.calls import EVERY_CALL, Sent
from tests.content.course import ALARMS, ANA, FIRE, KNOW, POSTER, QUIZ, ROUTES, SAFEGUARDING, SHOW, WALK
from tests.sandbox.server import Sandbox

READING = [sent for sent in EVERY_CALL if isinstance(sent.wanted(), Read)]
ODD_COURSE = 6619
DAI = 205


def moments(value: Any) -> list[datetime]:
    """Every date and time in a block, and in the blocks within it."""
    if isinstance(value, msgspec.Struct):
        value = [getattr(value, name) for name in value.__struct_fields__]
    if isinstance(value, list | tuple):
        return [found for item in value for found in moments(item)]
    return [value] if isinstance(value, datetime) else []


@pytest.mark.parametrize("sent", READING, ids=lambda sent: sent.path)
def test_unknown_fields_and_dates_without_milliseconds_are_no_error(
    sent: Sent, gateway_for: GatewayFor, sandbox: Sandbox
) -> None:
    plain = gateway_for(sent.by).read(sent.wanted())
    for kind in ("extra", "no_milliseconds"):
        sandbox.control.add_fault(kind)
    odd = gateway_for(sent.by).read(sent.wanted())

    assert moments(odd) == [moment.replace(microsecond=0) for moment in moments(plain)]
    assert len(odd) == len(plain) if isinstance(plain, list) else type(odd) is type(plain)


@pytest.mark.parametrize("answer", sorted({sent.wanted().answer for sent in READING}, key=str), ids=str)
def test_a_block_with_its_ids_alone_is_read(answer: Any) -> None:
    block = answer.__args__[0] if hasattr(answer, "__args__") else answer
    ids = dict.fromkeys(("Id", "UserId", "OrgUnitId", "ItemId", "ObjectId", "TopicId"), "17") | {"Type": 1}
    if block.__name__ == "ContentAggregateCompletion":
        ids["ObjectId"] = 17

    found = decode(msgspec.json.encode(ids), block)

    assert isinstance(found, block)
    assert {getattr(found, name) for name in found.__struct_fields__ if name.endswith("_id")} <= {17, None}


def test_a_structure_mixes_modules_and_topics(gateway_for: GatewayFor) -> None:
    inner = gateway_for(INES).read(ModuleService().structure(SAFEGUARDING, 6610004))

    assert [(each.is_module, each.is_topic) for each in inner] == [(False, True), (False, True), (True, False)]
    assert [child.title for child in inner[2].structure] == ["What to say", "Who to call"]
    assert inner[1].due == inner[1].due_date is not None
    assert inner[0].parent_module_id == 6610004


def test_a_structure_in_brief_is_read(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    sandbox.control.set_switches(module_structure="brief")
    [know, show] = gateway_for(INES).read(ModuleService().root_modules(FIRE))

    assert [(child.id, child.is_topic) for child in know.structure] == [(ROUTES, True), (ALARMS, True)]
    assert (show.id, show.topic_type, show.url) == (SHOW, None, None)


def test_a_kind_of_content_that_is_neither_is_read() -> None:
    [folder, topic] = decode(b'[{"Id":1,"Type":7,"Title":"Folder"},{"Id":"2","Type":1}]', list[ContentObject])

    assert (folder.type, folder.is_module, folder.is_topic, folder.title) == (7, False, False, "Folder")
    assert (topic.id, topic.is_topic) == (2, True)


def test_a_topic_is_read_in_full(gateway_for: GatewayFor) -> None:
    quiz = gateway_for(INES).read(TopicService().topic(FIRE, QUIZ))

    assert (quiz.id, quiz.parent_module_id, quiz.topic_type, quiz.activity_type) == (QUIZ, SHOW, 3, 4)
    assert (quiz.tool_id, quiz.tool_item_id, quiz.grade_item_id) == (13000, QUIZ + 500, QUIZ + 700)
    assert quiz.associated_grade_item_ids == (QUIZ + 700,)
    assert quiz.due is not None


def test_a_description_comes_plain_and_as_html(gateway_for: GatewayFor) -> None:
    film = gateway_for(INES).read(TopicService().topic(FIRE, ROUTES))

    assert film.description is not None
    assert (film.description.text, film.description.html) == ("Watch all of it.", "Watch <b>all</b> of it.")


def test_a_table_of_contents_is_read_for_another_person(gateway_for: GatewayFor) -> None:
    contents = gateway_for(INES).read(TableOfContentsService().contents(FIRE, person_id=DAI))
    found = {topic.topic_id: topic for module in contents.modules for topic in module.all_topics()}

    assert (found[QUIZ].is_exempt, found[QUIZ].is_required, found[WALK].is_required) == (True, False, True)
    assert (found[ROUTES].identifier, found[ROUTES].type_identifier, found[ALARMS].is_locked) == (
        str(ROUTES),
        "File",
        True,
    )
    assert [module.sort_order for module in contents.modules] == [0, 1]


def test_a_table_of_contents_knows_pacing_and_what_lies_deeper(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    contents = gateway_for(ANA).read(TableOfContentsService().contents(SAFEGUARDING))
    paced = contents.modules[1]

    assert paced.pacing_start_date == sandbox.world.outlines[SAFEGUARDING].modules[1].pacing_start
    assert [topic.title for topic in paced.all_topics()][-1] == "Who to call"
    assert paced.default_path == "/content/enforced/6610-SAFE-201/"


def test_date_restrictions_can_be_ignored_in_a_table_of_contents(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(ANA)
    now = brightspace.read(TableOfContentsService().contents(SAFEGUARDING))
    later = brightspace.read(TableOfContentsService().contents(SAFEGUARDING, ignore_date_restrictions=True))

    assert len(later.modules) == len(now.modules) + 1


def test_a_title_and_a_module_narrow_a_table_of_contents(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(ANA)
    [found] = brightspace.read(TableOfContentsService().contents(FIRE, title="quiz")).modules
    [one] = brightspace.read(TableOfContentsService().contents(FIRE, module_id=KNOW)).modules

    assert [topic.topic_id for topic in found.topics] == [QUIZ]
    assert one.module_id == KNOW


def test_bookmarked_and_recent_topics_are_entries_of_a_table_of_contents(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(ANA)
    marked, recent = (
        brightspace.read(TableOfContentsService().bookmarks(FIRE)),
        brightspace.read(TableOfContentsService().recent_topics(FIRE)),
    )

    assert [topic.topic_id for topic in marked] == [ROUTES, QUIZ]
    assert all(topic.bookmarked for topic in marked)
    assert all(isinstance(topic, Topic) and not topic.unread for topic in recent)


def test_hostile_titles_arrive_as_they_are(gateway_for: GatewayFor) -> None:
    titles = [topic.title for topic in gateway_for(ADRIAN).read(ModuleService().structure(ODD_COURSE, 6619001))]

    assert "<img src=x onerror=alert('topic')>" in titles
    assert '=HYPERLINK("http://example.org","open")' in titles


def test_an_overview_is_read_with_and_without_a_description(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(INES)
    written, none = (
        brightspace.read(OverviewService().overview(FIRE)),
        brightspace.read(OverviewService().overview(6612)),
    )

    assert written.description is not None
    assert (written.description.text, written.has_attachment) == ("What everybody must know.", True)
    assert none.has_attachment is False


def test_pacing_is_read_as_days(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(ADRIAN)
    whole = brightspace.read(PacingService().of_course(6614))

    assert type(whole.start_date) is date
    assert brightspace.read(PacingService().of_course(FIRE)) == PacingInfo()
    assert decode(b'{"StartDate":"2026-01-31T00:00:00.000Z"}', PacingInfo).start_date == date(2026, 1, 31)


def test_captions_are_listed_by_language_and_downloaded(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(INES)
    found = brightspace.read(CaptionsService().of_topic(FIRE, ROUTES))

    assert [(each.language, each.filename) for each in found] == [
        ("en", "escape-en.vtt"),
        ("fr-CA", "escape-fr-CA.srt"),
    ]
    with brightspace.download(CaptionsFileService().download(FIRE, ROUTES, found[0].language)) as file:
        assert b"".join(file).startswith(b"WEBVTT")


@pytest.mark.parametrize(
    ("wanted", "name", "begins"),
    [
        (TopicFileService().download(FIRE, POSTER), "Fire poster.pdf", b"%PDF-"),
        (OverviewService().attachment(FIRE), "Fire safety handbook.pdf", b"%PDF-"),
        (TopicFileService().download(FIRE, ROUTES, stream=True), f"{ROUTES}.mp4", b"\0\0\0"),
    ],
)
def test_files_are_downloaded_unchanged(wanted: Any, name: str, begins: bytes, gateway_for: GatewayFor) -> None:
    with gateway_for(INES).download(wanted) as file:
        assert file.filename == name
        assert b"".join(file).startswith(begins)


def test_dates_of_year_one_and_with_offsets_are_read() -> None:
    text = b'{"Id":1,"Type":1,"StartDate":"0001-01-01T00:00:00.000Z","DueDate":"2026-05-01T12:00:00+02:00"}'
    topic = decode(text, ContentObject)

    assert topic.start_date == datetime(1, 1, 1, tzinfo=UTC)
    assert topic.due == datetime(2026, 5, 1, 10, tzinfo=UTC)
