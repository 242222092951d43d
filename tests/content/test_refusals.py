"""What Brightspace's error statuses become: errors with a message that a manager understands."""

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
from portal.brightspace.gateway import Gateway
from portal.brightspace.ratelimit import rate_limit
from tests.conftest import INES, MAYA, GatewayFor
from tests.content.calls import EVERY_CALL, Sent
from tests.content.course import ANA, FIRE, FOLDER, KNOW, PLAN, POSTER, QUIZ, ROUTES, WALK, WEB_VTT, ask, file, module
from tests.sandbox.server import Sandbox

UNKNOWN_PERSON, UNKNOWN_ID, OTHER_COURSE = 999, 999_999, 6611


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
    gateways = {person: gateway_for(person) for person in (INES, ANA)}
    sandbox.control.add_fault(kind, path="/(le|lp)/", **options)
    errors = [error_of(gateways[sent.by], sent) for sent in EVERY_CALL]

    assert all(isinstance(each, error) for each in errors)
    assert all(each.message.endswith(".") for each in errors)


def error_of(brightspace: Gateway, sent: Sent) -> BrightspaceError:
    """The error that a call raises."""
    rate_limit.clear()  # a 429 would make the next call wait without asking
    with pytest.raises(BrightspaceError) as raised:
        ask(brightspace, sent.wanted())
    return raised.value


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
            lambda: CompletionService().counts_of_person(ANA, [FIRE, OTHER_COURSE], ignore_invalid=False),
            NotPermitted,
        ),
        (INES, lambda: CompletionService().counts_of_person(UNKNOWN_PERSON, [FIRE]), Refused),
        (INES, lambda: ModuleService().module(FIRE, QUIZ), NotFound),
        (INES, lambda: ModuleService().structure(FIRE, UNKNOWN_ID), NotFound),
        (INES, lambda: TopicService().topic(FIRE, UNKNOWN_ID), NotFound),
        (INES, lambda: TopicFileService().download(FIRE, QUIZ), Refused),
        (INES, lambda: OverviewService().attachment(6610), NotFound),
        (INES, lambda: ModuleService().add(FIRE, QUIZ, module()), Refused),
        (INES, lambda: ModuleService().add(FIRE, UNKNOWN_ID, module()), NotFound),
        (INES, lambda: ModuleService().add(FIRE, KNOW, file(url=f"{FOLDER}missing.pdf")), NotFound),
        (INES, lambda: ModuleService().add(FIRE, KNOW, file(url="/content/enforced/1-OTHER/a.pdf"), PLAN), Refused),
        (INES, lambda: TopicService().update(FIRE, QUIZ, file()), Refused),
        (INES, lambda: ExemptionService().exempt(FIRE, ANA, [KNOW]), Refused),
        (INES, lambda: OrderService().move(FIRE, QUIZ, ROUTES), Refused),
        (INES, lambda: CaptionsService().of_topic(FIRE, POSTER), Refused),
        (INES, lambda: CaptionsService().delete(FIRE, ROUTES, "de"), NotFound),
        (INES, lambda: TableOfContentsService().contents(FIRE, module_id=UNKNOWN_ID), NotFound),
        (INES, lambda: CompletionService().topic_completions(FIRE, WALK, after_person_id=UNKNOWN_PERSON), Refused),
        (INES, lambda: UserProgressService().in_topic(FIRE, UNKNOWN_ID, ANA), NotFound),
        (INES, lambda: ScheduledItemService().of_person(ANA, [OTHER_COURSE]), NotPermitted),
        (INES, lambda: CourseCompletionService().of_person(FIRE, 109), NotFound),
    ],
)
def test_a_refusal_is_an_error_with_a_message(
    by: int, wanted: Callable[[], Any], error: type[BrightspaceError], gateway_for: GatewayFor
) -> None:
    with pytest.raises(error) as raised:
        ask(gateway_for(by), wanted())

    assert raised.value.message.endswith(".")


def test_the_error_of_a_site_that_is_too_old_names_both_versions(
    gateway_for: GatewayFor, settings: Any, sandbox: Sandbox
) -> None:
    brightspace = gateway_for(ANA)
    settings.BRIGHTSPACE_LE_VERSION = "1.66"
    with pytest.raises(Unsupported) as raised:
        brightspace.read(TableOfContentsService().contents(FIRE, ignore_date_restrictions=True))

    assert "1.67" in raised.value.message
    assert "1.66" in raised.value.message
