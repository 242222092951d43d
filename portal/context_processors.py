"""Context of every page: the navigation, with the current page marked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse

from portal.accounts.decorators import IS_ADMIN
from portal.features import Audience, NavigationLink
from portal.features import navigation as all_links

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class MenuItem:
    """A link of the navigation as the template shows it."""

    label: "StrOrPromise"
    href: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """``nav``: the pages that exist for the signed-in person. Brightspace is not asked for it.

    Who is an administrator was noted in the session at sign-in (see ``decorators.remember_role``).
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": []}
    audiences = {Audience.EVERYONE} | ({Audience.ADMINS} if request.session.get(IS_ADMIN) else set())
    return {"nav": [_item(link, request) for link in all_links() if link.audience in audiences]}


def _item(link: NavigationLink, request: HttpRequest) -> MenuItem:
    href = reverse(link.url_name, args=[request.user.pk] if link.own else [])
    return MenuItem(link.label, href, current=request.path == href)
