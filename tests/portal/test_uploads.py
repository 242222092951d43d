"""Validation of uploaded files: size, content, name."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from portal.brightspace.codec.fields import InvalidArgument
from portal.filekinds import ALL_KINDS, PDF, PICTURES, TEXT
from portal.files import validate_upload

PDF_BYTES = b"%PDF-1.7 evidence"
MAX_BYTES = 1024**2


def chosen(content: bytes, name: str = "evidence.pdf", claimed: str = "text/html") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=claimed)


def test_an_upload_has_the_media_type_of_its_content() -> None:
    upload = validate_upload(chosen(PDF_BYTES), ALL_KINDS, MAX_BYTES)

    assert (upload.filename, upload.content_type, upload.content) == ("evidence.pdf", "application/pdf", PDF_BYTES)
    assert upload.part_name == "file"


@pytest.mark.parametrize(
    ("claimed", "filename"),
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
def test_a_file_name_has_the_extension_of_its_content(claimed: str, filename: str) -> None:
    assert validate_upload(chosen(PDF_BYTES, claimed), [PDF], MAX_BYTES).filename == filename


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "“Evidence” is an empty file."),
        (b"<svg/>", "“Evidence” is none of the kinds of file that can be sent: PNG, JPEG, GIF."),
        (PDF_BYTES, "“Evidence” is none of the kinds of file that can be sent: PNG, JPEG, GIF."),
        (b"x" * (MAX_BYTES + 1), "“Evidence” is larger than 1 MB, which is the most that can be sent."),
    ],
)
def test_a_refused_file_leads_to_an_error_with_field_and_reason(content: bytes, message: str) -> None:
    with pytest.raises(InvalidArgument) as error:
        validate_upload(chosen(content, "evidence.png", "image/png"), PICTURES, MAX_BYTES, "Evidence")

    assert error.value.message == message


def test_a_file_that_is_too_large_is_not_read() -> None:
    large = chosen(b"x" * 2048)
    with pytest.raises(InvalidArgument, match="larger than 1 KB"):
        validate_upload(large, ALL_KINDS, 1024)

    assert large.tell() == 0


@given(st.binary(min_size=1, max_size=200), st.text(min_size=1, max_size=40))
def test_every_file_is_made_safe_or_refused(content: bytes, name: str) -> None:
    try:
        upload = validate_upload(chosen(content, f"{name}x"), [*PICTURES, TEXT], MAX_BYTES)
    except InvalidArgument:
        return
    assert upload.filename.isprintable()
    assert not set(upload.filename) & set('/\\"')
    assert upload.filename.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".txt", ".csv", ".md"))
