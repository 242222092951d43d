"""The user model: people who have signed in with their Brightspace account."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext


class PersonManager(BaseUserManager["Person"]):
    """Finds a person by the natural key that Django uses in fixtures."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(pk=int(username or 0))


class Person(AbstractBaseUser):
    """A person who has signed in. The primary key is Brightspace's id of them; the password is never set."""

    id = models.BigIntegerField(primary_key=True)
    first_name = models.CharField(max_length=256, blank=True)
    last_name = models.CharField(max_length=256, blank=True)
    unique_name = models.CharField(max_length=540, blank=True)
    language = models.CharField(max_length=16, blank=True)  # in which they last read the portal; empty: not known yet
    language_chosen = models.BooleanField(default=False)  # chosen in the menu, not just asked for by a browser

    USERNAME_FIELD = "id"
    objects = PersonManager()

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """First and last name; without them the user name."""
        return (
            " ".join(part for part in (self.first_name, self.last_name) if part) or self.unique_name or gettext("You")
        )

    @property
    def initials(self) -> str:
        """Up to two letters, empty without a name."""
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()
