"""Every content action: how a service is asked for it, and what must go over the wire."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from content.schemas import ItemExemptionInfoFilter, ModulePacingData, PacingData
from content.services import (
    CaptionsFileService,
    CaptionsService,
    CompletionService,
    CourseCompletionService,
    ExemptionService,
    ModuleService,
    OrderService,
    OverdueItemService,
    OverviewService,
    PacingService,
    ScheduledItemService,
    TableOfContentsService,
    TopicFileService,
    TopicService,
    UserProgressService,
)
from tests.conftest import INES
from tests.content.course import (
    ANA,
    END,
    FIRE,
    KNOW,
    PLAN,
    POSTER,
    QUIZ,
    ROUTES,
    START,
    TOMAS,
    UNITS,
    WALK,
    WEB_VTT,
    file,
    link,
    module,
    progress,
)

STARTS, ENDS = "2026-01-01T08:30:00.000Z", "2026-11-30T00:00:00.000Z"
HOSTILE = "a&b=c#d/..?é%00 +“x”🦊 <b>"

MODULE_KEYS = (
    *("Title", "ShortTitle", "Type", "ModuleStartDate", "ModuleEndDate", "ModuleDueDate"),
    *("IsHidden", "IsLocked", "Description"),
)
TOPIC_KEYS = (
    *("Title", "ShortTitle", "Type", "TopicType", "Url", "StartDate", "EndDate", "DueDate", "IsHidden", "IsLocked"),
    *("OpenAsExternalResource", "Description", "MajorUpdate", "MajorUpdateText", "ResetCompletionTracking"),
)
PROGRESS_KEYS = (
    *("ObjectId", "UserId", "CompletedDate", "IsRead", "NumVisits", "TotalTime", "LastVisited"),
    *("Visited", "Completed", "IsExempt"),
)
FILTER_KEYS = ("ExemptStartDate", "ExemptEndDate", "ExcludeGradedActivities", "ExcludeCompleteActivities")


@dataclass(frozen=True)
class Sent:
    """One call: what to ask for, who asks, and the method, path, query and body keys that go out."""

    wanted: Callable[[], Any]
    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    keys: tuple[str, ...] = ()
    by: int = INES
    product: str = "le/1.97"

    @property
    def whole_path(self) -> str:
        """The path with product and version."""
        return f"/d2l/api/{self.product}{self.path}"


MODULE, TOPIC, UNIT = f"/{FIRE}/content/modules/{KNOW}", f"/{FIRE}/content/topics/{WALK}", f"/{FIRE}/content"
EXEMPT = f"{UNIT}/exemptions/users/{ANA}/byList/"
PERIOD: dict[str, Any] = {"completion": "not completed only", "start": START, "end": END}
IN_PERIOD = (("completion", "3"), ("startDateTime", STARTS), ("endDateTime", ENDS))
IN_UNITS = (("completion", "3"), ("orgUnitIdsCSV", "6609,6610"), *IN_PERIOD[1:])
IN_COMPLETION_PERIOD = (
    ("orgUnitIdsCSV", "6609,6610"),
    ("completedFromDateTime", STARTS),
    ("completedToDateTime", ENDS),
)
COMPLETION_PERIOD: dict[str, Any] = {"start": START, "end": END}
SCHEDULED = ScheduledItemService()
BOTH = (("orgUnitIdsCSV", "6609,6610"),)

CALLS = [
    Sent(lambda: ModuleService().delete(FIRE, KNOW), "DELETE", MODULE),
    Sent(lambda: TopicService().delete(FIRE, WALK), "DELETE", TOPIC),
    Sent(lambda: ModuleService().module(FIRE, KNOW), "GET", MODULE),
    Sent(
        lambda: ModuleService().access(FIRE, KNOW, person_id=ANA, role_id=103),
        "GET",
        f"{MODULE}/access/",
        (("userId", "201"), ("roleId", "103")),
    ),
    Sent(lambda: ModuleService().structure(FIRE, KNOW), "GET", f"{MODULE}/structure/"),
    Sent(lambda: ModuleService().root_modules(FIRE), "GET", f"{UNIT}/root/"),
    Sent(lambda: TopicService().topic(FIRE, WALK), "GET", TOPIC),
    Sent(lambda: TopicService().access(FIRE, WALK), "GET", f"{TOPIC}/access/"),
    Sent(lambda: TopicFileService().download(FIRE, POSTER), "GET", f"{UNIT}/topics/{POSTER}/file"),
    Sent(lambda: TopicFileService().download(FIRE, WALK, stream=True), "GET", f"{TOPIC}/file", (("stream", "true"),)),
    Sent(lambda: ExemptionService().exempt(FIRE, ANA, [WALK, QUIZ]), "POST", EXEMPT, keys=("ExemptItems",)),
    Sent(
        lambda: ExemptionService().exempt_by_filter(FIRE, ANA, ItemExemptionInfoFilter(exclude_graded_activities=True)),
        "POST",
        f"{UNIT}/exemptions/users/{ANA}/byFilter/",
        keys=FILTER_KEYS,
    ),
    Sent(lambda: ExemptionService().end(FIRE, ANA, [WALK]), "POST", f"{EXEMPT}delete/", keys=("ExemptItems",)),
    Sent(lambda: ModuleService().add(FIRE, KNOW, module()), "POST", f"{MODULE}/structure/", keys=MODULE_KEYS),
    Sent(lambda: ModuleService().add(FIRE, KNOW, link()), "POST", f"{MODULE}/structure/", keys=TOPIC_KEYS),
    Sent(
        lambda: ModuleService().add(FIRE, KNOW, file(), PLAN, rename_file_if_exists=True),
        "POST",
        f"{MODULE}/structure/",
        (("renameFileIfExists", "true"),),
        TOPIC_KEYS,
    ),
    Sent(lambda: ModuleService().create(FIRE, module()), "POST", f"{UNIT}/root/", keys=MODULE_KEYS),
    Sent(lambda: ModuleService().update(FIRE, KNOW, module()), "PUT", MODULE, keys=MODULE_KEYS),
    Sent(lambda: TopicService().update(FIRE, WALK, file()), "PUT", TOPIC, keys=TOPIC_KEYS),
    Sent(lambda: TopicFileService().replace(FIRE, WALK, PLAN), "PUT", f"{TOPIC}/file"),
    Sent(lambda: OverviewService().overview(FIRE), "GET", f"/{FIRE}/overview"),
    Sent(lambda: OverviewService().attachment(FIRE), "GET", f"/{FIRE}/overview/attachment"),
    Sent(lambda: SCHEDULED.my_items(UNITS, **PERIOD), "GET", "/content/myItems/", IN_UNITS, by=ANA),
    Sent(
        lambda: SCHEDULED.of_person(ANA, UNITS, **PERIOD, exemption=2),
        "GET",
        f"/content/items/{ANA}",
        (*IN_UNITS, ("exemption", "2")),
    ),
    Sent(lambda: SCHEDULED.my_due_items(UNITS, **PERIOD), "GET", "/content/myItems/due/", IN_UNITS, by=ANA),
    Sent(lambda: SCHEDULED.my_counts(UNITS, **PERIOD), "GET", "/content/myItems/itemCounts/", IN_UNITS, by=ANA),
    Sent(lambda: SCHEDULED.my_due_counts(UNITS, **PERIOD), "GET", "/content/myItems/due/itemCounts/", IN_UNITS, by=ANA),
    Sent(
        lambda: SCHEDULED.my_completed_items(UNITS, **COMPLETION_PERIOD),
        "GET",
        "/content/myItems/completions/",
        IN_COMPLETION_PERIOD,
        by=ANA,
    ),
    Sent(
        lambda: SCHEDULED.my_completed_due_items(UNITS, **COMPLETION_PERIOD),
        "GET",
        "/content/myItems/completions/due/",
        IN_COMPLETION_PERIOD,
        by=ANA,
    ),
    Sent(lambda: SCHEDULED.my_items_in_course(FIRE, **PERIOD), "GET", f"{UNIT}/myItems/", IN_PERIOD, by=ANA),
    Sent(lambda: SCHEDULED.my_due_items_in_course(FIRE, **PERIOD), "GET", f"{UNIT}/myItems/due/", IN_PERIOD, by=ANA),
    Sent(lambda: SCHEDULED.my_count_in_course(FIRE, **PERIOD), "GET", f"{UNIT}/myItems/itemCount", IN_PERIOD, by=ANA),
    Sent(
        lambda: SCHEDULED.my_due_count_in_course(FIRE, **PERIOD),
        "GET",
        f"{UNIT}/myItems/due/itemCount",
        IN_PERIOD,
        by=ANA,
    ),
    Sent(lambda: OverdueItemService().of_person(ANA, UNITS), "GET", "/overdueItems/", (("userId", "201"), *BOTH)),
    Sent(lambda: OverdueItemService().my_items(UNITS), "GET", "/overdueItems/myItems", BOTH, by=ANA),
    Sent(lambda: TableOfContentsService().bookmarks(FIRE), "GET", f"{UNIT}/bookmarks", by=ANA),
    Sent(lambda: TableOfContentsService().recent_topics(FIRE), "GET", f"{UNIT}/recent", by=ANA),
    Sent(
        lambda: TableOfContentsService().contents(
            FIRE, person_id=ANA, module_id=KNOW, title=HOSTILE, ignore_date_restrictions=True
        ),
        "GET",
        f"{UNIT}/toc",
        (("userId", "201"), ("moduleId", str(KNOW)), ("title", HOSTILE), ("ignoreDateRestrictions", "true")),
    ),
    Sent(
        lambda: CompletionService().topic_completions(FIRE, WALK, ascending=False, after_person_id=212, page_size=50),
        "GET",
        f"{TOPIC}/completions/",
        (("isAscendingSort", "false"), ("userBookmark", "212"), ("pageSize", "50")),
    ),
    Sent(lambda: CompletionService().topic_completion(FIRE, WALK, ANA), "GET", f"{TOPIC}/completions/users/{ANA}"),
    Sent(
        lambda: CompletionService().my_counts(FIRE, level="root module"),
        "GET",
        f"{UNIT}/completions/mycount/",
        (("level", "2"),),
        by=ANA,
    ),
    Sent(
        lambda: CompletionService().counts_in_course(FIRE, [ANA, TOMAS]),
        "GET",
        f"{UNIT}/completions/",
        (("ignoreInvalid", "true"), ("userIdsCSV", "201,202")),
    ),
    Sent(
        lambda: CompletionService().counts_of_person(ANA, UNITS, ignore_invalid=False),
        "GET",
        f"/content/completions/{ANA}/",
        (("ignoreInvalid", "false"), *BOTH),
    ),
    Sent(
        lambda: UserProgressService().in_course(FIRE, [ANA, TOMAS], topic_ids=[WALK, QUIZ], page_size=7),
        "GET",
        f"{UNIT}/userprogress/",
        (*(("userId", "201"), ("userId", "202"), ("objectId", str(WALK)), ("objectId", str(QUIZ))), ("pageSize", "7")),
        product="le/unstable",
    ),
    Sent(
        lambda: UserProgressService().in_topic(FIRE, WALK, ANA),
        "GET",
        f"{UNIT}/userprogress/{WALK}",
        (("userId", "201"),),
        product="le/unstable",
    ),
    Sent(
        lambda: UserProgressService().update_own(ANA, FIRE, progress()),
        "POST",
        f"{UNIT}/userprogress/",
        keys=PROGRESS_KEYS,
        by=ANA,
        product="le/unstable",
    ),
    Sent(
        lambda: CompletionService().set_topic_completion(FIRE, WALK, ANA, START),
        "PUT",
        f"{TOPIC}/completions/users/{ANA}",
        keys=("CompletedDate",),
    ),
    Sent(lambda: PacingService().of_course(FIRE), "GET", f"{UNIT}/pacing"),
    Sent(
        lambda: PacingService().update_course(FIRE, PacingData(start_date=date(2026, 1, 5), skip_weekends=True)),
        "PUT",
        f"{UNIT}/pacing",
        keys=("StartDate", "EndDate", "SkipWeekends"),
    ),
    Sent(
        lambda: PacingService().update_module(FIRE, KNOW, ModulePacingData(end_date=date(2026, 1, 5))),
        "PUT",
        f"{UNIT}/pacing/modules/{KNOW}",
        keys=("StartDate", "EndDate"),
    ),
    Sent(lambda: CaptionsService().delete(FIRE, ROUTES, "fr-CA"), "DELETE", f"{UNIT}/topics/{ROUTES}/captions/fr-CA"),
    Sent(lambda: CaptionsService().of_topic(FIRE, ROUTES), "GET", f"{UNIT}/topics/{ROUTES}/captions"),
    Sent(lambda: CaptionsService().upload(FIRE, ROUTES, "de", WEB_VTT), "PUT", f"{UNIT}/topics/{ROUTES}/captions/de"),
    Sent(
        lambda: OrderService().move(FIRE, ROUTES, "last"),
        "POST",
        f"{UNIT}/order/objectId/{ROUTES}",
        (("position", "last"),),
    ),
    Sent(
        lambda: OrderService().move(FIRE, POSTER, QUIZ),
        "POST",
        f"{UNIT}/order/objectId/{POSTER}",
        (("position", str(QUIZ)),),
    ),
]
NEWER = [
    Sent(lambda: CaptionsFileService().download(FIRE, ROUTES, "en"), "GET", f"{UNIT}/topics/{ROUTES}/captions/en"),
    Sent(
        lambda: CourseCompletionService().of_person(FIRE, ANA),
        "GET",
        f"/enrollments/orgUnits/{FIRE}/users/{ANA}/completion",
        product="lp/1.63",
    ),
    Sent(
        lambda: CourseCompletionService().mark(FIRE, ANA, complete=True, completed=START),
        "PUT",
        f"/enrollments/orgUnits/{FIRE}/users/{ANA}/completion",
        keys=("Completion", "CompletionDate"),
        product="lp/1.63",
    ),
]
EVERY_CALL = [*CALLS, *NEWER]
