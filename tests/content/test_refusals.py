"""Statuses of the content actions as errors with words that a manager understands."""

from collections.abc import Callable
from typing import Any

import pytest

from content.schemas import PacingData
from content.services import (
    CaptionsService,
    CompletionService,
    CourseCompletionService,
    ExemptionService,
    ModuleService,
    OrderService,
    OverviewService,
    PacingService,
    ScheduledItemService,
    TableOfContentsService,
    TopicFileService,
    TopicService,
    UserProgressService,
)
from portal.brightspace.errors import (
    BrightspaceError,
    NotFound,
    NotPermitted,
    RateLimited,
    Refused,
    ScopeMissing,
    Unavailable,
    Unsupported,
)
from portal.brightspace.ratelimit import rate_limit
from tests.conftest import INES, MAYA, GatewayFor
from tests.content.calls import (
    ANA,
    EVERY,
    FIRE,
    FOLDER,
    KNOW,
    PLAN,
    POSTER,
    QUIZ,
    ROUTES,
    WALK,
    WEB_VTT,
    Sent,
    ask,
    file,
    module,
)
from tests.sandbox.server import Sandbox

NOBODY, NOTHING, ELSEWHERE = 999, 999_999, 6611


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("400", Refused),
        ("403", NotPermitted),
        ("404", NotFound),
        ("429", RateLimited),
        ("501", Unavailable),
        ("forbidden", ScopeMissing),
    ],
)
def test_each_status_of_each_action_is_its_own_error(
    kind: str, error: type[BrightspaceError], gateway_for: GatewayFor, sandbox: Sandbox
) -> None:
    options = {"shape": "insufficient_scope"} if kind == "forbidden" else {}
    callers = {person: gateway_for(person) for person in (INES, ANA)}
    sandbox.control.add_fault(kind, path="/(le|lp)/", **options)
    told = [outcome(callers[sent.by], sent) for sent in EVERY]

    assert all(isinstance(each, error) for each in told)
    assert all(each.message.endswith(".") for each in told)


def outcome(caller: Any, sent: Sent) -> BrightspaceError:
    rate_limit.clear()  # a 429 would make the next call wait without asking
    with pytest.raises(BrightspaceError) as told:
        ask(caller, sent.wanted())
    return told.value


@pytest.mark.parametrize(
    ("by", "wanted", "error"),
    [
        (ANA, lambda: ModuleService().create(FIRE, module()), NotPermitted),
        (ANA, lambda: ModuleService().delete(FIRE, KNOW), NotPermitted),
        (ANA, lambda: TopicService().update(FIRE, WALK, file()), NotPermitted),
        (ANA, lambda: TopicFileService().replace(FIRE, WALK, PLAN), NotPermitted),
        (ANA, lambda: ExemptionService().exempt(FIRE, ANA, [QUIZ]), NotPermitted),
        (ANA, lambda: CompletionService().counts_of_person(ANA, [FIRE]), NotPermitted),
        (ANA, lambda: OrderService().move(FIRE, WALK, "first"), NotPermitted),
        (ANA, lambda: PacingService().update_course(FIRE, PacingData()), NotPermitted),
        (ANA, lambda: CaptionsService().upload(FIRE, ROUTES, "de", WEB_VTT), NotPermitted),
        (ANA, lambda: CourseCompletionService().mark(FIRE, ANA, complete=True), NotPermitted),
        (MAYA, lambda: CompletionService().counts_in_course(FIRE, [ANA]), NotPermitted),
        (MAYA, lambda: ModuleService().module(FIRE, KNOW), NotPermitted),
        (
            INES,
            lambda: CompletionService().counts_of_person(ANA, [FIRE, ELSEWHERE], ignore_invalid=False),
            NotPermitted,
        ),
        (INES, lambda: CompletionService().counts_of_person(NOBODY, [FIRE]), Refused),
        (INES, lambda: ModuleService().module(FIRE, QUIZ), NotFound),
        (INES, lambda: ModuleService().structure(FIRE, NOTHING), NotFound),
        (INES, lambda: TopicService().topic(FIRE, NOTHING), NotFound),
        (INES, lambda: TopicFileService().download(FIRE, QUIZ), Refused),
        (INES, lambda: OverviewService().attachment(6610), NotFound),
        (INES, lambda: ModuleService().add(FIRE, QUIZ, module()), Refused),
        (INES, lambda: ModuleService().add(FIRE, NOTHING, module()), NotFound),
        (INES, lambda: ModuleService().add(FIRE, KNOW, file(url=f"{FOLDER}missing.pdf")), NotFound),
        (INES, lambda: ModuleService().add(FIRE, KNOW, file(url="/content/enforced/1-OTHER/a.pdf"), PLAN), Refused),
        (INES, lambda: TopicService().update(FIRE, QUIZ, file()), Refused),
        (INES, lambda: ExemptionService().exempt(FIRE, ANA, [KNOW]), Refused),
        (INES, lambda: OrderService().move(FIRE, QUIZ, ROUTES), Refused),
        (INES, lambda: CaptionsService().of_topic(FIRE, POSTER), Refused),
        (INES, lambda: CaptionsService().delete(FIRE, ROUTES, "de"), NotFound),
        (INES, lambda: TableOfContentsService().contents(FIRE, module_id=NOTHING), NotFound),
        (INES, lambda: CompletionService().topic_completions(FIRE, WALK, after_person_id=NOBODY), Refused),
        (INES, lambda: UserProgressService().in_topic(FIRE, NOTHING, ANA), NotFound),
        (INES, lambda: ScheduledItemService().of_person(ANA, [ELSEWHERE]), NotPermitted),
        (INES, lambda: CourseCompletionService().of_person(FIRE, 109), NotFound),
    ],
)
def test_a_refusal_is_an_error_in_words(
    by: int, wanted: Callable[[], Any], error: type[BrightspaceError], gateway_for: GatewayFor
) -> None:
    with pytest.raises(error) as told:
        ask(gateway_for(by), wanted())

    assert told.value.message.endswith(".")


def test_a_site_that_is_too_old_is_told_so(gateway_for: GatewayFor, settings: Any, sandbox: Sandbox) -> None:
    caller = gateway_for(ANA)
    settings.BRIGHTSPACE_LE_VERSION = "1.66"
    with pytest.raises(Unsupported) as told:
        caller.read(TableOfContentsService().contents(FIRE, ignore_date_restrictions=True))

    assert "1.67" in told.value.message
    assert "1.66" in told.value.message
