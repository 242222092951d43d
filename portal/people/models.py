"""Who signs in, and the roster an admin uploads."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(pk=int(username or 0))


class Person(AbstractBaseUser):
    """Somebody who has signed in. The primary key is Brightspace's own id; there is no password here."""

    id = models.BigIntegerField(primary_key=True)
    first_name = models.CharField(max_length=256, blank=True)
    last_name = models.CharField(max_length=256, blank=True)
    unique_name = models.CharField(max_length=540, blank=True)

    USERNAME_FIELD = "id"
    objects = PersonManager()

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return " ".join(part for part in (self.first_name, self.last_name) if part) or self.unique_name or "You"

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()


class Roster(models.Model):
    """One uploaded roster; the newest is in force, older ones stay for the record."""

    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
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
