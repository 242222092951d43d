"""Rosters uploaded by admins, who reports to whom; and the checks of files that may become one."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

CHECK_LIFETIME = timedelta(days=1)


class Roster(models.Model):
    """One uploaded roster; the newest is in use, older ones stay for the record."""

    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    # The id of the roster it replaced, 0 for the first one: of two that replace the same roster, one is refused.
    replaces = models.BigIntegerField(default=0, unique=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.file_name} of {self.uploaded_at:%Y-%m-%d %H:%M}"


class RosterEntry(models.Model):
    """One line of a roster: a person reports to a manager, both by Brightspace id; to nobody at the top.

    The names are Brightspace's. ``is_active`` is False for somebody who had left when the roster was checked.
    """

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="entries")
    person_id = models.BigIntegerField()
    manager_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=540, blank=True)
    manager_name = models.CharField(max_length=540, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roster", "person_id"], name="one_manager_each")]
        indexes = [models.Index(fields=["roster", "manager_id"])]

    def __str__(self) -> str:
        return f"{self.person_id} reports to {self.manager_id}"


class RosterCheck(models.Model):
    """A roster file that an admin has uploaded, with what is known of it so far. Kept for a day, for that admin alone.

    ``content`` is the file itself; ``file``, ``lookup``, ``found``, ``entries`` and ``comparison`` are what was made of
    it, as ``upload.storage`` packs them.
    """

    class State(models.TextChoices):
        """How far a check has got."""

        ENCODING = "encoding", _("needs an answer")
        LOOKUP = "lookup", _("looking people up")
        CHECKED = "checked", _("not applied yet")
        APPLIED = "applied", _("applied")

    admin = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=255)
    state = models.CharField(max_length=16, choices=State, default=State.LOOKUP)
    accepts_names = models.BooleanField(default=False)  # of Brightspace, where the file has somebody else's
    compared_with = models.BigIntegerField(default=0)  # the id of the roster in use at the comparison, 0 for none
    version = models.PositiveIntegerField(default=0)  # counts changes, so that no change overwrites another
    content = models.BinaryField()
    file = models.BinaryField(default=b"")
    lookup = models.BinaryField(default=b"")
    found = models.BinaryField(default=b"")
    entries = models.BinaryField(default=b"")
    comparison = models.BinaryField(default=b"")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["admin", "created_at"])]

    def __str__(self) -> str:
        return f"{self.file_name} of {self.created_at:%Y-%m-%d %H:%M}"
