"""What the sandbox says of a person, asked directly and added up as Brightspace's own screen does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import requests

from portal.team.columns import column_providers
from tests.sandbox.server import Sandbox

REQUIRED_KINDS = (1, 2)  # to be completed by hand, or by viewing


@dataclass(frozen=True)
class Course:
    """One course of a person: topics required of them, and how many of these are completed."""

    org_unit_id: int
    required: int
    completed: int


class Upstream:
    """The sandbox's API as one person sees it."""

    def __init__(self, sandbox: Sandbox, brightspace: int) -> None:
        self._address = f"{sandbox.url}/d2l/api"
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Authorization"] = f"Bearer {sandbox.control.issue_access_token(brightspace)}"

    def get(self, path: str, **query: Any) -> Any:
        """The JSON at a path; None where Brightspace refuses."""
        answer = self._session.get(f"{self._address}/{path}", params=query, timeout=10)
        return answer.json() if answer.status_code == 200 else None

    def every(self, path: str, **query: Any) -> list[Any]:
        """All objects of a list with ``Next``."""
        page = self.get(path, **query)
        found = list(page["Objects"])
        while page["Next"]:
            page = self._session.get(page["Next"], timeout=10).json()
            found += page["Objects"]
        return found

    def credit(self, person_id: int) -> str:
        """Hours of each type rounded to 0.1, capped at its own target, then added."""
        progress = self.get(f"le/1.84/cpd/target/progress/user/{person_id}")
        if progress is None:
            return "not visible"
        types = (progress["Structured"], progress["Unstructured"])
        done = [(hours(each["Numerator"]), hours(each["Denominator"])) for each in types]
        if any(each["Denominator"] for each in types):
            return f"{sum(min(pair) for pair in done)} of {whole(sum(target for _, target in done))} h"
        logged = sum(amount for amount, _ in done)
        return f"{logged} h logged" if logged else "nothing required"

    def minutes(self, person_id: int) -> dict[str, Any]:
        """Brightspace's own numbers, as the export has them."""
        progress = self.get(f"le/1.84/cpd/target/progress/user/{person_id}")
        return {
            f"{kind.lower()}_{name}": progress[kind][field] if progress else None
            for kind in ("Structured", "Unstructured")
            for name, field in (("minutes", "Numerator"), ("target", "Denominator"))
        }

    def overdue(self, person_id: int) -> int:
        return len(self.every("le/1.84/overdueItems/", userId=person_id))

    def last_entry(self, person_id: int) -> str:
        """The day of the newest published record."""
        page = self.get(f"le/1.84/cpd/record/user/{person_id}", recordStateId=1, limit=1)
        if page is None or not page["Objects"]:
            return ""
        return datetime.fromisoformat(page["Objects"][0]["DateCompleted"]).date().isoformat()

    def courses(self, person_id: int) -> list[Course]:
        """From the content as the person sees it and their progress, which an auditor may read."""
        return [self._course(person_id, unit) for unit in self._enrolled(person_id)]

    def counted_courses(self, person_id: int) -> list[Course]:
        """From the counts, which somebody who manages content may read."""
        units = self._enrolled(person_id)
        path = f"le/1.84/content/completions/{person_id}/"
        rows = self.get(path, orgUnitIdsCSV=",".join(map(str, units)), ignoreInvalid="true") or []
        return [
            Course(int(row["OrgUnitId"]), row["RequiredItems"], min(row["CompletedItems"], row["RequiredItems"]))
            for row in rows
        ]

    def _enrolled(self, person_id: int) -> list[int]:
        items = self.get(f"lp/1.49/enrollments/users/{person_id}/orgUnits/", orgUnitTypeId=3)["Items"]
        return sorted(item["OrgUnit"]["Id"] for item in items)

    def _course(self, person_id: int, unit: int) -> Course:
        content = self.get(f"le/1.84/{unit}/content/toc", userId=person_id)
        required = {topic["TopicId"] for topic in topics(content) if is_required(topic)}
        rows = self.every(f"le/unstable/{unit}/content/userprogress/", userId=person_id, pageSize=100)
        done = {row["ObjectId"] for row in rows if row["Completed"]}
        return Course(unit, len(required), len(required & done))


def first_calls(people: Sequence[int]) -> int:
    """The calls that the columns make for these people before any answer is known.

    How many they are allowed is in ``test_team_columns.py`` of each feature.
    """
    return sum(len(next(provider.flow(people))) for provider in column_providers())


def summary(courses: list[Course]) -> str:
    """Courses complete of those that require something."""
    required = [course for course in courses if course.required]
    complete = sum(course.completed == course.required for course in required)
    return f"{complete} of {len(required)}" if required else "nothing required"


def topics(part: dict[str, Any]) -> list[dict[str, Any]]:
    below = [topic for module in part["Modules"] for topic in topics(module)]
    return [*part.get("Topics", []), *below]


def is_required(topic: dict[str, Any]) -> bool:
    return topic["CompletionType"] in REQUIRED_KINDS and not topic["IsExempt"] and not topic["IsHidden"]


def hours(minutes: float) -> Decimal:
    return (Decimal(str(minutes)) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)


def whole(amount: Decimal | int) -> str:
    return f"{amount:.0f}" if amount == int(amount) else f"{amount:.1f}"
