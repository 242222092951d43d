"""Files somebody chose, before they are sent: their size, their content, their name."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from portal.brightspace.codec.fields import InvalidArgument
from portal.filekinds import EVERY, PDF, PICTURES, TEXT
from portal.files import validate_upload

PDF_BYTES = b"%PDF-1.7 evidence"
MOST = 1024**2


def chosen(content: bytes, name: str = "evidence.pdf", claimed: str = "text/html") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=claimed)


def test_a_file_is_sent_with_the_type_of_its_content() -> None:
    upload = validate_upload(chosen(PDF_BYTES), EVERY, MOST)

    assert (upload.filename, upload.content_type, upload.content) == ("evidence.pdf", "application/pdf", PDF_BYTES)
    assert upload.part_name == "file"


@pytest.mark.parametrize(
    ("claimed", "sent"),
    [
        ("evidence.PDF", "evidence.PDF"),
        ("evidence.html", "evidence.html.pdf"),
        ("evidence", "evidence.pdf"),
        ("..\\..\\evidence.pdf", "evidence.pdf"),
        ("Zeugnis – Übung.pdf", "Zeugnis – Übung.pdf"),
        ('a"b;c<d>.pdf', "ab;cd.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
    ],
)
def test_a_name_ends_as_its_content_says(claimed: str, sent: str) -> None:
    assert validate_upload(chosen(PDF_BYTES, claimed), [PDF], MOST).filename == sent


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "“Evidence” is an empty file."),
        (b"<svg/>", "“Evidence” is none of the kinds of file that can be sent: PNG, JPEG, GIF."),
        (PDF_BYTES, "“Evidence” is none of the kinds of file that can be sent: PNG, JPEG, GIF."),
        (b"x" * (MOST + 1), "“Evidence” is larger than 1 MB, which is the most that can be sent."),
    ],
)
def test_a_refused_file_says_which_field_and_why(content: bytes, words: str) -> None:
    with pytest.raises(InvalidArgument) as told:
        validate_upload(chosen(content, "evidence.png", "image/png"), PICTURES, MOST, "Evidence")

    assert told.value.message == words


def test_a_file_that_is_too_large_is_not_read() -> None:
    large = chosen(b"x" * 2048)
    with pytest.raises(InvalidArgument, match="larger than 1 KB"):
        validate_upload(large, EVERY, 1024)

    assert large.tell() == 0


@given(st.binary(min_size=1, max_size=200), st.text(min_size=1, max_size=40))
def test_whatever_is_chosen_is_sent_safely_or_refused(content: bytes, name: str) -> None:
    try:
        upload = validate_upload(chosen(content, f"{name}x"), [*PICTURES, TEXT], MOST)
    except InvalidArgument:
        return
    assert upload.filename.isprintable()
    assert not set(upload.filename) & set('/\\"')
    assert upload.filename.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".txt", ".csv", ".md"))
