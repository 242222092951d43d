"""What people send to the pages about people."""

from django import forms

from portal.rosters.upload.csv_file import MAX_FILE_BYTES, NotARoster, RosterFile, read_roster_file


class RosterForm(forms.Form):
    """A roster file; its lines are in ``sheet`` once it is valid."""

    roster = forms.FileField(
        allow_empty_file=True,
        error_messages={"required": "Choose a file first.", "invalid": "Choose a file first."},
    )
    sheet: RosterFile

    def clean_roster(self) -> object:
        upload = self.cleaned_data["roster"]
        try:
            self.sheet = read_roster_file(upload.read(MAX_FILE_BYTES + 1))
        except NotARoster as problem:
            raise forms.ValidationError(str(problem)) from problem
        return upload


class ApplyForm(forms.Form):
    """The word to put a checked file in force, and whether to do so without its bad rows."""

    checked = forms.CharField()
    without_bad = forms.BooleanField(required=False)
