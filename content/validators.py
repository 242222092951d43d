"""The document's limits on what is sent about content, told by field before anything is sent."""

import re

from content.schemas import ModuleData, RichTextInput, TopicData, TopicType
from portal.brightspace import FileUpload, InvalidArgument
from portal.brightspace.endpoints.validators import (
    validate_choice,
    validate_optional_moment,
    validate_order,
    validate_text,
    validate_upload,
    validate_url,
)
from portal.filekinds import CAPTIONS, kind_of

MAX_FILE_BYTES = 50 * 1024**2
MAX_CAPTIONS_BYTES = 2 * 1024**2
_LANGUAGE = re.compile(r"[A-Za-z]{2}(-[A-Za-z]{2})?")
_CONTENT_SPACE = "/content/"


def validate_module(module: ModuleData) -> None:
    """A title; and dates with a time zone, in order."""
    _validate_texts(module.title, module.description)
    validate_optional_moment(module.module_due_date, "Due date")
    start = validate_optional_moment(module.module_start_date, "Start date")
    end = validate_optional_moment(module.module_end_date, "End date")
    validate_order(start, end, "Start date", "End date")


def validate_new_topic(topic: TopicData) -> None:
    """A topic that is not there yet, of which nobody can be told that it has changed."""
    _validate_topic(topic)
    if topic.major_update or topic.major_update_text or topic.reset_completion_tracking:
        raise InvalidArgument("“Major update” is for changing a topic; leave it out for a new one.")


def validate_changed_topic(topic: TopicData) -> None:
    """Only a major update has a text for learners, and can take completions back."""
    _validate_topic(topic)
    if topic.major_update_text and not topic.major_update:
        raise InvalidArgument("“Text of the update” can only go with a “Major update”.")
    if topic.reset_completion_tracking and not topic.major_update:
        raise InvalidArgument("“Reset completion” can only go with a “Major update”.")


def is_link(topic: TopicData) -> bool:
    """Whether it is a link rather than a file. Raises InvalidArgument for the kinds kept for later."""
    return validate_choice(topic.topic_type, "Kind of topic", TopicType) is TopicType.LINK


def validate_language(language: object) -> str:
    """``fr`` or ``fr-CA``; Brightspace holds the two apart."""
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        raise InvalidArgument("“Language” must be a code such as fr or fr-CA.")
    return language


def validate_file(file: FileUpload) -> FileUpload:
    """A topic's file."""
    return validate_upload(file, "File", most_bytes=MAX_FILE_BYTES)


def validate_captions(file: FileUpload) -> FileUpload:
    """A file that is WebVTT or SRT inside, whatever it is called."""
    validate_upload(file, "Captions", most_bytes=MAX_CAPTIONS_BYTES)
    if kind_of(file.content, CAPTIONS) is None:
        raise InvalidArgument("“Captions” must be a WebVTT or an SRT file.")
    return file


def _validate_topic(topic: TopicData) -> None:
    _validate_texts(topic.title, topic.description)
    validate_optional_moment(topic.due_date, "Due date")
    start, end = (
        validate_optional_moment(topic.start_date, "Start date"),
        validate_optional_moment(topic.end_date, "End date"),
    )
    validate_order(start, end, "Start date", "End date")
    if is_link(topic):
        _validate_link(topic.url)
        return
    _validate_path(topic.url)
    if topic.open_as_external_resource is not None:
        raise InvalidArgument("“Open in a new window” is for links only; leave it out for a file.")


def _validate_texts(title: object, description: RichTextInput | None) -> None:
    validate_text(title, "Title")
    if description is not None and description.type not in ("Text", "Html"):
        raise InvalidArgument("“Description” must be of type Text or Html.")


def _validate_link(address: object) -> None:
    """An address on the web, or a path on the Brightspace site itself, as its own tools have."""
    path = validate_text(address, "Address")
    if not path.startswith("/"):
        validate_url(path, "Address")
    elif path.startswith("//") or not path.isprintable() or set(path) & set(' <>"\\'):
        raise InvalidArgument("“Address” must be a web address or a path on the Brightspace site.")


def _validate_path(path: object) -> None:
    """Where a file lies in the course's content; its name may be whatever somebody called it."""
    whole = validate_text(path, "Address")
    parts = whole.removeprefix(_CONTENT_SPACE).split("/")
    is_inside = whole.startswith(_CONTENT_SPACE) and len(parts) > 1 and all(part.strip(". ") for part in parts)
    if not is_inside or not whole.isprintable() or "\\" in whole:
        example = "/content/enforced/8083-EXT-101/plan.pdf"
        raise InvalidArgument(f"“Address” of a file must be its path in the course's content, such as {example}.")
