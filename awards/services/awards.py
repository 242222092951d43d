"""Awards of the organisation. No scope of their own (``core:*:*``), BAS 1.2.

May raise NotPermitted, NotFound (no such award, or a file it names cannot be found) and Refused.
"""

from awards.checks import check_award, check_kind
from awards.schemas import Award, AwardCreate, AwardType, AwardUpdate
from awards.services.filters import LARGEST_PAGE, filters, paging
from portal.brightspace.actions import action
from portal.brightspace.reads import Read
from portal.brightspace.routes import Route
from portal.brightspace.writes import Write

ALL = Route("bas", "/awards/", since="1.2")
ONE = Route("bas", "/awards/(awardId)", since="1.2")


@action("GET", ALL)
def awards(
    *,
    award_type: AwardType | int | str | None = None,
    search: str | None = None,
    limit: int = LARGEST_PAGE,
    offset: int = 0,
) -> Read[list[Award]]:
    """``GET bas/awards/``: the catalogue, deleted awards included."""
    return Read(ALL, list[Award], query=filters(award_type, search, **paging(limit, offset)))


@action("GET", ONE)
def award(award_id: int) -> Read[Award]:
    """``GET bas/awards/(awardId)``."""
    return Read(ONE, Award, ids=(("awardId", award_id),))


@action("POST", ALL)
def create(new: AwardCreate) -> Write[Award]:
    """``POST bas/awards/``. Raises InvalidArgument, by field, before anything is sent."""
    check_kind(new)
    check_award(new)
    return Write("POST", ALL, Award, body=new)


@action("PUT", ONE)
def update(award_id: int, changed: AwardUpdate) -> Write[Award]:
    """``PUT bas/awards/(awardId)``: changes the award in every course, and may e-mail its holders."""
    check_award(changed)
    return Write("PUT", ONE, Award, ids=(("awardId", award_id),), body=changed)


@action("DELETE", ONE)
def delete(award_id: int) -> Write[None]:
    """``DELETE bas/awards/(awardId)``: it stays in the catalogue, marked as deleted."""
    return Write("DELETE", ONE, ids=(("awardId", award_id),))
