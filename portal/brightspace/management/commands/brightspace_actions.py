"""``manage.py brightspace_actions``: a list of the API actions that the portal covers."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.brightspace.catalogue.tables import as_json, as_markdown, as_text, rows_of, scopes_table, updated
from portal.brightspace.catalogue.usage import ROOT, pages_of
from portal.brightspace.endpoints.routes import Origin
from portal.brightspace.endpoints.service import all_endpoints

FORMATS = {"text": as_text, "markdown": as_markdown, "json": as_json}
DOCUMENT = ROOT / "docs" / "brightspace-setup.md"


class Command(BaseCommand):
    help = (
        "Lists the actions of Brightspace's three API documents that the portal covers: the service method of "
        "each, its scope, the first version that has it, and the pages that use it."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=FORMATS, default="text")
        parser.add_argument(
            "--all", action="store_true", help="also the newer actions, and the supporting ones of other documents"
        )
        parser.add_argument(
            "--update-docs", action="store_true", help=f"write the table of scopes into {DOCUMENT.name} instead"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        every = all_endpoints()
        rows = rows_of(every, pages_of([endpoint.service for endpoint in every]))
        if options["update_docs"]:
            self._update(DOCUMENT, scopes_table(rows))
            return
        shown = [row for row in rows if options["all"] or row.endpoint.origin is Origin.DOCUMENT]
        self.stdout.write(FORMATS[options["format"]](shown))

    def _update(self, document: Path, table: str) -> None:
        document.write_text(updated(document.read_text(encoding="utf-8"), table), encoding="utf-8")
        self.stdout.write(f"{document.name} has the scopes of today.")
