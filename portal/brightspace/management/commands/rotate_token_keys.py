"""``manage.py rotate_token_keys``: encrypt all stored tokens with the newest key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.brightspace.auth import tokens


class Command(BaseCommand):
    help = (
        "Encrypts every stored token again with the first key of PORTAL_TOKEN_KEYS. "
        "Put the new key first, restart, run this, then drop the old key."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        rotated, deleted = tokens.rotate_keys()
        self.stdout.write(f"The tokens of {rotated} people are encrypted with the first key.")
        if deleted:
            raise CommandError(
                f"The tokens of {deleted} people could not be decrypted with any key and were deleted: "
                "they must sign in again."
            )
