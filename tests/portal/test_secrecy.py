"""Secrecy of tokens: encrypted in their own table, and in no session, log, message, cache entry or page."""

import base64
import logging
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
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
from tests.portal.sign_in_steps import callback_url, new_browser
from tests.sandbox.server import Sandbox

MESSAGES = Path(site.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"])


@dataclass(frozen=True)
class Recording:
    """The secrets that some requests used, and their responses."""

    secrets: list[str]
    responses: list[str]


@pytest.fixture
def recording(sandbox: Sandbox, db: None, caplog: pytest.LogCaptureFixture) -> Recording:
    """A sign-in, pages and a refresh, logged at DEBUG."""
    caplog.set_level(logging.DEBUG)
    for name in ("authlib", "urllib3", "requests"):  # as settings.py says, whatever the root logger does
        caplog.set_level(logging.INFO, logger=name)
    shutil.rmtree(MESSAGES, ignore_errors=True)
    MESSAGES.mkdir(parents=True)
    maya = new_browser()
    callback = callback_url(maya, MAYA)
    responses, secrets = [maya.get(callback)], parse_qs(urlsplit(callback).query)["code"] + stored_tokens()
    responses += [maya.get(address) for address in ("/team/", "/team/?figures=0.0", "/people/101/")]
    expire(sandbox)
    responses += [maya.get("/team/"), maya.get("/team/export.csv")]
    shown = [f"{response.headers} {response.cookies} {response.content.decode()}" for response in responses]
    return Recording(secrets + stored_tokens() + [site.BRIGHTSPACE_CLIENT_SECRET], shown)


def stored_tokens() -> list[str]:
    row = OAuthToken.objects.get()
    kinds = {"access": row.access_token, "refresh": row.refresh_token}
    return [encryption.decrypt(row.person_id, kind, ciphertext) for kind, ciphertext in kinds.items()]


def found_secrets(secrets: list[str], text: str) -> list[str]:
    """Which of the secrets are in a text, plain or in base64."""
    encoded = (base64.b64decode(part) for part in re.findall(r"(?:[A-Za-z0-9+/]{4}){6,}", text))
    whole = text.encode() + b" ".join(encoded)
    return [secret for secret in secrets if secret.encode() in whole]


def cache_entries() -> Iterator[str]:
    """Every entry of the cache, in the database or in Redis."""
    if isinstance(caches["default"], DatabaseCache):
        with connection.cursor() as cursor:
            cursor.execute("SELECT cache_key, value FROM portal_cache")
            yield from (f"{key} {value}" for key, value in cursor.fetchall())
    if isinstance(caches["default"], RedisCache):
        client = caches["default"]._cache.get_client()
        yield from (f"{key!r} {client.get(key)!r}" for key in client.scan_iter(count=1000))


def stored_rows() -> Iterator[str]:
    """Every row of every table, and every session decoded."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from (f"{table} {row}" for row in cursor.fetchall())
    yield from (str(session.get_decoded()) for session in Session.objects.all())


def test_the_search_finds_secrets_plain_and_in_base64() -> None:
    encoded = base64.b64encode(b'{"first": "a-secret", "second": 1}').decode()

    assert found_secrets(["a-secret"], f"x {encoded} y") == ["a-secret"]
    assert found_secrets(["a-secret"], "Bearer a-secret") == ["a-secret"]


def test_no_secret_is_anywhere_in_the_clear(recording: Recording, caplog: pytest.LogCaptureFixture) -> None:
    texts = {
        "database": list(stored_rows()),
        "cache": list(cache_entries()),
        "messages": [file.read_text() for file in MESSAGES.glob("*.msg")],
        "responses": recording.responses,
        "log": [caplog.text],
    }

    assert all(texts.values())
    for place, each in texts.items():
        assert [text for text in each if found_secrets(recording.secrets, text)] == [], place


def test_a_traceback_shows_no_secrets(settings: Settings, maya: Client) -> None:
    settings.DEBUG = True
    secrets = stored_tokens()
    try:
        raise RuntimeError("went wrong")
    except RuntimeError as error:
        reporter = ExceptionReporter(None, type(error), error, error.__traceback__)

    assert "went wrong" in reporter.get_traceback_html()
    assert found_secrets(secrets, reporter.get_traceback_html() + reporter.get_traceback_text()) == []
