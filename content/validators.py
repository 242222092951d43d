"""Checks of what is about to be sent about content, by the limits of the content document.

Each returns the value as it goes out, or raises InvalidArgument with the field.
"""

import re
from collections.abc import Iterable
from typing import TypeVar

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from content.schemas import (
    CourseCompletion,
    ItemExemptionInfo,
    ItemExemptionInfoFilter,
    ModuleData,
    ModulePacingData,
    PacingData,
    RichTextInput,
    TopicData,
    TopicType,
    UserProgressData,
)
from portal.brightspace import FileUpload, InvalidArgument, d2l_id
from portal.brightspace.endpoints.validators import (
    validate_between,
    validate_choice,
    validate_ids,
    validate_optional_day,
    validate_optional_moment,
    validate_order,
    validate_text,
    validate_upload,
    validate_url,
)
from portal.filekinds import CAPTIONS, kind_of

MAX_FILE_BYTES = 50 * 1024**2
MAX_CAPTIONS_BYTES = 2 * 1024**2
MAX_VISITS = 2**31 - 1  # Brightspace counts in 32 bits
EXAMPLE_PATH = "/content/enforced/8083-EXT-101/plan.pdf"
P = TypeVar("P", PacingData, ModulePacingData)
_CONTENT_SPACE = "/content/"
_LANGUAGE = re.compile(r"[A-Za-z]{2}(-[A-Za-z]{2})?")


def validate_module(module: ModuleData) -> ModuleData:
    """A module with a title, and dates that have a time zone and are in order."""
    _validate_texts(module.title, module.description)
    validate_optional_moment(module.module_due_date, gettext_lazy("Due date"))
    _validate_dates(module.module_start_date, module.module_end_date)
    return module


def validate_new_topic(topic: TopicData) -> TopicData:
    """A topic to be added; it cannot be a major update."""
    _validate_topic(topic)
    if topic.major_update or topic.major_update_text or topic.reset_completion_tracking:
        raise InvalidArgument(_("“Major update” is for changing a topic; leave it out for a new one."))
    return topic


def validate_changed_topic(topic: TopicData) -> TopicData:
    """A topic to be changed; only a major update has a text for learners and can withdraw completions."""
    _validate_topic(topic)
    if topic.major_update_text and not topic.major_update:
        raise InvalidArgument(_("“Text of the update” can only go with a “Major update”."))
    if topic.reset_completion_tracking and not topic.major_update:
        raise InvalidArgument(_("“Reset completion” can only go with a “Major update”."))
    return topic


def validate_addition(new: ModuleData | TopicData, file: FileUpload | None) -> ModuleData | TopicData:
    """A module or topic to be added to a module; only a file topic can bring a file with it."""
    if isinstance(new, ModuleData):
        validate_module(new)
    else:
        validate_new_topic(new)
    if file is not None:
        if isinstance(new, ModuleData) or _is_link(new):
            raise InvalidArgument(_("“File” can only go with a topic that is a file."))
        validate_file(file)
    return new


def validate_position(position: object, object_id: int) -> int | str:
    """Where ``object_id`` goes among its siblings: ``first``, ``last``, or behind the one with this id."""
    if isinstance(position, str) and position in ("first", "last"):
        return position
    sibling = d2l_id(position, "position")
    if sibling == d2l_id(object_id, "objectId"):
        raise InvalidArgument(_("“position” must be another module or topic, not the one that is moved."))
    return sibling


def validate_pacing(pacing: P) -> P:
    """Two days, without a time, that are in order."""
    start = validate_optional_day(pacing.start_date, gettext_lazy("Start"))
    end = validate_optional_day(pacing.end_date, gettext_lazy("End"))
    validate_order(start, end, gettext_lazy("Start"), gettext_lazy("End"))
    return pacing


def validate_exemptions(topic_ids: Iterable[int]) -> ItemExemptionInfo:
    """At least one topic."""
    return ItemExemptionInfo(exempt_items=validate_ids(topic_ids, gettext_lazy("Topics")))


def validate_exemption_filter(topics: ItemExemptionInfoFilter) -> ItemExemptionInfoFilter:
    """Due dates that have a time zone and are in order."""
    start = validate_optional_moment(topics.exempt_start_date, gettext_lazy("Due from"))
    end = validate_optional_moment(topics.exempt_end_date, gettext_lazy("Due until"))
    validate_order(start, end, gettext_lazy("Due from"), gettext_lazy("Due until"))
    return topics


def validate_course_completion(completion: CourseCompletion) -> CourseCompletion:
    """Only a course that is complete has a date of completion."""
    moment = validate_optional_moment(completion.completion_date, gettext_lazy("completed"))
    if moment is not None and not completion.completion:
        raise InvalidArgument(_("“Completed” has a date only for a course that is complete."))
    return completion


def validate_own_progress(progress: UserProgressData, my_id: int) -> UserProgressData:
    """Progress of the person ``my_id`` and of nobody else."""
    if d2l_id(progress.user_id, "userId") != d2l_id(my_id, "userId"):
        raise InvalidArgument(_("“Progress” can only be changed by the person whose it is."))
    d2l_id(progress.object_id, gettext_lazy("topic"))
    validate_between(progress.num_visits, gettext_lazy("visits"), 0, MAX_VISITS)
    if not 0 <= progress.total_time < float("inf"):
        raise InvalidArgument(_("“Time” must be a number of seconds, 0 or more."))
    validate_optional_moment(progress.completed_date, gettext_lazy("completed"))
    validate_optional_moment(progress.last_visited, gettext_lazy("last visited"))
    return progress


def validate_language(language: object) -> str:
    """A language code such as ``fr`` or ``fr-CA``."""
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        raise InvalidArgument(_("“Language” must be a code such as fr or fr-CA."))
    return language


def validate_file(file: FileUpload) -> FileUpload:
    """The file of a topic."""
    return validate_upload(file, gettext_lazy("File"), most_bytes=MAX_FILE_BYTES)


def validate_captions(file: FileUpload) -> FileUpload:
    """A file whose content is WebVTT or SRT, whatever its name."""
    validate_upload(file, gettext_lazy("Captions"), most_bytes=MAX_CAPTIONS_BYTES)
    if kind_of(file.content, CAPTIONS) is None:
        raise InvalidArgument(_("“Captions” must be a WebVTT or an SRT file."))
    return file


def _validate_topic(topic: TopicData) -> None:
    _validate_texts(topic.title, topic.description)
    validate_optional_moment(topic.due_date, gettext_lazy("Due date"))
    _validate_dates(topic.start_date, topic.end_date)
    if _is_link(topic):
        _validate_link(topic.url)
        return
    _validate_path(topic.url)
    if topic.open_as_external_resource is not None:
        raise InvalidArgument(_("“Open in a new window” is for links only; leave it out for a file."))


def _is_link(topic: TopicData) -> bool:
    """Whether a topic is a link rather than a file. Raises InvalidArgument for kinds that are neither."""
    return validate_choice(topic.topic_type, gettext_lazy("Kind of topic"), TopicType) is TopicType.LINK


def _validate_texts(title: object, description: RichTextInput | None) -> None:
    validate_text(title, gettext_lazy("Title"))
    if description is not None and description.type not in ("Text", "Html"):
        raise InvalidArgument(_("“Description” must be of type Text or Html."))


def _validate_dates(start: object, end: object) -> None:
    start_field, end_field = gettext_lazy("Start date"), gettext_lazy("End date")
    first, last = validate_optional_moment(start, start_field), validate_optional_moment(end, end_field)
    validate_order(first, last, start_field, end_field)


def _validate_link(value: object) -> str:
    """An address on the web, or a path on the Brightspace site itself, as its own tools have."""
    address = validate_text(value, gettext_lazy("Address"))
    if not address.startswith("/"):
        return validate_url(address, gettext_lazy("Address"))
    if address.startswith("//") or not address.isprintable() or set(address) & set(' <>"\\'):
        raise InvalidArgument(_("“Address” must be a web address or a path on the Brightspace site."))
    return address


def _validate_path(value: object) -> str:
    """The path of a file in the content of a course: no folder and no file may be called ``..``."""
    path = validate_text(value, gettext_lazy("Address"))
    parts = path.removeprefix(_CONTENT_SPACE).split("/")
    is_inside = path.startswith(_CONTENT_SPACE) and len(parts) > 1 and all(part.strip(". ") for part in parts)
    if not is_inside or not path.isprintable() or "\\" in path:
        raise InvalidArgument(
            _("“Address” of a file must be its path in the course's content, such as %(example)s."),
            example=EXAMPLE_PATH,
        )
    return path
