"""``manage.py brightspace_scopes``: the OAuth scopes to register."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.brightspace.auth import oauth


class Command(BaseCommand):
    help = "Prints the OAuth 2.0 scopes that the features in use ask for, as the registration wants them."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(oauth.scopes())
