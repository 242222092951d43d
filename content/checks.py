"""The document's limits on what is sent about content, told by field before anything is sent."""

import re

from content.schemas import ModuleData, RichTextInput, TopicData, TopicType
from portal.brightspace import FileUpload, InvalidArgument
from portal.brightspace.endpoints.validators import in_order, one_of, optional_moment, text, upload, url
from portal.filekinds import CAPTIONS, kind_of

MOST_IN_FILE = 50 * 1024**2
MOST_IN_CAPTIONS = 2 * 1024**2
_LANGUAGE = re.compile(r"[A-Za-z]{2}(-[A-Za-z]{2})?")
_CONTENT_SPACE = "/content/"


def check_module(module: ModuleData) -> None:
    """A title; and dates with a time zone, in order."""
    _check_words(module.title, module.description)
    optional_moment(module.module_due_date, "Due date")
    start = optional_moment(module.module_start_date, "Start date")
    end = optional_moment(module.module_end_date, "End date")
    in_order(start, end, "Start date", "End date")


def check_new_topic(topic: TopicData) -> None:
    """A topic that is not there yet, of which nobody can be told that it has changed."""
    _check_topic(topic)
    if topic.major_update or topic.major_update_text or topic.reset_completion_tracking:
        raise InvalidArgument("“Major update” is for changing a topic; leave it out for a new one.")


def check_changed_topic(topic: TopicData) -> None:
    """Only a major update has a text for learners, and can take completions back."""
    _check_topic(topic)
    if topic.major_update_text and not topic.major_update:
        raise InvalidArgument("“Text of the update” can only go with a “Major update”.")
    if topic.reset_completion_tracking and not topic.major_update:
        raise InvalidArgument("“Reset completion” can only go with a “Major update”.")


def is_link(topic: TopicData) -> bool:
    """Whether it is a link rather than a file. Raises InvalidArgument for the kinds kept for later."""
    return one_of(topic.topic_type, "Kind of topic", TopicType) is TopicType.LINK


def check_language(language: object) -> str:
    """``fr`` or ``fr-CA``; Brightspace holds the two apart."""
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        raise InvalidArgument("“Language” must be a code such as fr or fr-CA.")
    return language


def check_file(file: FileUpload) -> FileUpload:
    """A topic's file."""
    return upload(file, "File", most_bytes=MOST_IN_FILE)


def check_captions(file: FileUpload) -> FileUpload:
    """A file that is WebVTT or SRT inside, whatever it is called."""
    upload(file, "Captions", most_bytes=MOST_IN_CAPTIONS)
    if kind_of(file.content, CAPTIONS) is None:
        raise InvalidArgument("“Captions” must be a WebVTT or an SRT file.")
    return file


def _check_topic(topic: TopicData) -> None:
    _check_words(topic.title, topic.description)
    optional_moment(topic.due_date, "Due date")
    start, end = optional_moment(topic.start_date, "Start date"), optional_moment(topic.end_date, "End date")
    in_order(start, end, "Start date", "End date")
    if is_link(topic):
        _check_link(topic.url)
        return
    _check_path(topic.url)
    if topic.open_as_external_resource is not None:
        raise InvalidArgument("“Open in a new window” is for links only; leave it out for a file.")


def _check_words(title: object, description: RichTextInput | None) -> None:
    text(title, "Title")
    if description is not None and description.type not in ("Text", "Html"):
        raise InvalidArgument("“Description” must be of type Text or Html.")


def _check_link(address: object) -> None:
    """An address on the web, or a path on the Brightspace site itself, as its own tools have."""
    path = text(address, "Address")
    if not path.startswith("/"):
        url(path, "Address")
    elif path.startswith("//") or not path.isprintable() or set(path) & set(' <>"\\'):
        raise InvalidArgument("“Address” must be a web address or a path on the Brightspace site.")


def _check_path(path: object) -> None:
    """Where a file lies in the course's content; its name may be whatever somebody called it."""
    whole = text(path, "Address")
    parts = whole.removeprefix(_CONTENT_SPACE).split("/")
    is_inside = whole.startswith(_CONTENT_SPACE) and len(parts) > 1 and all(part.strip(". ") for part in parts)
    if not is_inside or not whole.isprintable() or "\\" in whole:
        example = "/content/enforced/8083-EXT-101/plan.pdf"
        raise InvalidArgument(f"“Address” of a file must be its path in the course's content, such as {example}.")
