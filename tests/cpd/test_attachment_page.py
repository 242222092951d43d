"""The page that gives out a file attached to a CPD record."""

from typing import Any

import pytest
from django.http import StreamingHttpResponse

from tests.conftest import MAYA, SignIn
from tests.sandbox.server import Sandbox

ANA, STRANGERS_RECORD = 201, 231_001
RECORD, CERTIFICATE, NOTES = 201_001, 2_010_011, 2_010_012


def address(attachment_id: int, record_id: int = RECORD) -> str:
    return f"/cpd/records/{record_id}/attachments/{attachment_id}/"


@pytest.mark.parametrize("person_id", [ANA, MAYA])
def test_an_attachment_is_served_to_its_owner_and_to_the_manager(
    person_id: int, sign_in: SignIn, sandbox: Sandbox
) -> None:
    record = sandbox.world.record(RECORD)
    answer: Any = sign_in(person_id).get(address(CERTIFICATE))

    assert record is not None
    assert isinstance(answer, StreamingHttpResponse)
    assert b"".join(answer.streaming_content) == record.attachments[0].content  # type: ignore[arg-type]
    assert answer["Content-Disposition"] == 'attachment; filename="certificate.pdf"'
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/pdf")


@pytest.mark.parametrize(
    ("attachment_id", "record_id", "status"),
    [(999, RECORD, 404), (CERTIFICATE, STRANGERS_RECORD, 403), (CERTIFICATE, 999_999_999, 404)],
)
def test_an_attachment_that_is_refused_gives_an_error_page(
    attachment_id: int, record_id: int, status: int, sign_in: SignIn
) -> None:
    answer = sign_in(MAYA).get(address(attachment_id, record_id))

    assert answer.status_code == status
    assert "Content-Disposition" not in answer.headers
    assert "Brightspace" in answer.content.decode()


def test_an_attachment_asks_for_a_sign_in(client: Any, db: None) -> None:
    assert client.get(address(NOTES), headers={"host": "localhost"})["Location"].startswith("/signin/?next=")
