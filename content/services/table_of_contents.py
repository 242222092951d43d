"""The content of a course as one person sees it. Scope ``content:toc:read``, LE 1.67.

May raise NotPermitted and NotFound. Others' may be read by those who audit them or manage the content.
"""

from content.schemas import TableOfContents, Topic
from portal.brightspace import Read, Route, action, d2l_id
from portal.brightspace.endpoints.validators import validate_optional_text

CONTENT = Route("le", "/(orgUnitId)/content/toc", since="1.67")
BOOKMARKS = Route("le", "/(orgUnitId)/content/bookmarks", since="1.67")
RECENT = Route("le", "/(orgUnitId)/content/recent", since="1.67")


@action("GET", CONTENT, "content:toc:read")
def table_of_contents(
    org_unit_id: int,
    *,
    person_id: int | None = None,
    module_id: int | None = None,
    title: str | None = None,
    ignore_date_restrictions: bool | None = None,
) -> Read[TableOfContents]:
    """``GET le/(orgUnitId)/content/toc``: for the caller or ``person_id``; one module; what has ``title`` in it.

    ``ignore_date_restrictions`` shows what is closed by its dates; it needs LE 1.67, from which on
    Brightspace passes over the older ``ignoreModuleDateRestrictions``. NotFound also without that module.
    """
    pairs = (
        ("userId", None if person_id is None else d2l_id(person_id, "userId")),
        ("moduleId", None if module_id is None else d2l_id(module_id, "moduleId")),
        ("title", validate_optional_text(title, "title")),
        ("ignoreDateRestrictions", ignore_date_restrictions),
    )
    query = tuple((name, value) for name, value in pairs if value is not None)
    return Read(CONTENT, TableOfContents, ids=(("orgUnitId", org_unit_id),), query=query)


def content_for(org_unit_id: int, person_id: int) -> Read[TableOfContents]:
    """``GET le/(orgUnitId)/content/toc?userId=``: a course as one person sees it."""
    return table_of_contents(org_unit_id, person_id=person_id)


@action("GET", BOOKMARKS, "content:toc:read")
def bookmarks(org_unit_id: int) -> Read[list[Topic]]:
    """``GET le/(orgUnitId)/content/bookmarks``: topics the caller has bookmarked."""
    return Read(BOOKMARKS, list[Topic], ids=(("orgUnitId", org_unit_id),))


@action("GET", RECENT, "content:toc:read")
def recent(org_unit_id: int) -> Read[list[Topic]]:
    """``GET le/(orgUnitId)/content/recent``: topics the caller visited last."""
    return Read(RECENT, list[Topic], ids=(("orgUnitId", org_unit_id),))
