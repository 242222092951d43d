"""Arguments of the content actions that are refused, by field, before anything is sent; and those that are not."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from content.schemas import ItemExemptionInfoFilter, ModulePacingData, PacingData, RichTextInput
from content.services import (
    captions,
    completions,
    course_completion,
    exemptions,
    files,
    modules,
    order,
    overdue_items,
    pacing,
    scheduled_items,
    table_of_contents,
    topics,
    user_progress,
)
from portal.brightspace.codec.fields import InvalidArgument
from portal.brightspace.endpoints.writes import FileUpload
from portal.filekinds import PNG
from tests.conftest import INES
from tests.content.calls import (
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
        ("orgUnitId", lambda: modules.root_modules(0)),
        ("moduleId", lambda: modules.module(FIRE, -1)),
        ("topicId", lambda: files.topic_file(FIRE, "../1")),  # type: ignore[arg-type]
        ("objectId", lambda: order.move(FIRE, True, "first")),
        ("userId", lambda: completions.topic_completion(FIRE, WALK, 2**53 + 1)),
        ("userId", lambda: topics.access_to(FIRE, WALK, person_id=0)),
        ("roleId", lambda: modules.access_to(FIRE, KNOW, role_id=0)),
        ("Title", lambda: modules.create(FIRE, module(title=" \t"))),
        ("Title", lambda: topics.update(FIRE, WALK, link(title=""))),
        ("Description", lambda: modules.create(FIRE, module(description=RichTextInput(content="x", type="Markdown")))),
        ("Start date", lambda: modules.create(FIRE, module(module_start_date=NAIVE))),
        ("Due date", lambda: modules.update(FIRE, KNOW, module(module_due_date=NAIVE))),
        ("End date", lambda: modules.update(FIRE, KNOW, module(module_start_date=END, module_end_date=START))),
        ("End date", lambda: topics.update(FIRE, WALK, link(start_date=END, end_date=START))),
        ("Due date", lambda: topics.update(FIRE, WALK, link(due_date=NAIVE))),
        ("Kind of topic", lambda: modules.add(FIRE, KNOW, link(topic_type=5))),
        ("Kind of topic", lambda: topics.update(FIRE, WALK, link(topic_type=2))),
        ("Address", lambda: modules.add(FIRE, KNOW, link(url=""))),
        ("Address", lambda: modules.add(FIRE, KNOW, link(url="javascript:alert(1)"))),
        ("Address", lambda: modules.add(FIRE, KNOW, link(url="//elsewhere.example"))),
        ("Address", lambda: modules.add(FIRE, KNOW, link(url="/\\elsewhere.example"))),
        ("Address", lambda: modules.add(FIRE, KNOW, link(url="read this"))),
        ("Address", lambda: modules.add(FIRE, KNOW, file(url="https://example.org/plan.pdf"), PLAN)),
        ("Address", lambda: modules.add(FIRE, KNOW, file(url="/content/enforced/../../plan.pdf"), PLAN)),
        ("Address", lambda: modules.add(FIRE, KNOW, file(url="/content/enforced/1-A/"), PLAN)),
        ("Address", lambda: modules.add(FIRE, KNOW, file(url="/content/enforced/1-A/a\n.pdf"), PLAN)),
        ("Open in a new window", lambda: modules.add(FIRE, KNOW, file(open_as_external_resource=True))),
        ("Open in a new window", lambda: topics.update(FIRE, WALK, file(open_as_external_resource=False))),
        ("Major update", lambda: modules.add(FIRE, KNOW, link(major_update=True))),
        ("Major update", lambda: modules.add(FIRE, KNOW, link(reset_completion_tracking=True))),
        ("Text of the update", lambda: topics.update(FIRE, WALK, link(major_update_text="New"))),
        ("Reset completion", lambda: topics.update(FIRE, WALK, link(reset_completion_tracking=True))),
        ("File", lambda: modules.add(FIRE, KNOW, module(), PLAN)),
        ("File", lambda: modules.add(FIRE, KNOW, link(), PLAN)),
        ("File", lambda: files.replace(FIRE, WALK, FileUpload("a.pdf", "application/pdf", b""))),
        ("File", lambda: files.replace(FIRE, WALK, FileUpload("a/b.pdf", "application/pdf", b"x"))),
        ("File", lambda: files.replace(FIRE, WALK, FileUpload("..", "application/pdf", b"x"))),
        ("File", lambda: files.replace(FIRE, WALK, FileUpload("a.pdf", "application/pdf", bytes(50 * 1024**2 + 1)))),
        ("Topics", lambda: exemptions.exempt(FIRE, ANA, [])),
        ("Topics", lambda: exemptions.end_exemptions(FIRE, ANA, [0])),
        (
            "Due until",
            lambda: exemptions.exempt_by_filter(
                FIRE, ANA, ItemExemptionInfoFilter(exempt_start_date=END, exempt_end_date=START)
            ),
        ),
        ("org units", lambda: scheduled_items.my_items([])),
        ("org units", lambda: scheduled_items.my_completed_items([])),
        ("org units", lambda: overdue_items.my_overdue_items([])),
        ("org units", lambda: overdue_items.overdue_items_of(ANA, ["x"])),  # type: ignore[list-item]
        ("userId", lambda: overdue_items.overdue_items_of(0)),
        ("completion", lambda: scheduled_items.my_items([FIRE], completion=4)),
        ("completion", lambda: scheduled_items.my_counts([FIRE], completion="some")),
        ("exemption", lambda: scheduled_items.items_of(ANA, [FIRE], exemption=0)),
        ("start", lambda: scheduled_items.my_items_in(FIRE, start=NAIVE)),
        ("end", lambda: scheduled_items.my_due_count_in(FIRE, start=END, end=START)),
        ("end", lambda: scheduled_items.my_completed_due_items([FIRE], end="2026-01-01")),  # type: ignore[arg-type]
        ("title", lambda: table_of_contents.table_of_contents(FIRE, title=" ")),
        ("moduleId", lambda: table_of_contents.table_of_contents(FIRE, module_id=0)),
        ("page size", lambda: completions.topic_completions(FIRE, WALK, page_size=0)),
        ("userBookmark", lambda: completions.topic_completions(FIRE, WALK, after_person_id=0)),
        ("level", lambda: completions.my_counts(FIRE, level=4)),
        ("people", lambda: completions.completions_in(FIRE, [])),
        ("courses", lambda: completions.completions_of(ANA, [])),
        ("completed", lambda: completions.complete_topic(FIRE, WALK, ANA, NAIVE)),
        ("people", lambda: user_progress.user_progress_in(FIRE, [])),
        ("topics", lambda: user_progress.user_progress_in(FIRE, topic_ids=[0])),
        ("page size", lambda: user_progress.user_progress_in(FIRE, page_size=201)),
        ("Progress", lambda: user_progress.update_my_progress(INES, FIRE, progress())),
        ("visits", lambda: user_progress.update_my_progress(ANA, FIRE, progress(num_visits=-1))),
        ("Time", lambda: user_progress.update_my_progress(ANA, FIRE, progress(total_time=float("nan")))),
        ("last visited", lambda: user_progress.update_my_progress(ANA, FIRE, progress(last_visited=NAIVE))),
        ("completed", lambda: course_completion.mark_course(FIRE, ANA, complete=True, moment=NAIVE)),
        ("Completed", lambda: course_completion.mark_course(FIRE, ANA, complete=False, moment=START)),
        ("End", lambda: pacing.set_pacing(FIRE, PacingData(start_date=date(2026, 2, 1), end_date=date(2026, 1, 31)))),
        ("Start", lambda: pacing.set_module_pacing(FIRE, KNOW, ModulePacingData(start_date=START))),
        ("position", lambda: order.move(FIRE, WALK, "middle")),
        ("position", lambda: order.move(FIRE, WALK, WALK)),
        ("Language", lambda: captions.captions_file(FIRE, ROUTES, "french")),
        ("Language", lambda: captions.delete(FIRE, ROUTES, "fr_CA")),
        ("Language", lambda: captions.put(FIRE, ROUTES, "fr-CA\n", WEB_VTT)),
        ("Captions", lambda: captions.put(FIRE, ROUTES, "fr", FileUpload("a.vtt", "text/vtt", b"no captions"))),
        ("Captions", lambda: captions.put(FIRE, ROUTES, "fr", FileUpload("a.vtt", "text/vtt", b"WEBVTT" * 400_000))),
    ],
)
def test_a_wrong_argument_is_named_and_nothing_is_sent(field: str, wanted: Callable[[], Any]) -> None:
    with pytest.raises(InvalidArgument) as told:
        wanted()

    assert f"“{field}”" in told.value.message


@pytest.mark.parametrize(
    "url",
    [
        "/d2l/common/dialogs/quickLink/quickLink.d2l?ou={orgUnitId}&type=quiz&rcode=x-1",
        "https://example.org/a?b=ü#c",
        "HTTP://EXAMPLE.ORG",
    ],
)
def test_links_may_lead_to_the_web_and_to_brightspaces_own_tools(url: str) -> None:
    assert topics.update(FIRE, WALK, link(url=url)).body == link(url=url)


def test_a_topic_keeps_the_address_of_its_oddly_named_file() -> None:
    odd = file(url='/content/enforced/6619-ODD-1/Übersicht "v2"; <b>.txt')

    assert topics.update(FIRE, WALK, odd).body == odd


def test_dates_on_the_same_moment_are_in_order() -> None:
    assert modules.update(FIRE, SHOW, module(module_start_date=START, module_end_date=START))
    assert scheduled_items.my_items_in(FIRE, start=START, end=START + timedelta(0))


def test_a_picture_is_no_captions_file_whatever_it_is_called() -> None:
    picture = FileUpload("captions.srt", "application/x-subrip", b"\x89PNG\r\n\x1a\n....")

    assert PNG.matches(picture.content)
    with pytest.raises(InvalidArgument):
        captions.put(FIRE, ROUTES, "fr", picture)
