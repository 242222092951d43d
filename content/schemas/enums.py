"""The numbered values of the content document.

Fields of blocks stay plain integers, because Brightspace may add a value any day.
"""

from enum import IntEnum


class ContentType(IntEnum):
    """``CONTENT_T``: the two kinds of content object."""

    MODULE = 0
    TOPIC = 1


class TopicType(IntEnum):
    """``TOPIC_T``: the kinds of topic; the document reserves 5 to 8 for SCORM."""

    FILE = 1
    LINK = 3


class ActivityType(IntEnum):
    """``ACTIVITYTYPE_T``: the tool that a topic opens."""

    UNKNOWN = -1
    MODULE = 0
    FILE = 1
    LINK = 2
    DROPBOX = 3
    QUIZ = 4
    DISCUSSION_FORUM = 5
    DISCUSSION_TOPIC = 6
    LTI = 7
    CHAT = 8
    SCHEDULE = 9
    CHECKLIST = 10
    SELF_ASSESSMENT = 11
    SURVEY = 12
    ONLINE_ROOM = 13
    SCORM_1_3 = 20
    SCORM_1_3_ROOT = 21
    SCORM_1_2 = 22
    SCORM_1_2_ROOT = 23


class CompletionType(IntEnum):
    """``CONTENT_COMPLETIONTYPE_T``: how a topic is completed; the first two make it required."""

    MANUAL = 1
    AUTO = 2
    NONE = 3


class CompletionFilter(IntEnum):
    """``COMPLETION_T``: which items to list, by whether they are completed."""

    ANY = 1
    COMPLETED_ONLY = 2
    NOT_COMPLETED_ONLY = 3


class ExemptionFilter(IntEnum):
    """``EXEMPTION_T``: which items to list, by whether the person is exempt from them."""

    ANY = 1
    EXEMPTED_ONLY = 2
    NOT_EXEMPTED_ONLY = 3


class CompletionLevel(IntEnum):
    """``CONTENTCOMPLETIONLEVEL_T``: what counts are grouped by."""

    ORG_UNIT = 1
    ROOT_MODULE = 2
    TOPIC = 3
