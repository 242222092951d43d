"""ContentObjectData blocks with every documented field, and the ids of a course's content."""

from __future__ import annotations

from typing import Any

from tests.sandbox.models.content import IDS_PER_ORG_UNIT
from tests.sandbox.seeds import organisation as org

FIRE = f"le/1.90/{org.FIRE}/content/"
FIRE_FOLDER = f"/content/enforced/{org.FIRE}-FIRE-101/"
# Ids in the order of the outline: a module, its topics, the next module, its topics.
KNOW, ROUTES, ALARMS, SHOW, QUIZ, WALK, POSTER = range(org.FIRE * IDS_PER_ORG_UNIT + 1, org.FIRE * IDS_PER_ORG_UNIT + 8)


def module_data(**changes: Any) -> dict[str, Any]:
    """The block of a module."""
    return {
        "Title": "New module",
        "ShortTitle": "",
        "Type": 0,
        "ModuleStartDate": None,
        "ModuleEndDate": None,
        "ModuleDueDate": None,
        "IsHidden": False,
        "IsLocked": False,
        "Description": None,
        **changes,
    }


def topic_data(**changes: Any) -> dict[str, Any]:
    """The block of a link topic."""
    return {
        "Title": "New topic",
        "ShortTitle": "",
        "Type": 1,
        "TopicType": 3,
        "Url": "https://example.org/read",
        "StartDate": None,
        "EndDate": None,
        "DueDate": None,
        "IsHidden": False,
        "IsLocked": False,
        "OpenAsExternalResource": None,
        "Description": None,
        "MajorUpdate": None,
        "MajorUpdateText": "",
        "ResetCompletionTracking": None,
        **changes,
    }
