"""Files that are sent with awards or into the libraries: base64 in JSON, looked into before anything is sent."""

import base64
from collections.abc import Collection
from pathlib import PurePath

from awards.schemas import InputFileInfo, LibraryInputFileInfo
from portal.brightspace import InvalidArgument
from portal.brightspace.endpoints.validators import validate_file_name, validate_text
from portal.filekinds import PDF, PICTURES, FileKind, kind_of

MAX_PICTURE_BYTES, MAX_TEMPLATE_BYTES = 2 * 1024**2, 10 * 1024**2
MAX_PATH_LENGTH = 2048


def file_of(name: str, content: bytes) -> InputFileInfo:
    """A new file for an award."""
    return InputFileInfo(name=name, content=base64.b64encode(content).decode())


def library_file_of(name: str, content: bytes) -> LibraryInputFileInfo:
    """A new file for one of the libraries."""
    return LibraryInputFileInfo(name=name, content=base64.b64encode(content).decode())


def validate_picture(file: InputFileInfo, field: str) -> InputFileInfo:
    """An award's picture. InvalidArgument names the ``field``."""
    return _validate(file, field, PICTURES, MAX_PICTURE_BYTES)


def validate_template(file: InputFileInfo, field: str) -> InputFileInfo:
    """The PDF form that a certificate is printed from. InvalidArgument names the ``field``."""
    return _validate(file, field, (PDF,), MAX_TEMPLATE_BYTES)


def validate_icon_file(file: LibraryInputFileInfo) -> LibraryInputFileInfo:
    """A picture for the library of icons."""
    _validate_new(file.name, file.content, "Icon", PICTURES, MAX_PICTURE_BYTES)
    return file


def validate_template_file(file: LibraryInputFileInfo) -> LibraryInputFileInfo:
    """A PDF form for the library of certificate templates."""
    _validate_new(file.name, file.content, "Template", (PDF,), MAX_TEMPLATE_BYTES)
    return file


def _validate(file: InputFileInfo, field: str, kinds: Collection[FileKind], most_bytes: int) -> InputFileInfo:
    """New (name and content), else of the library, else there already: the order Brightspace looks in, too."""
    if file.name is not None or file.content is not None:
        _validate_new(file.name, file.content, field, kinds, most_bytes)
    elif file.library_file_name is not None:
        validate_file_name(file.library_file_name, f"{field} of the library")
    elif file.file_path is not None:
        validate_text(file.file_path, f"{field} that is there already", most=MAX_PATH_LENGTH)
    else:
        raise InvalidArgument(f"“{field}” needs a file: a new one, one of the library, or one that is there already.")
    return file


def _validate_new(name: object, content: object, field: str, kinds: Collection[FileKind], most_bytes: int) -> None:
    """Brightspace serves a file by its extension, so that one must not say something else than the content."""
    bare = validate_file_name(name, f"{field}: file name")
    kind = kind_of(_decoded(content, field, most_bytes), kinds)
    if kind is None or PurePath(bare).suffix.lower() not in kind.extensions:
        known = " or ".join(kind.name for kind in kinds)
        raise InvalidArgument(f"“{field}” must be a {known} file, with a file name that ends accordingly.")


def _decoded(content: object, field: str, most_bytes: int) -> bytes:
    most = (most_bytes + 2) // 3 * 4
    if isinstance(content, str) and len(content) > most:
        raise InvalidArgument(f"“{field}” is larger than {most_bytes // 1024**2} MB, the most that can be sent.")
    encoded = validate_text(content, f"{field}: content")
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError:
        raise InvalidArgument(f"“{field}: content” must be base64.") from None
