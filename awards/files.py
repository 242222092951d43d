"""Files that are sent with awards or into the libraries, checked before anything is sent.

They travel as base64 in JSON. The content decides what a file is: Brightspace serves it by the extension of its name, so
name and content must agree. InvalidArgument names the field.
"""

import base64
from dataclasses import dataclass
from pathlib import PurePath

from awards.schemas import InputFileInfo, LibraryInputFileInfo
from portal.brightspace import InvalidArgument
from portal.brightspace.endpoints.validators import validate_file_name, validate_text
from portal.filekinds import PDF, PICTURES, FileKind, kind_of

MAX_PICTURE_BYTES, MAX_TEMPLATE_BYTES = 2 * 1024**2, 10 * 1024**2
MAX_PATH_LENGTH = 2048  # characters


@dataclass(frozen=True)
class _Accepted:
    """Which files are accepted."""

    kinds: tuple[FileKind, ...]
    max_bytes: int


_PICTURE = _Accepted(PICTURES, MAX_PICTURE_BYTES)
_TEMPLATE = _Accepted((PDF,), MAX_TEMPLATE_BYTES)


def file_of(name: str, content: bytes) -> InputFileInfo:
    """A new file for an award."""
    return InputFileInfo(name=name, content=base64.b64encode(content).decode())


def library_file_of(name: str, content: bytes) -> LibraryInputFileInfo:
    """A new file for one of the libraries."""
    return LibraryInputFileInfo(name=name, content=base64.b64encode(content).decode())


def validate_picture(file: InputFileInfo, field: str) -> InputFileInfo:
    """The picture of an award."""
    return _validate_input_file(file, field, _PICTURE)


def validate_template(file: InputFileInfo, field: str) -> InputFileInfo:
    """The PDF form that an award's certificates are printed from."""
    return _validate_input_file(file, field, _TEMPLATE)


def validate_icon_file(file: LibraryInputFileInfo) -> LibraryInputFileInfo:
    """A new picture for the library of icons."""
    _validate_new_file(file.name, file.content, "Icon", _PICTURE)
    return file


def validate_template_file(file: LibraryInputFileInfo) -> LibraryInputFileInfo:
    """A new PDF form for the library of certificate templates."""
    _validate_new_file(file.name, file.content, "Template", _TEMPLATE)
    return file


def _validate_input_file(file: InputFileInfo, field: str, accepted: _Accepted) -> InputFileInfo:
    """A new file, else one of the library, else one that is there already: the order in which Brightspace looks, too."""
    if file.name is not None or file.content is not None:
        _validate_new_file(file.name, file.content, field, accepted)
    elif file.library_file_name is not None:
        validate_file_name(file.library_file_name, f"{field} of the library")
    elif file.file_path is not None:
        validate_text(file.file_path, f"{field} that is there already", most=MAX_PATH_LENGTH)
    else:
        raise InvalidArgument(f"“{field}” needs a file: a new one, one of the library, or one that is there already.")
    return file


def _validate_new_file(name: object, content: object, field: str, accepted: _Accepted) -> None:
    file_name = validate_file_name(name, f"{field}: file name")
    kind = kind_of(_validate_content(content, field, accepted.max_bytes), accepted.kinds)
    if kind is None or PurePath(file_name).suffix.lower() not in kind.extensions:
        names = " or ".join(kind.name for kind in accepted.kinds)
        raise InvalidArgument(f"“{field}” must be a {names} file, with a file name that ends accordingly.")


def _validate_content(content: object, field: str, max_bytes: int) -> bytes:
    """The decoded content; the size is checked before it is decoded."""
    if isinstance(content, str) and len(content) > _encoded_length(max_bytes):
        raise InvalidArgument(f"“{field}” is larger than {max_bytes // 1024**2} MB, the most that can be sent.")
    encoded = validate_text(content, f"{field}: content")
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError:
        raise InvalidArgument(f"“{field}: content” must be base64.") from None


def _encoded_length(byte_count: int) -> int:
    """How many characters so many bytes are in base64."""
    return (byte_count + 2) // 3 * 4
