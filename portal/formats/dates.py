"""Dates in the active language, by the names of the formats in ``<language>/formats.py``.

Django writes every day of a month alike. In French the first one has another number, "1er".
"""

from datetime import date

from django.utils import dateformat
from django.utils.formats import get_format
from django.utils.translation import pgettext_lazy

# Django's French has "jan." and "fév.", which are not the usual abbreviations; our catalogue translates them anew.
TRANSLATED_ANEW = (pgettext_lazy("abbrev. month", "Jan."), pgettext_lazy("abbrev. month", "Feb."))


def date_format(value: date, name: str) -> str:
    """A day, or a moment in its own time zone, by a named format such as ``DATE_FORMAT``."""
    written = get_format(name)
    if value.day == 1:
        written = written.replace("j", get_format("FIRST_DAY_FORMAT"))
    return dateformat.format(value, written)
