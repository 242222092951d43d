"""Rosters uploaded by admins: who reports to whom."""

from django.conf import settings
from django.db import models


class Roster(models.Model):
    """One uploaded roster; the newest is in use, older ones stay for the record."""

    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.file_name} of {self.uploaded_at:%Y-%m-%d %H:%M}"


class RosterEntry(models.Model):
    """One line of a roster: a person reports to a manager, both by Brightspace id."""

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="entries")
    person_id = models.BigIntegerField()
    manager_id = models.BigIntegerField()
    name = models.CharField(max_length=540, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roster", "person_id"], name="one_manager_each")]
        indexes = [models.Index(fields=["roster", "manager_id"])]

    def __str__(self) -> str:
        return f"{self.person_id} reports to {self.manager_id}"
