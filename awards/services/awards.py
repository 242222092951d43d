"""The organisation's awards: one list for all courses."""

from awards.filters import MAX_PAGE_SIZE, AwardTypeValue, filters, paging
from awards.schemas import Award, AwardCreate, AwardUpdate
from awards.validators import validate_changed_award, validate_new_award
from portal.brightspace import Read, Service, Write, delete, get, post, put


class AwardService(Service):
    """The organisation's awards. Every action may raise NotPermitted."""

    product, since, source = "bas", "1.2", "https://docs.valence.desire2learn.com/res/awards.html"

    @get("/awards/")
    def awards(
        self,
        *,
        award_type: AwardTypeValue | None = None,
        search: str | None = None,
        limit: int = MAX_PAGE_SIZE,
        offset: int = 0,
    ) -> Read[list[Award]]:
        """All awards, deleted ones included. Raises Refused for a wrong filter."""
        return self.read(list[Award], query=filters(award_type=award_type, search=search) + paging(limit, offset))

    @get("/awards/(awardId)")
    def award(self, award_id: int) -> Read[Award]:
        """One award, which may be deleted. Raises NotFound."""
        return self.read(Award, awardId=award_id)

    @post("/awards/")
    def create(self, new: AwardCreate) -> Write[Award]:
        """Adds an award. Raises NotFound for a file that it names, Refused."""
        return self.write(Award, body=validate_new_award(new))

    @put("/awards/(awardId)")
    def update(self, award_id: int, changed: AwardUpdate, *, award_type: AwardTypeValue) -> Write[Award]:
        """Changes an award in every course; Brightspace may e-mail its holders.

        ``award_type`` is the type it was created with: it cannot be changed, and decides whether a certificate is
        needed. Raises NotFound (no such award or file), Refused.
        """
        return self.write(Award, body=validate_changed_award(changed, award_type), awardId=award_id)

    @delete("/awards/(awardId)")
    def delete(self, award_id: int) -> Write[None]:
        """Marks an award as deleted; it stays in the list. Raises NotFound, also for one that is deleted already."""
        return self.write(awardId=award_id)
