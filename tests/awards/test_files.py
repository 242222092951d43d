"""Files of awards: those that are downloaded, and those that are checked and sent."""

import base64
from collections.abc import Callable, Collection
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
from portal.brightspace import FileRead, InvalidArgument
from portal.filekinds import PDF, PICTURES, FileKind
from tests.awards.blocks import BADGE, FORM, PICTURE, award_update, new_award
from tests.awards.seeded import USED_TEMPLATE, WARDEN_OF_JUN
from tests.conftest import ADRIAN, MAYA, GatewayFor
from tests.sandbox.seeds import award_catalogue as catalogue
from tests.sandbox.server import Sandbox

JPEG, GIF, SVG = b"\xff\xd8\xff\xe0 a jpeg", b"GIF89a a gif", b"<svg xmlns='http://www.w3.org/2000/svg'/>"


def downloaded(gateway_for: GatewayFor, file: FileRead) -> tuple[str, str, bytes]:
    with gateway_for(MAYA).download(file) as download:
        return download.filename, download.content_type, b"".join(download)


def test_icons_and_templates_are_downloaded_unchanged(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    awards = sandbox.world.awards
    star = downloaded(gateway_for, IconService().icon("Badge_Star.png"))
    template = downloaded(gateway_for, CertificateTemplateService().template(USED_TEMPLATE))

    assert star == ("Badge_Star.png", "image/png", awards.icons["Badge_Star.png"].content)
    assert template == (USED_TEMPLATE, "application/pdf", awards.templates[USED_TEMPLATE].content)


def test_an_svg_icon_is_downloaded_with_its_own_type(gateway_for: GatewayFor) -> None:
    _, content_type, content = downloaded(gateway_for, IconService().icon("Badge_Letter_N.svg"))

    assert (content_type, content[:4]) == ("image/svg+xml", b"<svg")


def test_a_certificate_is_downloaded_as_a_pdf(gateway_for: GatewayFor) -> None:
    name, content_type, content = downloaded(gateway_for, CertificateFileService().pdf(WARDEN_OF_JUN))

    assert (name, content_type) == ("Fire Warden Certificate.pdf", "application/pdf")
    assert content.startswith(b"%PDF-")
    assert b"Jun Mori" in content


def test_a_file_is_downloaded_in_pieces(gateway_for: GatewayFor, sandbox: Sandbox) -> None:
    icons = sandbox.world.awards.icons
    icons["Badge_Star.png"] = replace(icons["Badge_Star.png"], content=PICTURE + b"\0" * 1_000_000)
    with gateway_for(MAYA).download(IconService().icon("Badge_Star.png")) as download:
        pieces = [len(piece) for piece in download]

    assert sum(pieces) == download.size == len(PICTURE) + 1_000_000
    assert max(pieces) <= 64 * 1024


@pytest.mark.parametrize(
    "name",
    ["", " ", ".", "..", "../x.png", "a/b.png", "a\\b.png", "nul\0.png", "line\n.png", "x" * 256, 5, None],
)
@pytest.mark.parametrize(
    "action",
    [
        IconService().icon,
        CertificateTemplateService().template,
        IconService().delete,
        CertificateTemplateService().delete,
        CertificateService().by_id,
    ],
)
def test_a_wrong_name_is_never_put_into_a_path(action: Callable[[Any], Any], name: Any) -> None:
    with pytest.raises(InvalidArgument, match=r"“(fileName|certificateId)” is not a name"):
        action(name)


def test_a_file_is_found_by_a_name_with_special_characters(gateway_for: GatewayFor) -> None:
    name = "Über & !so=1 #2;a,b +100%41 “x” 🦊.png"
    brightspace = gateway_for(ADRIAN)
    brightspace.write(IconService().add(library_file_of(name, PICTURE)))

    with brightspace.download(IconService().icon(name)) as download:
        assert b"".join(download) == PICTURE
    brightspace.write(IconService().delete(name))
    assert name not in [file.name for file in brightspace.read(IconService().icons())]


@pytest.mark.parametrize("content", [PICTURE, JPEG, GIF], ids=["png", "jpeg", "gif"])
def test_brightspace_takes_new_content_first_then_a_file_of_the_library_then_a_path(
    content: bytes, gateway_for: GatewayFor, sandbox: Sandbox
) -> None:
    extension = {PICTURE: "png", JPEG: "jpg", GIF: "gif"}[content]
    new = file_of(f"new.{extension}", content)
    complete = InputFileInfo(
        name=new.name,
        content=new.content,
        library_file_name="Badge_Leaf.png",
        file_path=sandbox.world.awards.icons["Badge_Star.png"].path,
    )
    without_content = InputFileInfo(library_file_name=complete.library_file_name, file_path=complete.file_path)
    images = [complete, without_content, InputFileInfo(file_path=complete.file_path)]
    brightspace = gateway_for(ADRIAN)
    created = [brightspace.write(AwardService().create(new_award(image=image))) for image in images]

    names = [award.image_data.name for award in created if award and award.image_data]
    assert names == [new.name, "Badge_Leaf.png", "Badge_Star.png"]


def test_the_path_of_an_image_can_be_sent_back(gateway_for: GatewayFor) -> None:
    brightspace = gateway_for(ADRIAN)
    image = brightspace.read(AwardService().award(catalogue.KINDNESS)).image_data
    assert image is not None
    unchanged = award_update(image=InputFileInfo(file_path=image.path))

    changed = brightspace.write(AwardService().update(catalogue.KINDNESS, unchanged, award_type=BADGE))
    assert changed is not None
    assert changed.image_data == image


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
def test_a_file_that_is_no_picture_is_named_by_its_field(file: InputFileInfo) -> None:
    with pytest.raises(InvalidArgument, match="“Image"):
        validate_picture(file, "Image")


@pytest.mark.parametrize(
    "file", [file_of("form.pdf", PICTURE), file_of("form.png", PICTURE), file_of("form.docx", FORM), file_of("a", FORM)]
)
def test_a_template_is_a_pdf_whose_name_ends_accordingly(file: InputFileInfo) -> None:
    with pytest.raises(InvalidArgument, match="“Certificate” must be a PDF file"):
        validate_template(file, "Certificate")


@pytest.mark.parametrize(("validate", "kinds"), [(validate_picture, PICTURES), (validate_template, [PDF])])
def test_the_message_about_a_file_of_another_kind_names_all_kinds_that_are_accepted(
    validate: Callable[[InputFileInfo, str], Any], kinds: Collection[FileKind]
) -> None:
    with pytest.raises(InvalidArgument) as excinfo:
        validate(file_of("moon.svg", SVG), "Image")

    assert f"a {' or '.join(str(kind.name) for kind in kinds)} file" in excinfo.value.message


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
def test_a_picture_at_the_limits_is_sent_unchanged(file: InputFileInfo) -> None:
    assert validate_picture(file, "Image") is file


@pytest.mark.parametrize(
    ("validate", "good", "bad"),
    [
        (validate_icon_file, library_file_of("moon.gif", GIF), library_file_of("moon.pdf", FORM)),
        (validate_template_file, library_file_of("form.PDF", FORM), library_file_of("form.pdf", GIF)),
    ],
)
def test_a_library_takes_files_of_its_kind_only(
    validate: Callable[[LibraryInputFileInfo], Any], good: LibraryInputFileInfo, bad: LibraryInputFileInfo
) -> None:
    assert validate(good) is good
    for file in (bad, LibraryInputFileInfo(name="", content=good.content), library_file_of("a/b.gif", GIF)):
        with pytest.raises(InvalidArgument, match=r"“(Icon|Template)"):
            validate(file)


@pytest.mark.parametrize(
    ("validate", "name", "start", "max_bytes"),
    [
        (validate_icon_file, "moon.png", PICTURE, MAX_PICTURE_BYTES),
        (validate_template_file, "form.pdf", FORM, MAX_TEMPLATE_BYTES),
    ],
)
def test_a_file_larger_than_the_limit_is_named_as_too_large(
    validate: Callable[[LibraryInputFileInfo], Any], name: str, start: bytes, max_bytes: int
) -> None:
    full = start + b"\0" * (max_bytes - len(start))

    assert validate(library_file_of(name, full))
    with pytest.raises(InvalidArgument, match=f"larger than {max_bytes // 1024**2} MB"):
        validate(library_file_of(name, full + b"\0\0\0"))
