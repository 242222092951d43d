"""What may be sent about a CPD record: Brightspace's limits, validated field by field before anything is sent."""

from math import isfinite

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from cpd.schemas.kinds import RecordState
from cpd.schemas.records import RecordUpdate
from portal.brightspace import InvalidArgument, d2l_id
from portal.brightspace.endpoints.validators import (
    validate_choice,
    validate_flag,
    validate_moment,
    validate_text,
)

MAX_NAME_LENGTH, MAX_ANSWER_LENGTH = 512, 4000  # characters, as Brightspace stores them


def validate_record(changed: RecordUpdate) -> RecordUpdate:
    """The changed record as it is sent. Raises InvalidArgument, which names the field."""
    validate_text(changed.name, gettext_lazy("Name"), most=MAX_NAME_LENGTH)
    d2l_id(changed.category_id, gettext_lazy("Category"))
    d2l_id(changed.method_id, gettext_lazy("Method"))
    validate_flag(changed.is_structured, gettext_lazy("Structured"))
    _validate_minutes(changed.credit_minutes)
    _validate_answers(changed)
    validate_moment(changed.date_completed, gettext_lazy("Date completed"))
    if changed.record_state_id is not None:
        validate_choice(changed.record_state_id, gettext_lazy("State"), RecordState)
    return changed


def _validate_minutes(value: object) -> None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not isfinite(value) or value < 0:  # type: ignore[arg-type,operator]
        raise InvalidArgument(_("“%(field)s” must be a number of minutes, 0 or more."), field=gettext_lazy("Credit"))


def _validate_answers(changed: RecordUpdate) -> None:
    """An answer may be empty: a question need not be answered."""
    for number, answer in enumerate(changed.answers, start=1):
        d2l_id(answer.question_id, gettext_lazy("Question"))
        if answer.text != "":
            field = format_lazy(gettext_lazy("Answer {number}"), number=number)
            validate_text(answer.text, field, most=MAX_ANSWER_LENGTH)
