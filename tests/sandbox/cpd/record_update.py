"""The RecordUpdate block, validated; a field that Brightspace would refuse is a 400 with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any, NoReturn

from tests.sandbox.api.dates import parse_utc
from tests.sandbox.api.responses import ApiError
from tests.sandbox.models.cpd import DRAFT, PUBLISHED, CpdRecord, RecordAnswer, RecordField
from tests.sandbox.world import World

MAX_NAME_LENGTH = 512
MAX_ANSWER_LENGTH = 4000


@dataclass(frozen=True)
class RecordUpdate:
    """A valid RecordUpdate; with ``state`` None the record keeps its own."""

    name: str
    category_id: int
    method_id: int
    is_structured: bool
    credit_minutes: float
    completed_at: datetime
    state: int | None
    answers: tuple[tuple[int, str], ...]

    def apply_to(self, record: CpdRecord) -> None:
        """Changes the record; an answer to a question answered before keeps its id."""
        answer_ids = {answer.question_id: answer.answer_id for answer in record.answers}
        record.name, record.is_structured = self.name, self.is_structured
        record.category_id, record.method_id = self.category_id, self.method_id
        record.credit_minutes, record.completed_at = self.credit_minutes, self.completed_at
        record.state = record.state if self.state is None else self.state
        record.answers = [
            RecordAnswer(answer_ids.get(question_id, record.record_id * 1000 + question_id), question_id, text)
            for question_id, text in self.answers
        ]


def read_update(world: World, body: Any) -> RecordUpdate:
    """The RecordUpdate in a decoded body, or a 400 that names the first wrong field."""
    if not isinstance(body, dict):
        _refuse("The request body is not a RecordUpdate.")
    return RecordUpdate(
        name=_name(body.get("Name")),
        category_id=_field(body, "CategoryId", world.categories),
        method_id=_field(body, "MethodId", world.methods),
        is_structured=_flag(body.get("IsStructured")),
        credit_minutes=_minutes(body.get("CreditMinutes")),
        completed_at=parse_utc(body.get("DateCompleted"), "DateCompleted"),
        state=_state(body.get("RecordStateId")),
        answers=_answers(world, body.get("Answers")),
    )


def _name(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > MAX_NAME_LENGTH:
        _refuse(f"Name is a text of 1 to {MAX_NAME_LENGTH} characters.")
    return value


def _field(body: dict[str, Any], name: str, fields: dict[int, RecordField]) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value not in fields:
        _refuse(f"{name} is not known.")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        _refuse("IsStructured is true or false.")
    return value


def _minutes(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        _refuse("CreditMinutes is a number.")
    if not isfinite(value) or value < 0:
        _refuse("CreditMinutes is a number of 0 or more.")
    return value


def _state(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or value not in (PUBLISHED, DRAFT):
        _refuse("RecordStateId is 1, 2 or null.")
    return PUBLISHED if value == PUBLISHED else DRAFT


def _answers(world: World, value: object) -> tuple[tuple[int, str], ...]:
    if not isinstance(value, list):
        _refuse("Answers is a list.")
    answers = []
    for item in value:
        if not isinstance(item, dict):
            _refuse("An answer has a QuestionId and a Text.")
        text = item.get("Text")
        if not isinstance(text, str) or len(text) > MAX_ANSWER_LENGTH:
            _refuse(f"An answer's Text has at most {MAX_ANSWER_LENGTH} characters.")
        answers.append((_field(item, "QuestionId", world.questions), text))
    return tuple(answers)


def _refuse(detail: str) -> NoReturn:
    raise ApiError.invalid_parameters(detail)
