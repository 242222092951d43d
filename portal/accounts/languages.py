"""In which language a person reads the portal: the one they chose in the menu, else the one their browser asks for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import check_for_language, get_language

from portal.accounts.models import Person


def is_offered(language: str) -> bool:
    """Whether the portal speaks the language."""
    return language in dict(settings.LANGUAGES) and check_for_language(language)


def language_of(person_id: int) -> str:
    """The language for work that no browser asks for; the site's own if the person is unknown."""
    known = Person.objects.filter(pk=person_id).values_list("language", flat=True).first()
    return known or settings.LANGUAGE_CODE


def settle_language(request: HttpRequest, response: HttpResponseBase, person: Person) -> None:
    """At sign-in: a choice made in this browser becomes the person's; without one it gets what they chose elsewhere.

    Somebody who never chose reads each browser's own language.
    """
    chosen_here = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    if person.language_chosen and not chosen_here:
        set_language_cookie(response, person.language)
    else:
        remember_language(person, get_language() or settings.LANGUAGE_CODE, chosen=chosen_here)


def remember_language(person: Person, language: str, *, chosen: bool) -> None:
    """Note in which language the worker speaks to the person, and whether they chose it."""
    if (person.language, person.language_chosen) != (language, chosen):
        Person.objects.filter(pk=person.pk).update(language=language, language_chosen=chosen)


def set_language_cookie(response: HttpResponseBase, language: str) -> None:
    """Let the browser ask for this language from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
