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
    """At sign-in: a browser that has made no choice gets the person's; otherwise the browser's becomes theirs."""
    if person.language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        set_language_cookie(response, person.language)
    else:
        remember_language(person, get_language() or settings.LANGUAGE_CODE)


def remember_language(person: Person, language: str) -> None:
    """Note in which language the worker speaks to the person."""
    if person.language != language:
        Person.objects.filter(pk=person.pk).update(language=language)


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
