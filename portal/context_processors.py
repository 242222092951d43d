"""The navigation: what exists for the signed-in person, and where they are."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.accounts.decorators import IS_ADMIN
from portal.team.team_table import Link


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: ``nav`` links with the current one marked. Brightspace is not asked for it:

    who is an admin was noted in the session at sign-in (see ``access.remember_role``).
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": []}
    places = [("Your team", "/team/"), ("My page", f"/people/{user.pk}/")]
    if settings.PORTAL_ROSTER == "file" and request.session.get(IS_ADMIN):
        places.append(("Roster", "/roster/"))
    return {"nav": [Link(label, href, current=request.path == href) for label, href in places]}
