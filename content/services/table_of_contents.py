"""The table of contents of a course as one person sees it."""

from content.schemas import TableOfContents, Topic
from portal.brightspace import Read, Service, d2l_id, get
from portal.brightspace.endpoints.validators import validate_optional_text


class TableOfContentsService(Service):
    """The content of a course as one person sees it.

    That of others is for their auditors and for those who manage the content. Every action may raise NotPermitted and
    NotFound.
    """

    product, since, source = "le", "1.67", "https://docs.valence.desire2learn.com/res/content.html"
    scope = "content:toc:read"

    @get("/(orgUnitId)/content/toc")
    def contents(
        self,
        org_unit_id: int,
        *,
        person_id: int | None = None,
        module_id: int | None = None,
        title: str | None = None,
        ignore_date_restrictions: bool | None = None,
    ) -> Read[TableOfContents]:
        """What the caller, or ``person_id``, sees of a course.

        ``module_id`` narrows it to one module, NotFound if there is none; ``title`` to what has this text in its
        title. ``ignore_date_restrictions`` includes what is closed by its dates; from LE 1.67 on Brightspace ignores
        the older parameter ``ignoreModuleDateRestrictions``.
        """
        pairs = (
            ("userId", None if person_id is None else d2l_id(person_id, "userId")),
            ("moduleId", None if module_id is None else d2l_id(module_id, "moduleId")),
            ("title", validate_optional_text(title, "title")),
            ("ignoreDateRestrictions", ignore_date_restrictions),
        )
        query = tuple((name, value) for name, value in pairs if value is not None)
        return self.read(TableOfContents, query=query, orgUnitId=org_unit_id)

    @get("/(orgUnitId)/content/bookmarks")
    def bookmarks(self, org_unit_id: int) -> Read[list[Topic]]:
        """The topics that the caller has bookmarked."""
        return self.read(list[Topic], orgUnitId=org_unit_id)

    @get("/(orgUnitId)/content/recent")
    def recent_topics(self, org_unit_id: int) -> Read[list[Topic]]:
        """The topics that the caller visited last."""
        return self.read(list[Topic], orgUnitId=org_unit_id)
