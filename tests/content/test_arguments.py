"""Arguments of the content actions: which are refused, with the field, before anything is sent, and which are not."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from content.schemas import ItemExemptionInfoFilter, ModulePacingData, PacingData, RichTextInput
from content.services import (
    CaptionsFileService,
    CaptionsService,
    CompletionService,
    CourseCompletionService,
    ExemptionService,
    ModuleService,
    OrderService,
    OverdueItemService,
    PacingService,
    ScheduledItemService,
    TableOfContentsService,
    TopicFileService,
    TopicService,
    UserProgressService,
)
from portal.brightspace.codec.fields import InvalidArgument
from portal.brightspace.endpoints.writes import FileUpload
from portal.filekinds import PNG
from tests.conftest import INES
from tests.content.course import (
    ANA,
    END,
    FIRE,
    KNOW,
    PLAN,
    ROUTES,
    SHOW,
    START,
    WALK,
    WEB_VTT,
    file,
    link,
    module,
    progress,
)

NAIVE = datetime(2026, 1, 1)


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("orgUnitId", lambda: ModuleService().root_modules(0)),
        ("moduleId", lambda: ModuleService().module(FIRE, -1)),
        ("topicId", lambda: TopicFileService().download(FIRE, "../1")),  # type: ignore[arg-type]
        ("objectId", lambda: OrderService().move(FIRE, True, "first")),
        ("userId", lambda: CompletionService().topic_completion(FIRE, WALK, 2**53 + 1)),
        ("userId", lambda: TopicService().access(FIRE, WALK, person_id=0)),
        ("roleId", lambda: ModuleService().access(FIRE, KNOW, role_id=0)),
        ("Title", lambda: ModuleService().create(FIRE, module(title=" \t"))),
        ("Title", lambda: TopicService().update(FIRE, WALK, link(title=""))),
        (
            "Description",
            lambda: ModuleService().create(FIRE, module(description=RichTextInput(content="x", type="Markdown"))),
        ),
        ("Start date", lambda: ModuleService().create(FIRE, module(module_start_date=NAIVE))),
        ("Due date", lambda: ModuleService().update(FIRE, KNOW, module(module_due_date=NAIVE))),
        ("End date", lambda: ModuleService().update(FIRE, KNOW, module(module_start_date=END, module_end_date=START))),
        ("End date", lambda: TopicService().update(FIRE, WALK, link(start_date=END, end_date=START))),
        ("Due date", lambda: TopicService().update(FIRE, WALK, link(due_date=NAIVE))),
        ("Kind of topic", lambda: ModuleService().add(FIRE, KNOW, link(topic_type=5))),
        ("Kind of topic", lambda: TopicService().update(FIRE, WALK, link(topic_type=2))),
        ("Address", lambda: ModuleService().add(FIRE, KNOW, link(url=""))),
        ("Address", lambda: ModuleService().add(FIRE, KNOW, link(url="javascript:alert(1)"))),
        ("Address", lambda: ModuleService().add(FIRE, KNOW, link(url="//elsewhere.example"))),
        ("Address", lambda: ModuleService().add(FIRE, KNOW, link(url="/\\elsewhere.example"))),
        ("Address", lambda: ModuleService().add(FIRE, KNOW, link(url="read this"))),
        ("Address", lambda: ModuleService().add(FIRE, KNOW, file(url="https://example.org/plan.pdf"), PLAN)),
        ("Address", lambda: ModuleService().add(FIRE, KNOW, file(url="/content/enforced/../../plan.pdf"), PLAN)),
        ("Address", lambda: ModuleService().add(FIRE, KNOW, file(url="/content/enforced/1-A/"), PLAN)),
        ("Address", lambda: ModuleService().add(FIRE, KNOW, file(url="/content/enforced/1-A/a\n.pdf"), PLAN)),
        ("Open in a new window", lambda: ModuleService().add(FIRE, KNOW, file(open_as_external_resource=True))),
        ("Open in a new window", lambda: TopicService().update(FIRE, WALK, file(open_as_external_resource=False))),
        ("Major update", lambda: ModuleService().add(FIRE, KNOW, link(major_update=True))),
        ("Major update", lambda: ModuleService().add(FIRE, KNOW, link(reset_completion_tracking=True))),
        ("Text of the update", lambda: TopicService().update(FIRE, WALK, link(major_update_text="New"))),
        ("Reset completion", lambda: TopicService().update(FIRE, WALK, link(reset_completion_tracking=True))),
        ("File", lambda: ModuleService().add(FIRE, KNOW, module(), PLAN)),
        ("File", lambda: ModuleService().add(FIRE, KNOW, link(), PLAN)),
        ("File", lambda: TopicFileService().replace(FIRE, WALK, FileUpload("a.pdf", "application/pdf", b""))),
        ("File", lambda: TopicFileService().replace(FIRE, WALK, FileUpload("a/b.pdf", "application/pdf", b"x"))),
        ("File", lambda: TopicFileService().replace(FIRE, WALK, FileUpload("..", "application/pdf", b"x"))),
        (
            "File",
            lambda: TopicFileService().replace(
                FIRE, WALK, FileUpload("a.pdf", "application/pdf", bytes(50 * 1024**2 + 1))
            ),
        ),
        ("Topics", lambda: ExemptionService().exempt(FIRE, ANA, [])),
        ("Topics", lambda: ExemptionService().end(FIRE, ANA, [0])),
        (
            "Due until",
            lambda: ExemptionService().exempt_by_filter(
                FIRE, ANA, ItemExemptionInfoFilter(exempt_start_date=END, exempt_end_date=START)
            ),
        ),
        ("org units", lambda: ScheduledItemService().my_items([])),
        ("org units", lambda: ScheduledItemService().my_completed_items([])),
        ("org units", lambda: OverdueItemService().my_items([])),
        ("org units", lambda: OverdueItemService().of_person(ANA, ["x"])),  # type: ignore[list-item]
        ("userId", lambda: OverdueItemService().of_person(0)),
        ("completion", lambda: ScheduledItemService().my_items([FIRE], completion=4)),
        ("completion", lambda: ScheduledItemService().my_counts([FIRE], completion="some")),
        ("exemption", lambda: ScheduledItemService().of_person(ANA, [FIRE], exemption=0)),
        ("start", lambda: ScheduledItemService().my_items_in_course(FIRE, start=NAIVE)),
        ("end", lambda: ScheduledItemService().my_due_count_in_course(FIRE, start=END, end=START)),
        ("end", lambda: ScheduledItemService().my_completed_due_items([FIRE], end="2026-01-01")),  # type: ignore[arg-type]
        ("title", lambda: TableOfContentsService().contents(FIRE, title=" ")),
        ("moduleId", lambda: TableOfContentsService().contents(FIRE, module_id=0)),
        ("page size", lambda: CompletionService().topic_completions(FIRE, WALK, page_size=0)),
        ("userBookmark", lambda: CompletionService().topic_completions(FIRE, WALK, after_person_id=0)),
        ("level", lambda: CompletionService().my_counts(FIRE, level=4)),
        ("people", lambda: CompletionService().counts_in_course(FIRE, [])),
        ("courses", lambda: CompletionService().counts_of_person(ANA, [])),
        ("completed", lambda: CompletionService().set_topic_completion(FIRE, WALK, ANA, NAIVE)),
        ("people", lambda: UserProgressService().in_course(FIRE, [])),
        ("topics", lambda: UserProgressService().in_course(FIRE, topic_ids=[0])),
        ("page size", lambda: UserProgressService().in_course(FIRE, page_size=201)),
        ("Progress", lambda: UserProgressService().update_own(INES, FIRE, progress())),
        ("visits", lambda: UserProgressService().update_own(ANA, FIRE, progress(num_visits=-1))),
        ("Time", lambda: UserProgressService().update_own(ANA, FIRE, progress(total_time=float("nan")))),
        ("last visited", lambda: UserProgressService().update_own(ANA, FIRE, progress(last_visited=NAIVE))),
        ("completed", lambda: CourseCompletionService().mark(FIRE, ANA, complete=True, completed=NAIVE)),
        ("Completed", lambda: CourseCompletionService().mark(FIRE, ANA, complete=False, completed=START)),
        (
            "End",
            lambda: PacingService().update_course(
                FIRE, PacingData(start_date=date(2026, 2, 1), end_date=date(2026, 1, 31))
            ),
        ),
        ("Start", lambda: PacingService().update_module(FIRE, KNOW, ModulePacingData(start_date=START))),
        ("position", lambda: OrderService().move(FIRE, WALK, "middle")),
        ("position", lambda: OrderService().move(FIRE, WALK, WALK)),
        ("Language", lambda: CaptionsFileService().download(FIRE, ROUTES, "french")),
        ("Language", lambda: CaptionsService().delete(FIRE, ROUTES, "fr_CA")),
        ("Language", lambda: CaptionsService().upload(FIRE, ROUTES, "fr-CA\n", WEB_VTT)),
        (
            "Captions",
            lambda: CaptionsService().upload(FIRE, ROUTES, "fr", FileUpload("a.vtt", "text/vtt", b"no captions")),
        ),
        (
            "Captions",
            lambda: CaptionsService().upload(FIRE, ROUTES, "fr", FileUpload("a.vtt", "text/vtt", b"WEBVTT" * 400_000)),
        ),
    ],
)
def test_a_wrong_argument_is_refused_with_the_name_of_its_field(field: str, wanted: Callable[[], Any]) -> None:
    with pytest.raises(InvalidArgument) as raised:
        wanted()

    assert f"“{field}”" in raised.value.message


@pytest.mark.parametrize(
    "url",
    [
        "/d2l/common/dialogs/quickLink/quickLink.d2l?ou={orgUnitId}&type=quiz&rcode=x-1",
        "https://example.org/a?b=ü#c",
        "HTTP://EXAMPLE.ORG",
    ],
)
def test_links_may_lead_to_the_web_and_to_brightspaces_own_tools(url: str) -> None:
    assert TopicService().update(FIRE, WALK, link(url=url)).body == link(url=url)


def test_a_topic_keeps_the_address_of_its_oddly_named_file() -> None:
    odd = file(url='/content/enforced/6619-ODD-1/Übersicht "v2"; <b>.txt')

    assert TopicService().update(FIRE, WALK, odd).body == odd


def test_dates_on_the_same_moment_are_in_order() -> None:
    assert ModuleService().update(FIRE, SHOW, module(module_start_date=START, module_end_date=START))
    assert ScheduledItemService().my_items_in_course(FIRE, start=START, end=START + timedelta(0))


def test_a_picture_is_no_captions_file_whatever_its_name() -> None:
    picture = FileUpload("captions.srt", "application/x-subrip", b"\x89PNG\r\n\x1a\n....")

    assert PNG.matches(picture.content)
    with pytest.raises(InvalidArgument):
        CaptionsService().upload(FIRE, ROUTES, "fr", picture)
