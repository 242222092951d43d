"""Tokens are nowhere but encrypted in their own table: not in a session, log, message, cache entry or page."""

import base64
import logging
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as site
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from django.db import connection
from django.test import Client
from django.views.debug import ExceptionReporter
from pytest_django import Settings

from portal.brightspace.auth import encryption
from portal.brightspace.models import OAuthToken
from tests.conftest import MAYA
from tests.portal.brightspace.auth.test_tokens import expire
from tests.portal.front_door import browser, come_back
from tests.sandbox.server import Sandbox

MESSAGES = Path(site.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"])


@pytest.fixture
def evening(sandbox: Sandbox, db: None, caplog: pytest.LogCaptureFixture) -> tuple[list[str], list[str]]:
    """A sign-in, pages and a refresh, logged at DEBUG: every secret of it, and every answer."""
    caplog.set_level(logging.DEBUG)
    for name in ("authlib", "urllib3", "requests"):  # as settings.py says, whatever the root logger does
        caplog.set_level(logging.INFO, logger=name)
    shutil.rmtree(MESSAGES, ignore_errors=True)
    MESSAGES.mkdir(parents=True)
    maya = browser()
    back = come_back(maya, MAYA)
    answers, secrets = [maya.get(back)], parse_qs(urlsplit(back).query)["code"] + held()
    answers += [maya.get(address) for address in ("/team/", "/team/?figures=0.0", "/people/101/")]
    expire(sandbox)
    answers += [maya.get("/team/"), maya.get("/team/export.csv")]
    shown = [f"{answer.headers} {answer.cookies} {answer.content.decode()}" for answer in answers]
    return secrets + held() + [site.BRIGHTSPACE_CLIENT_SECRET], shown


def held() -> list[str]:
    row = OAuthToken.objects.get()
    kinds = {"access": row.access_token, "refresh": row.refresh_token}
    return [encryption.decrypt(row.person_id, kind, sealed) for kind, sealed in kinds.items()]


def found(secrets: list[str], text: str) -> list[str]:
    """Which of the secrets are in a text, plainly or in a base64 part of it."""
    coded = (base64.b64decode(part) for part in re.findall(r"(?:[A-Za-z0-9+/]{4}){6,}", text))
    whole = text.encode() + b" ".join(coded)
    return [secret for secret in secrets if secret.encode() in whole]


def everything_kept() -> Iterator[str]:
    """Every entry of the cache, where it is in the database and where it is Redis."""
    if isinstance(caches["default"], DatabaseCache):
        with connection.cursor() as cursor:
            cursor.execute("SELECT cache_key, value FROM portal_cache")
            yield from (f"{key} {value}" for key, value in cursor.fetchall())
    if isinstance(caches["default"], RedisCache):
        client = caches["default"]._cache.get_client()
        yield from (f"{key!r} {client.get(key)!r}" for key in client.scan_iter(count=1000))


def everything_stored() -> Iterator[str]:
    """Every row of every table, and every session as it is when opened."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from (f"{table} {row}" for row in cursor.fetchall())
    yield from (str(session.get_decoded()) for session in Session.objects.all())


def test_the_search_finds_what_is_there() -> None:
    coded = base64.b64encode(b'{"first": "a-secret", "second": 1}').decode()

    assert found(["a-secret"], f"x {coded} y") == ["a-secret"]
    assert found(["a-secret"], "Bearer a-secret") == ["a-secret"]


def test_no_secret_is_stored_in_the_clear(evening: tuple[list[str], list[str]]) -> None:
    assert [text for text in everything_stored() if found(evening[0], text)] == []


def test_no_secret_is_in_the_cache(evening: tuple[list[str], list[str]]) -> None:
    kept = list(everything_kept())

    assert kept
    assert [text for text in kept if found(evening[0], text)] == []


def test_no_secret_is_in_an_answer(evening: tuple[list[str], list[str]]) -> None:
    assert [text for text in evening[1] if found(evening[0], text)] == []


def test_no_secret_is_in_the_log(evening: tuple[list[str], list[str]], caplog: pytest.LogCaptureFixture) -> None:
    assert found(evening[0], caplog.text) == []


def test_no_secret_is_in_a_message_to_the_worker(evening: tuple[list[str], list[str]]) -> None:
    messages = [file.read_text() for file in MESSAGES.iterdir()]

    assert messages
    assert [text for text in messages if found(evening[0], text)] == []


def test_a_traceback_does_not_show_what_was_in_hand(settings: Settings, maya: Client) -> None:
    settings.DEBUG = True
    in_hand = held()
    try:
        raise RuntimeError("went wrong")
    except RuntimeError as error:
        reporter = ExceptionReporter(None, type(error), error, error.__traceback__)

    assert "went wrong" in reporter.get_traceback_html()
    assert found(in_hand, reporter.get_traceback_html() + reporter.get_traceback_text()) == []
