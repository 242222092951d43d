"""What the content actions change: the state of the sandbox afterwards, and what is read next."""

from datetime import date, datetime
from typing import Any

import pytest

from content.schemas import ItemExemptionInfoFilter, ModulePacingData, PacingData, RichTextInput
from content.services import (
    CaptionsService,
    CompletionService,
    CourseCompletionService,
    ExemptionService,
    ModuleService,
    OrderService,
    PacingService,
    TableOfContentsService,
    TopicFileService,
    TopicService,
    UserProgressService,
)
from portal.brightspace.errors import NotFound
from tests.conftest import INES, GatewayFor
from tests.content.course import (
    ALARMS,
    ANA,
    END,
    FIRE,
    FOLDER,
    KNOW,
    PLAN,
    POSTER,
    QUIZ,
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
from tests.sandbox.models.content import Module, Outline, Topic
from tests.sandbox.server import Sandbox


def outline(sandbox: Sandbox) -> Outline:
    """The modules, topics and files of the course FIRE."""
    return sandbox.world.outlines[FIRE]


def found(sandbox: Sandbox, object_id: int) -> Any:
    """A module or topic of the course FIRE."""
    place = outline(sandbox).place(object_id)
    assert place is not None
    return place.found


def children(sandbox: Sandbox, module_id: int) -> list[int]:
    """Ids of what is in a module, in its order."""
    return [child.object_id for child in found(sandbox, module_id).children]


def test_a_module_is_created_changed_and_deleted(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    brightspace = gateway_for(INES)
    new = brightspace.write(ModuleService().create(FIRE, module(module_start_date=START, is_hidden=True)))
    assert new is not None
    brightspace.write(ModuleService().update(FIRE, new.id, module(title="Renamed", module_due_date=END)))
    stored: Module = found(sandbox, new.id)
    brightspace.write(ModuleService().delete(FIRE, new.id))

    assert (new.title, new.module_start_date, new.is_hidden, new.is_module) == ("New module", START, True, True)
    assert (stored.title, stored.start, stored.due, stored.is_hidden) == ("Renamed", None, END, False)
    assert outline(sandbox).place(new.id) is None


def test_dates_are_erased_by_none(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    brightspace = gateway_for(INES)
    dated = file(url=f"{FOLDER}{WALK}.html", start_date=START, end_date=END, due_date=END)
    brightspace.write(TopicService().update(FIRE, WALK, dated))
    before = brightspace.read(TopicService().topic(FIRE, WALK))
    brightspace.write(TopicService().update(FIRE, WALK, file(url=f"{FOLDER}{WALK}.html")))
    after = brightspace.read(TopicService().topic(FIRE, WALK))

    assert (before.start_date, before.end_date, before.due_date) == (START, END, END)
    assert (after.start_date, after.end_date, after.due_date) == (None, None, None)


def test_a_link_is_added_with_its_description(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    text = RichTextInput(content="<p>Read <b>it</b></p>", type="Html")
    new = gateway_for(INES).write(
        ModuleService().add(FIRE, KNOW, link(description=text, open_as_external_resource=True, short_title="Read"))
    )
    assert new is not None
    stored: Topic = found(sandbox, new.id)

    assert (stored.url, stored.opens_outside, stored.short_title) == ("https://example.org/read", True, "Read")
    assert stored.description is not None
    assert stored.description.markup == text.content
    assert children(sandbox, KNOW)[-1] == new.id == new.id


def test_a_module_is_added_inside_another(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    new = gateway_for(INES).write(ModuleService().add(FIRE, KNOW, module()))

    assert new is not None
    assert (new.parent_module_id, new.is_module) == (KNOW, True)
    assert children(sandbox, KNOW)[-1] == new.id


def test_a_file_is_renamed_on_request(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    brightspace = gateway_for(INES)
    brightspace.write(ModuleService().add(FIRE, KNOW, file(), PLAN))
    second = brightspace.write(ModuleService().add(FIRE, KNOW, file(), PLAN, rename_file_if_exists=True))
    again = brightspace.write(ModuleService().add(FIRE, KNOW, file(title="The same file")))

    assert outline(sandbox).files[f"{FOLDER}plan.pdf"].content == PLAN.content
    assert second is not None
    assert second.url == f"{FOLDER}plan (1).pdf"
    assert again is not None
    assert again.url == f"{FOLDER}plan.pdf"


def test_a_topics_file_is_replaced_and_read_back(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    brightspace = gateway_for(INES)
    brightspace.write(TopicFileService().replace(FIRE, POSTER, PLAN))

    with brightspace.download(TopicFileService().download(FIRE, POSTER)) as sent:
        assert (sent.filename, b"".join(sent)) == ("plan.pdf", PLAN.content)
    assert f"{FOLDER}Fire poster.pdf" in outline(sandbox).files


def test_a_major_update_withdraws_completions_on_request(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    brightspace = gateway_for(INES)
    brightspace.write(CompletionService().set_topic_completion(FIRE, WALK, ANA, START))
    done = brightspace.read(CompletionService().topic_completion(FIRE, WALK, ANA))
    changed = file(url=f"{FOLDER}{WALK}.html", major_update=True, major_update_text="New route", title="Walk")
    brightspace.write(TopicService().update(FIRE, WALK, changed))
    still = brightspace.read(CompletionService().topic_completion(FIRE, WALK, ANA))
    reset = file(url=f"{FOLDER}{WALK}.html", major_update=True, reset_completion_tracking=True)
    brightspace.write(TopicService().update(FIRE, WALK, reset))

    assert (done.completion_date, still.completion_date) == (START, START)
    assert brightspace.read(CompletionService().topic_completion(FIRE, WALK, ANA)).completion_date is None


def test_a_completion_is_set_and_withdrawn(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(INES)
    brightspace.write(CompletionService().set_topic_completion(FIRE, WALK, ANA, START))
    counted = brightspace.read(CompletionService().counts_in_course(FIRE, [ANA]))[0].completed_items
    brightspace.write(CompletionService().set_topic_completion(FIRE, WALK, ANA, None))

    assert brightspace.read(CompletionService().counts_in_course(FIRE, [ANA]))[0].completed_items == counted - 1


def test_exemptions_are_created_and_ended(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    brightspace = gateway_for(INES)
    made = brightspace.write(ExemptionService().exempt(FIRE, ANA, [QUIZ, WALK, QUIZ]))
    twice = brightspace.write(ExemptionService().exempt(FIRE, ANA, [QUIZ]))
    contents = brightspace.read(TableOfContentsService().contents(FIRE, person_id=ANA))
    ended = brightspace.write(ExemptionService().end(FIRE, ANA, [QUIZ, ALARMS]))

    assert made is not None
    assert twice is not None
    assert ended is not None
    assert (made.exempt_items, twice.exempt_items, ended.exempt_items) == ((QUIZ, WALK), (), (QUIZ,))
    assert {QUIZ, WALK}.isdisjoint(contents.required_topics())
    assert (ANA, WALK) in sandbox.world.exemptions


def test_a_filter_exempts_from_topics_due_in_its_period(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    due = found(sandbox, QUIZ).due
    which = ItemExemptionInfoFilter(exempt_start_date=due, exempt_end_date=due)
    made = gateway_for(INES).write(ExemptionService().exempt_by_filter(FIRE, ANA, which))

    assert made is not None
    assert made.exempt_items == (QUIZ,)


def test_modules_and_topics_are_moved_among_their_siblings(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    brightspace = gateway_for(INES)
    brightspace.write(OrderService().move(FIRE, POSTER, "first"))
    first = children(sandbox, SHOW)
    brightspace.write(OrderService().move(FIRE, POSTER, QUIZ))
    brightspace.write(OrderService().move(FIRE, KNOW, "last"))

    assert first == [POSTER, QUIZ, WALK]
    assert children(sandbox, SHOW) == [QUIZ, POSTER, WALK]
    assert [each.id for each in brightspace.read(ModuleService().root_modules(FIRE))] == [SHOW, KNOW]


def test_own_progress_is_updated_and_never_goes_down(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(ANA)
    brightspace.write(UserProgressService().update_own(ANA, FIRE, progress(total_time=90, completed_date=START)))
    less = brightspace.write(UserProgressService().update_own(ANA, FIRE, progress(total_time=10, completed_date=START)))

    assert less is not None
    assert (less.total_time, less.num_visits, less.completed_date, less.completed) == (90, 3, START, True)
    assert brightspace.read(UserProgressService().in_topic(FIRE, WALK, ANA)) == less


def test_pacing_avoids_weekends_on_request(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    brightspace = gateway_for(INES)
    whole = PacingData(start_date=date(2026, 1, 5), end_date=date(2026, 3, 1), skip_weekends=True)
    brightspace.write(PacingService().update_course(FIRE, whole))
    brightspace.write(PacingService().update_module(FIRE, KNOW, ModulePacingData(start_date=date(2026, 1, 10))))

    assert brightspace.read(PacingService().of_course(FIRE)).end_date == date(2026, 3, 1)
    contents = brightspace.read(TableOfContentsService().contents(FIRE))
    assert contents.modules[0].pacing_start_date == date(2026, 1, 12)


def test_captions_are_uploaded_and_deleted_by_exact_language(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(INES)
    made = brightspace.write(CaptionsService().upload(FIRE, ROUTES, "fr", WEB_VTT))
    brightspace.write(CaptionsService().delete(FIRE, ROUTES, "fr"))
    left = brightspace.read(CaptionsService().of_topic(FIRE, ROUTES))

    assert made is not None
    assert (made.filename, made.language) == ("escape.vtt", "fr")
    assert [each.language for each in left] == ["en", "fr-CA"]


def test_a_course_is_marked_complete_and_not(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(INES)
    marked = brightspace.write(CourseCompletionService().mark(FIRE, ANA, complete=True, completed=START))
    unmarked = brightspace.write(CourseCompletionService().mark(FIRE, ANA, complete=False))

    assert marked is not None
    assert unmarked is not None
    assert (marked.completion, marked.completion_date) == (True, START)
    assert (unmarked.completion, unmarked.completion_date) == (False, None)


def test_a_deleted_topic_is_gone_from_the_cache(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(INES)
    assert brightspace.read(TopicService().topic(FIRE, WALK)).id == WALK
    brightspace.write(TopicService().delete(FIRE, WALK))

    with pytest.raises(NotFound):
        brightspace.read(TopicService().topic(FIRE, WALK))


def test_moments_are_sent_to_the_millisecond_in_utc(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    local = datetime.fromisoformat("2026-05-01T12:00:00.123456+02:00")
    gateway_for(INES).write(CompletionService().set_topic_completion(FIRE, WALK, ANA, local))

    stored = sandbox.world.progress_of(ANA, FIRE)[WALK].completed_at
    assert stored == datetime.fromisoformat("2026-05-01T10:00:00.123+00:00")
