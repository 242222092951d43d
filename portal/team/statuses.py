"""The product's vocabulary of states: one status for everything a page says of a person or an item.

A status is a code in data, addresses and exports; its label is made where it is shown, in the active language.
"""

from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Tone(StrEnum):
    """How a status is tinted. The word is always there as well."""

    NEUTRAL = ""
    GOOD = "good"
    WARNING = "warn"
    BAD = "bad"
    QUIET = "quiet"


class Priority(IntEnum):
    """How soon somebody needs a look; larger is sooner. People of one priority are ordered by their weight."""

    COMPLETE = 1
    ON_TRACK = 2
    NOT_VISIBLE = 3
    NO_TARGET = 4
    NO_DATA = 5
    IN_PROGRESS = 6
    NOT_STARTED = 7
    BEHIND = 8
    OVERDUE = 9


class Status(StrEnum):
    """A code of the vocabulary."""

    OVERDUE = "overdue"
    BEHIND = "behind"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    ON_TRACK = "on_track"
    COMPLETE = "complete"
    NO_TARGET = "no_target"
    NOT_VISIBLE = "not_visible"
    NO_DATA = "no_data"

    @property
    def label(self) -> "StrOrPromise":
        """The word, as it stands in a sentence or a pill."""
        return _LABELS[self]

    @property
    def tone(self) -> Tone:
        """The tint that goes with it."""
        return _TONES.get(self, Tone.NEUTRAL)


_LABELS = {
    Status.OVERDUE: gettext_lazy("overdue"),
    Status.BEHIND: pgettext_lazy("pace", "behind"),
    Status.NOT_STARTED: gettext_lazy("not started"),
    Status.IN_PROGRESS: gettext_lazy("in progress"),
    Status.ON_TRACK: gettext_lazy("on track"),
    Status.COMPLETE: gettext_lazy("complete"),
    Status.NO_TARGET: gettext_lazy("no target"),
    Status.NOT_VISIBLE: gettext_lazy("not visible"),
    Status.NO_DATA: gettext_lazy("no data"),
}
_TONES = {
    Status.OVERDUE: Tone.BAD,
    Status.BEHIND: Tone.WARNING,
    Status.NOT_STARTED: Tone.QUIET,
    Status.ON_TRACK: Tone.GOOD,
    Status.COMPLETE: Tone.GOOD,
    Status.NO_TARGET: Tone.QUIET,
    Status.NOT_VISIBLE: Tone.QUIET,
    Status.NO_DATA: Tone.QUIET,
}
