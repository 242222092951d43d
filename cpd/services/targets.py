"""Progress towards CPD targets."""

from datetime import datetime

from cpd.schemas import TargetProgress
from cpd.services.filters import filters
from portal.brightspace import Read, Service, get


class TargetService(Service):
    """Progress towards CPD targets. Every action may raise NotPermitted and NotFound."""

    product, since, source = "le", "1.84", "https://docs.valence.desire2learn.com/res/cpd.html"
    scope = "cpd:targets:read"

    @get("/cpd/target/progress/user/(userId)")
    def progress(
        self,
        person_id: int,
        *,
        method_id: int | None = None,
        category_id: int | None = None,
        record_name: str | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> Read[TargetProgress]:
        """A person's credit against their target: in minutes, or in records where the organisation counts records.

        The filters choose which records count: those completed from ``start`` to ``end``, both included, whose name
        contains ``record_name``.
        """
        query = filters(method_id, category_id, record_name, start, end)
        return self.read(TargetProgress, query=query, userId=person_id)
