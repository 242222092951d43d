"""Pages read in both languages, through the language switch or as a browser asks for them."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from portal.accounts.models import Person
from portal.brightspace.ratelimit import rate_limit
from tests.languages.reading import Reading, english_on, names_in, reading
from tests.sandbox.server import Sandbox

Compare = Callable[..., Reading]
Visit = Callable[[Client], Any]
SAID_BY_BRIGHTSPACE = {"The request failed with 400."}  # shown as it is


def choose(browser: Client, language: str) -> None:
    """Use the switch in the menu."""
    assert browser.post("/language/", {"language": language}).status_code == 302


def begin_afresh() -> None:
    """Nothing is cached, and nobody's language is known from an earlier sign-in."""
    cache.clear()
    rate_limit.clear()
    Person.objects.update(language="")


@pytest.fixture
def compare(sandbox: Sandbox) -> Compare:
    """Fails if what somebody visits has English on its French page; ``visit`` is an address or a function.

    Each language begins with an empty cache. Without a browser, nobody has signed in, and each language has a browser
    of its own that asks for it.
    """

    def compared(browser: Client | None, visit: str | Visit, *, label: str = "", names: Iterable[str] = ()) -> Reading:
        found: dict[str, Reading] = {}
        known = names_in(sandbox.world) | SAID_BY_BRIGHTSPACE | set(names)
        for language in ("en", "fr"):
            begin_afresh()
            visitor = browser or Client(SERVER_NAME="localhost", headers={"Accept-Language": language})
            if browser:
                choose(browser, language)
            response = visitor.get(visit) if isinstance(visit, str) else visit(visitor)
            assert response.headers["Content-Language"] == language
            found[language] = reading(response, label or str(visit), known)
        english, french = found["en"], found["fr"]
        assert french.texts, french.label
        assert english_on(french, english) == set(), (french.label, french.texts)
        return french

    return compared
