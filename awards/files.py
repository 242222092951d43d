"""Files that are sent with awards or into the libraries, checked before anything is sent.

They are sent as base64 in JSON. Brightspace serves a file as what the extension of its name says, so the content must
be of that kind. InvalidArgument names the field.
"""

import base64
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from awards.schemas.files import InputFileInfo, LibraryInputFileInfo
from portal.brightspace import InvalidArgument
from portal.brightspace.endpoints.validators import validate_file_name, validate_text
from portal.filekinds import PDF, PICTURES, FileKind, kind_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_PICTURE_BYTES, MAX_TEMPLATE_BYTES = 2 * 1024**2, 10 * 1024**2
MAX_PATH_LENGTH = 2048  # characters


@dataclass(frozen=True)
class _Accepted:
    """Which files are accepted."""

    kinds: tuple[FileKind, ...]
    max_bytes: int
    message: str  # for a file of another kind; names ``kinds``


_PICTURE = _Accepted(
    PICTURES,
    MAX_PICTURE_BYTES,
    _("“%(field)s” must be a PNG or JPEG or GIF file, with a file name that ends accordingly."),
)
_TEMPLATE = _Accepted(
    (PDF,), MAX_TEMPLATE_BYTES, _("“%(field)s” must be a PDF file, with a file name that ends accordingly.")
)


def file_of(name: str, content: bytes) -> InputFileInfo:
    """A new file for an award."""
    return InputFileInfo(name=name, content=base64.b64encode(content).decode())


def library_file_of(name: str, content: bytes) -> LibraryInputFileInfo:
    """A new file for one of the libraries."""
    return LibraryInputFileInfo(name=name, content=base64.b64encode(content).decode())


def validate_picture(file: InputFileInfo, field: "StrOrPromise") -> InputFileInfo:
    """The picture of an award."""
    return _validate_input_file(file, field, _PICTURE)


def validate_template(file: InputFileInfo, field: "StrOrPromise") -> InputFileInfo:
    """The PDF form that an award's certificates are printed from."""
    return _validate_input_file(file, field, _TEMPLATE)


def validate_icon_file(file: LibraryInputFileInfo) -> LibraryInputFileInfo:
    """A new picture for the library of icons."""
    _validate_new_file(file.name, file.content, gettext_lazy("Icon"), _PICTURE)
    return file


def validate_template_file(file: LibraryInputFileInfo) -> LibraryInputFileInfo:
    """A new PDF form for the library of certificate templates."""
    _validate_new_file(file.name, file.content, gettext_lazy("Template"), _TEMPLATE)
    return file


def _validate_input_file(file: InputFileInfo, field: "StrOrPromise", accepted: _Accepted) -> InputFileInfo:
    """A new file, else one of the library, else one that is there already: Brightspace looks in this order, too."""
    if file.name is not None or file.content is not None:
        _validate_new_file(file.name, file.content, field, accepted)
    elif file.library_file_name is not None:
        validate_file_name(file.library_file_name, format_lazy(gettext_lazy("{field} of the library"), field=field))
    elif file.file_path is not None:
        validate_text(
            file.file_path,
            format_lazy(gettext_lazy("{field} that is there already"), field=field),
            most=MAX_PATH_LENGTH,
        )
    else:
        raise InvalidArgument(
            _("“%(field)s” needs a file: a new one, one of the library, or one that is there already."), field=field
        )
    return file


def _validate_new_file(name: object, content: object, field: "StrOrPromise", accepted: _Accepted) -> None:
    file_name = validate_file_name(name, format_lazy(gettext_lazy("{field}: file name"), field=field))
    kind = kind_of(_validate_content(content, field, accepted.max_bytes), accepted.kinds)
    if kind is None or PurePath(file_name).suffix.lower() not in kind.extensions:
        raise InvalidArgument(accepted.message, field=field)


def _validate_content(content: object, field: "StrOrPromise", max_bytes: int) -> bytes:
    """The decoded content; the size is checked before it is decoded."""
    if isinstance(content, str) and len(content) > _encoded_length(max_bytes):
        raise InvalidArgument(
            _("“%(field)s” is larger than %(megabytes)s MB, the most that can be sent."),
            field=field,
            megabytes=max_bytes // 1024**2,
        )
    content_field = format_lazy(gettext_lazy("{field}: content"), field=field)
    encoded = validate_text(content, content_field)
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError:
        raise InvalidArgument(_("“%(field)s” must be base64."), field=content_field) from None


def _encoded_length(byte_count: int) -> int:
    """How many characters so many bytes are in base64."""
    return (byte_count + 2) // 3 * 4
