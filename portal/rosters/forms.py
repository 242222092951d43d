"""Forms of the roster page: the file that is uploaded, and the confirmation that applies it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.rosters.upload.csv_file import MAX_FILE_BYTES, NotARoster, RosterFile, read_roster_file


class RosterForm(forms.Form):
    """A roster file; its lines are in ``roster_file`` once it is valid."""

    roster = forms.FileField(
        allow_empty_file=True,
        error_messages={"required": _("Choose a file first."), "invalid": _("Choose a file first.")},
    )
    roster_file: RosterFile

    def clean_roster(self) -> object:
        upload = self.cleaned_data["roster"]
        try:
            self.roster_file = read_roster_file(upload.read(MAX_FILE_BYTES + 1))
        except NotARoster as error:
            raise forms.ValidationError(error.message) from error
        return upload


class ApplyForm(forms.Form):
    """The confirmation to put a checked file in force, and whether to do so without its bad rows."""

    checked = forms.CharField()
    without_bad = forms.BooleanField(required=False)
