"""ContentObjectData blocks with every documented key, and the paths they go to."""

from __future__ import annotations

from typing import Any

from tests.sandbox.seeds import organisation as org

FIRE = f"le/1.90/{org.FIRE}/content/"
FIRE_FOLDER = f"/content/enforced/{org.FIRE}-FIRE-101/"
# In the order of the outline: a module, its topics, the next module.
KNOW, ROUTES, ALARMS, SHOW, QUIZ, WALK, POSTER = range(org.FIRE * 1000 + 1, org.FIRE * 1000 + 8)


def module_data(**changes: Any) -> dict[str, Any]:
    """A module's block."""
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
    """A link topic's block."""
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
