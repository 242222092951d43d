"""Files of awards: streamed as they are kept, and sent only when they are what they say."""

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from awards.files import (
    MAX_PICTURE_BYTES,
    MAX_TEMPLATE_BYTES,
    file_of,
    library_file_of,
    validate_icon_file,
    validate_picture,
    validate_template,
    validate_template_file,
)
from awards.schemas import InputFileInfo, LibraryInputFileInfo
from awards.services import (
    AwardService,
    CertificateFileService,
    CertificateService,
    CertificateTemplateService,
    IconService,
)
from portal.brightspace.codec.fields import InvalidArgument
from portal.brightspace.endpoints.writes import FileRead
from tests.awards.calls import BADGE, USED_FORM, WARDEN_OF_JUN, award, change
from tests.conftest import ADRIAN, MAYA, GatewayFor
from tests.sandbox.sample_files import pdf, png
from tests.sandbox.seeds import award_catalogue as cat
from tests.sandbox.server import Sandbox

PICTURE, FORM = png(1, 2, 3), pdf(["{FullName}"])
JPEG, GIF, SVG = b"\xff\xd8\xff\xe0 a jpeg", b"GIF89a a gif", b"<svg xmlns='http://www.w3.org/2000/svg'/>"


def downloaded(caller_as: GatewayFor, file: FileRead) -> tuple[str, str, bytes]:
    with caller_as(MAYA).download(file) as download:
        return download.filename, download.content_type, b"".join(download)


def test_icons_and_templates_come_as_they_are_kept(caller_as: GatewayFor, sandbox: Sandbox) -> None:
    book = sandbox.world.awards
    star, form = book.icons["Badge_Star.png"].content, book.templates[USED_FORM].content

    assert downloaded(caller_as, IconService().icon("Badge_Star.png")) == ("Badge_Star.png", "image/png", star)
    assert downloaded(caller_as, CertificateTemplateService().template(USED_FORM)) == (
        USED_FORM,
        "application/pdf",
        form,
    )


def test_a_drawing_keeps_its_type_for_the_portal_to_judge(caller_as: GatewayFor) -> None:
    _, content_type, content = downloaded(caller_as, IconService().icon("Badge_Letter_N.svg"))

    assert (content_type, content[:4]) == ("image/svg+xml", b"<svg")


def test_a_certificate_comes_as_a_pdf(caller_as: GatewayFor) -> None:
    name, content_type, content = downloaded(caller_as, CertificateFileService().pdf(WARDEN_OF_JUN))

    assert (name, content_type) == ("Fire Warden Certificate.pdf", "application/pdf")
    assert content.startswith(b"%PDF-")
    assert b"Jun Mori" in content


def test_a_file_is_read_piece_by_piece(caller_as: GatewayFor, sandbox: Sandbox) -> None:
    icons = sandbox.world.awards.icons
    icons["Badge_Star.png"] = replace(icons["Badge_Star.png"], content=PICTURE + b"\0" * 1_000_000)
    with caller_as(MAYA).download(IconService().icon("Badge_Star.png")) as download:
        pieces = [len(piece) for piece in download]

    assert sum(pieces) == download.size == len(PICTURE) + 1_000_000
    assert max(pieces) <= 64 * 1024


@pytest.mark.parametrize(
    "name",
    ["", " ", ".", "..", "../x.png", "a/b.png", "a\\b.png", "nul\0.png", "line\n.png", "x" * 256, 5, None],
)
@pytest.mark.parametrize(
    "wanted",
    [
        IconService().icon,
        CertificateTemplateService().template,
        IconService().delete,
        CertificateTemplateService().delete,
        CertificateService().by_id,
    ],
)
def test_a_name_that_is_none_is_never_put_into_an_address(wanted: Callable[[Any], Any], name: Any) -> None:
    with pytest.raises(InvalidArgument, match=r"“(fileName|certificateId)” is not a name"):
        wanted(name)


def test_a_name_with_everything_a_name_may_have_reaches_its_file(caller_as: GatewayFor) -> None:
    odd = "Über & !so=1 #2;a,b +100%41 “x” 🦊.png"
    caller = caller_as(ADRIAN)
    caller.write(IconService().add(library_file_of(odd, PICTURE)))

    with caller.download(IconService().icon(odd)) as download:
        assert b"".join(download) == PICTURE
    caller.write(IconService().delete(odd))
    assert odd not in [file.name for file in caller.read(IconService().icons())]


@pytest.mark.parametrize("image", [PICTURE, JPEG, GIF], ids=["png", "jpeg", "gif"])
def test_new_content_is_taken_first_then_the_library_then_a_path(
    image: bytes, caller_as: GatewayFor, sandbox: Sandbox
) -> None:
    extension = {PICTURE: "png", JPEG: "jpg", GIF: "gif"}[image]
    new = file_of(f"new.{extension}", image)
    whole = InputFileInfo(
        name=new.name,
        content=new.content,
        library_file_name="Badge_Leaf.png",
        file_path=sandbox.world.awards.icons["Badge_Star.png"].path,
    )
    without_content = InputFileInfo(library_file_name=whole.library_file_name, file_path=whole.file_path)
    sent = [whole, without_content, InputFileInfo(file_path=whole.file_path)]
    caller = caller_as(ADRIAN)
    made = [caller.write(AwardService().create(award(image=each))) for each in sent]

    names = [each.image_data.name for each in made if each and each.image_data]
    assert names == [new.name, "Badge_Leaf.png", "Badge_Star.png"]


def test_the_path_an_award_shows_can_be_sent_back_with_it(caller_as: GatewayFor) -> None:
    caller = caller_as(ADRIAN)
    shown = caller.read(AwardService().award(cat.KINDNESS)).image_data
    assert shown is not None
    same = change(image=InputFileInfo(file_path=shown.path))

    changed = caller.write(AwardService().update(cat.KINDNESS, same, award_type=BADGE))
    assert changed is not None
    assert changed.image_data == shown


@pytest.mark.parametrize(
    "file",
    [
        InputFileInfo(),
        InputFileInfo(name="moon.png"),
        InputFileInfo(content=base64.b64encode(PICTURE).decode()),
        InputFileInfo(name="moon.png", library_file_name="Badge_Star.png"),
        InputFileInfo(name="moon.png", content=""),
        InputFileInfo(name="moon.png", content="no base64"),
        InputFileInfo(name="moon.png", content="iVBORw0KGgo=\n"),
        InputFileInfo(name="moon.png", content="ünicode="),
        file_of("moon.png", b""),
        file_of("moon.png", JPEG),
        file_of("moon", PICTURE),
        file_of("moon.png.exe", PICTURE),
        file_of("moon.svg", SVG),
        file_of("moon.png", b"<html>"),
        file_of("..", PICTURE),
        file_of("../moon.png", PICTURE),
        file_of("a/moon.png", PICTURE),
        file_of("a\\moon.png", PICTURE),
        file_of("nul\0.png", PICTURE),
        file_of("\u202egnp.moon.png", PICTURE),
        file_of("x" * 252 + ".png", PICTURE),
        InputFileInfo(library_file_name=" "),
        InputFileInfo(library_file_name="a/b.png"),
        InputFileInfo(file_path=""),
        InputFileInfo(file_path="/" * 2049),
    ],
)
def test_a_picture_that_is_none_is_refused_by_name(file: InputFileInfo) -> None:
    with pytest.raises(InvalidArgument, match="“Image"):
        validate_picture(file, "Image")


@pytest.mark.parametrize(
    "file", [file_of("form.pdf", PICTURE), file_of("form.png", PICTURE), file_of("form.docx", FORM), file_of("a", FORM)]
)
def test_a_template_is_a_pdf_with_a_name_that_says_so(file: InputFileInfo) -> None:
    with pytest.raises(InvalidArgument, match="“Certificate” must be a PDF file"):
        validate_template(file, "Certificate")


@pytest.mark.parametrize(
    "file",
    [
        file_of("x" * 251 + ".png", PICTURE),
        file_of("MOON.JPEG", JPEG),
        file_of("a.gif", GIF),
        InputFileInfo(library_file_name="Badge_Letter_N.svg"),
        InputFileInfo(file_path="http://brightspace.example/d2l/awards/v1/6609/libraryImages?filePath=a.png"),
    ],
    ids=lambda file: str(file.name or file.library_file_name or file.file_path)[-20:],
)
def test_a_picture_at_the_limits_is_sent_as_it_is(file: InputFileInfo) -> None:
    assert validate_picture(file, "Image") is file


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (validate_icon_file, library_file_of("moon.gif", GIF), library_file_of("moon.pdf", FORM)),
        (validate_template_file, library_file_of("form.PDF", FORM), library_file_of("form.pdf", GIF)),
    ],
)
def test_the_libraries_take_files_of_their_kind_only(
    check: Callable[[LibraryInputFileInfo], Any], good: LibraryInputFileInfo, bad: LibraryInputFileInfo
) -> None:
    assert check(good) is good
    for file in (bad, LibraryInputFileInfo(name="", content=good.content), library_file_of("a/b.gif", GIF)):
        with pytest.raises(InvalidArgument, match=r"“(Icon|Template)"):
            check(file)


@pytest.mark.parametrize(
    ("check", "name", "start", "most"),
    [
        (validate_icon_file, "moon.png", PICTURE, MAX_PICTURE_BYTES),
        (validate_template_file, "form.pdf", FORM, MAX_TEMPLATE_BYTES),
    ],
)
def test_a_file_has_a_largest_size(
    check: Callable[[LibraryInputFileInfo], Any], name: str, start: bytes, most: int
) -> None:
    full = start + b"\0" * (most - len(start))

    assert check(library_file_of(name, full))
    with pytest.raises(InvalidArgument, match=f"larger than {most // 1024**2} MB"):
        check(library_file_of(name, full + b"\0\0\0"))
