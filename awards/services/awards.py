"""Awards of the organisation: one list for all courses."""

from msgspec.structs import replace

from awards.schemas import Award, AwardCreate, AwardType, AwardUpdate
from awards.services.filters import MAX_PAGE_SIZE, filters, paging
from awards.validators import validate_award
from portal.brightspace import Read, Route, Write, action
from portal.brightspace.endpoints.validators import validate_choice

ALL = Route("bas", "/awards/", since="1.2")
ONE = Route("bas", "/awards/(awardId)", since="1.2")

Kind = AwardType | int | str


@action("GET", ALL)
def awards(
    *,
    award_type: Kind | None = None,
    search: str | None = None,
    limit: int = MAX_PAGE_SIZE,
    offset: int = 0,
) -> Read[list[Award]]:
    """``GET bas/awards/``: the catalogue, deleted awards included.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, Refused (filters).
    """
    return Read(ALL, list[Award], query=filters(award_type, search, **paging(limit, offset)))


@action("GET", ONE)
def award(award_id: int) -> Read[Award]:
    """``GET bas/awards/(awardId)``: one award, also a deleted one.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound.
    """
    return Read(ONE, Award, ids=(("awardId", award_id),))


@action("POST", ALL)
def create(new: AwardCreate) -> Write[Award]:
    """``POST bas/awards/``: a new award.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound (a file it names), Refused.
    """
    kind = validate_choice(new.award_type, "Kind of award", AwardType)
    return Write("POST", ALL, Award, body=replace(validate_award(new, kind), award_type=int(kind)))


@action("PUT", ONE)
def update(award_id: int, changed: AwardUpdate, *, award_type: Kind) -> Write[Award]:
    """``PUT bas/awards/(awardId)``: changes the award in every course, and may e-mail its holders.

    ``award_type`` is what it was created as, which stays and decides whether it needs a certificate.
    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound (also a file it names), Refused.
    """
    kind = validate_choice(award_type, "Kind of award", AwardType)
    return Write("PUT", ONE, Award, ids=(("awardId", award_id),), body=validate_award(changed, kind))


@action("DELETE", ONE)
def delete(award_id: int) -> Write[None]:
    """``DELETE bas/awards/(awardId)``: it stays in the catalogue, marked as deleted.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound (also if it is deleted already).
    """
    return Write("DELETE", ONE, ids=(("awardId", award_id),))
