"""What the API reference says of one action, as data."""

from dataclasses import dataclass
from enum import StrEnum

from portal.brightspace.endpoints.routes import Route

FALLBACK_SCOPE = "core:*:*"  # what an action without a scope of its own needs


class Origin(StrEnum):
    """Where an action is documented."""

    DOCUMENT = "document"  # in one of the API documents the portal covers
    NEWER = "newer"  # newer than these documents
    SUPPORTING = "supporting"  # in other documents: sign-in, enrolments, rosters


@dataclass(frozen=True)
class Endpoint:
    """One documented action: ``method`` and ``route``, the ``scopes`` that open it, and the service method for it.

    ``source`` is D2L's page about it.
    """

    method: str
    route: Route
    scopes: tuple[str, ...] = ()
    service: str = ""  # dotted name of the method, such as cpd.services.records.RecordService.record
    source: str = ""
    origin: Origin = Origin.DOCUMENT

    @property
    def scope(self) -> str:
        """What a token must have, scopes separated by blanks."""
        return " ".join(self.scopes) or FALLBACK_SCOPE

    @property
    def path(self) -> str:
        """The whole address as the API document writes it."""
        return self.route.documented

    @property
    def since(self) -> str:
        """The first version that has it; ``unstable`` for the moving version; empty if the document names none."""
        return "unstable" if self.route.unstable else self.route.since

    @property
    def document(self) -> str:
        """The document that has it, by the feature's name; else ``newer`` or ``supporting``."""
        return self.service.partition(".")[0] if self.origin is Origin.DOCUMENT else str(self.origin)
