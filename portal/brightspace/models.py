"""Stored OAuth tokens, and the credits that background work has spent."""

from django.db import models


class OAuthToken(models.Model):
    """One person's OAuth tokens, encrypted, with the lease that lets one caller at a time refresh them.

    ``version`` grows with every new pair of tokens. ``refresh_at`` is when the access token is no longer used, somewhat
    before it expires. ``lease_holder`` names who may refresh until ``lease_until``.
    """

    class State(models.TextChoices):
        SIGNED_IN = "signed_in"
        SIGN_IN_AGAIN = "sign_in_again"

    person_id = models.BigIntegerField(primary_key=True)
    access_token = models.TextField()
    refresh_token = models.TextField(blank=True)
    scope = models.TextField(blank=True)
    refresh_at = models.DateTimeField()
    version = models.PositiveBigIntegerField()
    state = models.CharField(max_length=16, choices=State, default=State.SIGNED_IN)
    lease_holder = models.CharField(max_length=36, blank=True)
    lease_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"tokens of person {self.person_id}"


class BackgroundSpend(models.Model):
    """Credits that background work of the whole site has spent in one minute (UTC)."""

    minute = models.DateTimeField(primary_key=True)
    credits = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.credits} credits in {self.minute:%H:%M}"
