"""Forms of the roster pages: the file that is uploaded, how it is read, and the confirmation that applies it."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.rosters.upload.reading.encodings import LABELS

MAX_DIGITS = 10
_SEPARATOR = re.compile(r"[\s.,'’]")
CHOOSE_A_FILE = _("Choose a file first.")


class RosterForm(forms.Form):
    """A roster file."""

    roster = forms.FileField(
        allow_empty_file=True, error_messages={"required": CHOOSE_A_FILE, "invalid": CHOOSE_A_FILE}
    )


class EncodingForm(forms.Form):
    """The encoding in which the admin says a file is."""

    encoding = forms.ChoiceField(choices=[(encoding, encoding) for encoding in LABELS])


class NamesForm(forms.Form):
    """Whether Brightspace's names are used for rows that have somebody else's."""

    accepts = forms.BooleanField(required=False)


class ApplyForm(forms.Form):
    """The confirmation to put a checked file in use: without its bad rows, and with how many people move."""

    without_bad = forms.BooleanField(required=False)
    confirmed = forms.CharField(required=False)

    def clean_confirmed(self) -> int | None:
        """The number that was typed, with or without separators between its digits; None for anything else."""
        digits = _SEPARATOR.sub("", self.cleaned_data["confirmed"])
        return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < MAX_DIGITS else None
