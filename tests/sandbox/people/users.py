"""Users: the caller, other users, their names, and the caller's profile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sandbox.api.calls import Call
from tests.sandbox.api.dates import format_utc
from tests.sandbox.api.paging import paged_result_set
from tests.sandbox.api.permissions import SEARCH_USERS, require_permission, require_user_access
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.models.people import Person

_PROFILE_FIELDS = [
    "Nickname",
    "HomeTown",
    "HomePage",
    "HomePhone",
    "BusinessPhone",
    "MobilePhone",
    "FaxNumber",
    "Address1",
    "Address2",
    "City",
    "Province",
    "PostalCode",
    "Country",
    "HighSchool",
    "University",
    "Hobbies",
    "FavMusic",
    "FavTVShows",
    "FavMovies",
    "FavBooks",
    "FavQuotations",
    "FavWebSites",
    "FutureGoals",
    "FavMemory",
]


@action(
    "GET",
    "/d2l/api/lp/(version)/users/whoami",
    scopes=("users:own_profile:read", "users:profile:read"),
)
def whoami(call: Call) -> Response:
    """The person the token belongs to; ids are strings here."""
    person = call.person()
    return Response(
        {
            "Identifier": str(person.person_id),
            "FirstName": person.first_name,
            "LastName": person.last_name,
            "UniqueName": person.user_name,
            "ProfileIdentifier": person.profile_identifier,
            "Pronouns": person.pronouns,
            **person.extra,
        }
    )


@action("GET", "/d2l/api/lp/(version)/users/", scopes=("users:userdata:read",))
def users(call: Call) -> Response:
    """A list by organisation-defined id or e-mail, one user or 404 by user name, else all in pages."""
    require_permission(call, SEARCH_USERS)
    people = sorted(call.world.people.values(), key=lambda person: person.person_id)
    if wanted := call.text("orgDefinedId"):
        return _list(call, people, lambda person: person.org_defined_id == wanted)
    if wanted := call.text("userName"):
        found = next((person for person in people if person.user_name.lower() == wanted.lower()), None)
        if found is None:
            raise ApiError.not_found()
        return Response(_user_data(call, found))
    if wanted := call.text("externalEmail"):
        return _list(call, people, lambda person: (person.email or "").lower() == wanted.lower())
    return paged_result_set(
        call,
        people,
        key=lambda person: person.person_id,
        page_size=call.world.switches.page_size,
        render=lambda person: _user_data(call, person),
    )


@action("GET", "/d2l/api/lp/(version)/users/(userId)", scopes=("users:userdata:read",))
def user(call: Call) -> Response:
    """One user's data."""
    return Response(_user_data(call, require_user_access(call, call.id("userId"))))


@action("GET", "/d2l/api/lp/(version)/users/(userId)/names", scopes=("users:userdata:read",))
def names(call: Call) -> Response:
    """One user's legal and preferred names."""
    person = require_user_access(call, call.id("userId"))
    return Response(
        {
            "LegalFirstName": person.first_name,
            "LegalLastName": person.last_name,
            "PreferredFirstName": None,
            "PreferredLastName": None,
            "SortLastName": person.last_name,
        }
    )


@action("GET", "/d2l/api/lp/(version)/profile/myProfile", scopes=("users:profile:read",))
def my_profile(call: Call) -> Response:
    """The caller's own profile; most fields are empty."""
    person = call.person()
    return Response(
        {
            **dict.fromkeys(_PROFILE_FIELDS, ""),
            "Birthday": None,
            "Email": person.email,
            "Company": call.world.organisation.name,
            "JobTitle": person.job_title,
            "SocialMediaUrls": [],
        }
    )


def _list(call: Call, people: list[Person], matches: Callable[[Person], bool]) -> Response:
    return Response([_user_data(call, person) for person in people if matches(person)])


def _user_data(call: Call, person: Person) -> dict[str, Any]:
    return {
        "OrgId": call.world.organisation.org_unit_id,
        "UserId": person.person_id,
        "FirstName": person.first_name,
        "MiddleName": None,
        "LastName": person.last_name,
        "UserName": person.user_name,
        "ExternalEmail": person.email,
        "OrgDefinedId": person.org_defined_id,
        "UniqueIdentifier": person.user_name,
        "Activation": {"IsActive": person.is_active},
        "DisplayName": person.display_name,
        "LastAccessedDate": format_utc(person.last_accessed),
        "Pronouns": person.pronouns,
        **person.extra,
    }
