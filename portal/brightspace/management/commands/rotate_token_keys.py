from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.brightspace.auth import tokens


class Command(BaseCommand):
    help = (
        "Encrypts every stored token again with the first key of PORTAL_TOKEN_KEYS. "
        "Put the new key first, restart, run this, then drop the old key."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        rotated, unreadable = tokens.rotate_keys()
        self.stdout.write(f"{rotated} connections are encrypted with the first key.")
        if unreadable:
            raise CommandError(
                f"{unreadable} connections could not be read with any key and were removed: those people sign in again."
            )
