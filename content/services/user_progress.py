"""Progress through topics and the content as a person sees it: what auditors may read of whom they audit."""

from collections.abc import Sequence

from content.schemas import TableOfContents, UserProgressData
from portal.brightspace.reads import Read
from portal.brightspace.routes import Route

PROGRESS = Route("le", "/(orgUnitId)/content/userprogress/", unstable=True)
CONTENT = Route("le", "/(orgUnitId)/content/toc")
PAGE_SIZE = 200


def user_progress_in(org_unit_id: int, person_ids: Sequence[int]) -> Read[list[UserProgressData]]:
    """``GET le/(orgUnitId)/content/userprogress/``: topics that these people have touched.

    Scope ``core:*:*``; exists under the version ``unstable`` only.
    """
    query = (*(("userId", person) for person in person_ids), ("pageSize", PAGE_SIZE))
    return Read(PROGRESS, list[UserProgressData], ids=(("orgUnitId", org_unit_id),), query=query)


def content_for(org_unit_id: int, person_id: int) -> Read[TableOfContents]:
    """``GET le/(orgUnitId)/content/toc?userId=``: a course as one person sees it. Scope ``content:toc:read``."""
    return Read(CONTENT, TableOfContents, ids=(("orgUnitId", org_unit_id),), query=(("userId", person_id),))
