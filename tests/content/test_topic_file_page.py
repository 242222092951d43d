"""The page that passes a topic's file on from Brightspace to the browser."""

import tracemalloc
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import unquote

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from pytest_django import Settings

from portal.brightspace.errors import BrightspaceError, DeadlineExceeded, TruncatedResponse
from tests.conftest import ADRIAN, INES, MAYA, SignIn
from tests.content.course import FIRE, FOLDER, POSTER, QUIZ, ROUTES
from tests.sandbox.models.content_files import ContentFile
from tests.sandbox.server import Sandbox

ROUTE = "/d2l/api/le/(version)/(orgUnitId)/content/topics/(topicId)/file"
ANA = 201


def address(topic_id: int = POSTER) -> str:
    """The page of a topic's file."""
    return f"/courses/{FIRE}/topics/{topic_id}/file"


def pieces(answer: Any) -> Iterator[bytes]:
    """The file as it arrives."""
    assert isinstance(answer, StreamingHttpResponse)
    return iter(cast(Iterator[bytes], answer.streaming_content))


def put(sandbox: Sandbox, name: str, kind: str, content: bytes = b"x") -> None:
    """Let the poster be another file."""
    outline, path = sandbox.world.outlines[FIRE], f"{FOLDER}{name}"
    outline.files[path] = ContentFile(path, content, kind)
    topic = outline.topic(POSTER)
    assert topic is not None
    topic.url = path


def test_a_file_is_passed_on_unchanged_as_an_attachment(sign_in: SignIn, sandbox: Sandbox) -> None:
    stored = sandbox.world.outlines[FIRE].files[f"{FOLDER}Fire poster.pdf"].content
    answer = sign_in(ANA).get(address())

    assert b"".join(pieces(answer)) == stored
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="Fire poster.pdf"'
    assert answer["Content-Length"] == str(len(stored))


def test_a_file_cannot_run_anything_in_the_browser(sign_in: SignIn) -> None:
    answer = sign_in(ANA).get(address())

    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "text/javascript", "application/xhtml+xml", "x y/z"])
def test_a_type_that_a_browser_could_run_is_not_passed_on(kind: str, sign_in: SignIn, sandbox: Sandbox) -> None:
    browser = sign_in(ANA)
    put(sandbox, "page.pdf", kind)

    assert browser.get(address())["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Bericht – 2026.pdf", "Bericht – 2026.pdf"),
        ("日本語.pdf", "日本語.pdf"),
        ('a";filename="evil.exe', "a;filename=evil.exe"),
        ("\u202efdp.exe", "fdp.exe"),
        ("..", "download"),
        ("%2e%2e%2fpasswd", "%2e%2e%2fpasswd"),
        (f"{'x' * 300}.pdf", f"{'x' * 146}.pdf"),
    ],
)
def test_a_hostile_name_is_made_harmless(name: str, shown: str, sign_in: SignIn, sandbox: Sandbox) -> None:
    browser = sign_in(ANA)
    put(sandbox, name, "application/pdf")
    disposition = browser.get(address())["Content-Disposition"]

    assert disposition.startswith("attachment; filename")
    plain, _, encoded = disposition.removeprefix("attachment; filename").partition("*=utf-8''")
    assert unquote(encoded) == shown if encoded else plain == f'="{shown}"'


def test_a_large_file_passes_through_little_memory(sign_in: SignIn, sandbox: Sandbox) -> None:
    browser = sign_in(ANA)
    sandbox.control.add_fault("big", route=ROUTE, size=60_000_000)
    tracemalloc.start()
    try:
        assert sum(len(piece) for piece in pieces(browser.get(address()))) > 60_000_000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 12_000_000


def test_a_file_may_take_longer_than_a_page(sign_in: SignIn, sandbox: Sandbox, settings: Settings) -> None:
    browser = sign_in(ANA)
    settings.PORTAL_PAGE_SECONDS = 0.1
    sandbox.control.add_fault("slow", route=ROUTE, delay_ms=300)

    assert browser.get(address()).status_code == 200


@pytest.mark.parametrize(("kind", "error"), [("truncated", TruncatedResponse), ("drip", DeadlineExceeded)])
def test_a_file_that_is_cut_short_is_never_taken_for_complete(
    kind: str, error: type[BrightspaceError], sign_in: SignIn, sandbox: Sandbox, settings: Settings
) -> None:
    browser = sign_in(ANA)
    settings.PORTAL_DOWNLOAD_SECONDS = 0.6
    sandbox.control.add_fault(kind, route=ROUTE, delay_ms=20)
    answer = browser.get(address())
    seen: list[bytes] = []
    with pytest.raises(error):
        seen.extend(pieces(answer))

    assert sum(map(len, seen)) < int(answer["Content-Length"])


def test_a_browser_that_goes_away_frees_the_connection(sign_in: SignIn, sandbox: Sandbox) -> None:
    browser = sign_in(ANA)
    sandbox.control.add_fault("big", route=ROUTE, size=20_000_000, times=1)
    answer = browser.get(address())
    next(pieces(answer))
    answer.close()

    assert list(pieces(answer)) == []
    assert browser.get(address()).status_code == 200


@pytest.mark.parametrize(
    ("person_id", "topic_id", "status", "words"),
    [
        (ADRIAN, POSTER, 200, ""),
        (MAYA, POSTER, 403, "Brightspace does not let you see this"),
        (INES, 6609999, 404, "Not found"),
        (INES, QUIZ, 400, "Content topic is not a file"),
    ],
)
def test_a_refusal_is_a_page_with_a_message(
    person_id: int, topic_id: int, status: int, words: str, sign_in: SignIn
) -> None:
    answer = sign_in(person_id).get(address(topic_id))

    assert answer.status_code == status
    assert status == 200 or words in answer.content.decode()


@pytest.mark.parametrize(("kind", "status"), [("503", 503), ("429", 503), ("drop", 503), ("redirect", 503)])
def test_a_failure_before_the_first_byte_is_a_page_with_a_message(
    kind: str, status: int, sign_in: SignIn, sandbox: Sandbox
) -> None:
    browser = sign_in(ANA)
    sandbox.control.add_fault(kind, route=ROUTE)
    answer = browser.get(address())

    assert answer.status_code == status
    assert "Brightspace" in answer.content.decode()
    assert "attachment" not in answer.headers.get("Content-Disposition", "")


def test_an_expired_token_is_refreshed_first(sign_in: SignIn, sandbox: Sandbox) -> None:
    browser = sign_in(ANA)
    sandbox.control.expire_tokens(ANA)

    assert browser.get(address()).status_code == 200


def test_an_anonymous_visitor_is_led_through_sign_in_and_back(sandbox: Sandbox, db: None) -> None:
    answer = Client(SERVER_NAME="localhost").get(address(ROUTES))

    assert answer.status_code == 302
    assert answer["Location"] == f"/signin/?next=%2Fcourses%2F{FIRE}%2Ftopics%2F{ROUTES}%2Ffile"
    assert sandbox.control.requests() == []


@pytest.mark.parametrize("topic_id", ["0", "01", "-1", str(2**53 + 1), "9" * 40, "x", "%2e%2e"])
def test_an_address_with_an_invalid_id_is_not_found(topic_id: str, sign_in: SignIn, sandbox: Sandbox) -> None:
    answer = sign_in(ANA).get(f"/courses/{FIRE}/topics/{topic_id}/file")

    assert answer.status_code == 404
    assert sandbox.control.requests(path="/content/") == []


def test_the_file_page_takes_no_post(sign_in: SignIn) -> None:
    assert sign_in(ANA).post(address()).status_code == 405
