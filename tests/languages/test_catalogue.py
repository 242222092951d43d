"""The translations are complete, compiled, and agree with the messages of the source."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.languages.catalogue import LANGUAGES, Entry, compiled, entries, folder
from tests.structure import APP, ROOT

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")
FRENCH = entries(folder("fr") / "django.po")
# What stands before or after a no-break space in French, and is wrong without one.
BAD_SPACING = re.compile(
    r"(?<!\u00a0):(?=\s|$)|(?<!\u202f)[;?!](?=\s|$)|«(?!\u00a0)|(?<!\u00a0)»|(?<=[\d)]s) (?:h|%%)\b"
)


def test_the_catalogue_is_read_whole() -> None:
    assert len(FRENCH) > 500
    assert {each.context for each in FRENCH} >= {"", "pace", "appearance"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_text_compiled(language: str) -> None:
    written = {each.key: each.translations for each in entries(folder(language) / "django.po")}

    assert compiled(folder(language) / "django.mo") == written, "run: make messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_none_only_guessed(language: str) -> None:
    found = entries(folder(language) / "django.po")

    assert [each.message for each in found if not all(each.translations)] == []
    assert [each.message for each in found if "fuzzy" in each.flags] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_placeholders_and_tags_of_their_message(language: str) -> None:
    assert [each.message for each in entries(folder(language) / "django.po") if not agrees(each)] == []


def agrees(entry: Entry) -> bool:
    """Whether each translation has what its message has; the form for one may leave out the number."""
    last = len(entry.translations) - 1
    return all(
        Counter(TAG.findall(text)) == Counter(TAG.findall(entry.message))
        and placeholders(text) <= placeholders(entry.plural or entry.message)
        and (form < last or placeholders(text) == placeholders(entry.plural or entry.message))
        for form, text in enumerate(entry.translations)
    )


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def test_french_is_set_as_french() -> None:
    """Typographic apostrophes and guillemets; no-break spaces where a line must not end."""
    texts = [TAG.sub("", text) for each in FRENCH for text in each.translations]

    assert [text for text in texts if re.search("['\"“”]", text)] == []
    assert [text for text in texts if BAD_SPACING.search(text)] == []
    assert [text for text in texts if "  " in text] == []


def test_french_has_a_form_for_one_and_a_form_for_several() -> None:
    assert {len(each.translations) for each in FRENCH if each.plural} == {2}
    assert "plural=(n > 1)" in (folder("fr") / "django.po").read_text(encoding="utf-8")


@pytest.mark.skipif(not shutil.which("xgettext") and not os.environ.get("CI"), reason="gettext is not installed")
def test_the_catalogue_has_every_message_of_the_source_and_no_other(tmp_path: Path) -> None:
    for name in (*APP, "templates", "locale"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "manage.py", tmp_path)
    collect = [sys.executable, "manage.py", "makemessages", "--all", "--no-obsolete"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings"}
    subprocess.run(collect, cwd=tmp_path, env=environment, check=True, capture_output=True)

    for language in LANGUAGES:
        collected = messages(tmp_path / "locale" / language / "LC_MESSAGES/django.po")
        assert collected == messages(folder(language) / "django.po"), "run: make messages"


def messages(path: Path) -> set[tuple[str, str]]:
    return {(each.key, each.plural) for each in entries(path)}
