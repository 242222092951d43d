"""Files of awards and of the two libraries, sent as base64 in JSON or named by where they are stored."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import ApiError
from tests.sandbox.awards.request_fields import optional_text, refuse
from tests.sandbox.models.awards import ICON_FOLDER, TEMPLATE_FOLDER, StoredFile, stored_path

MAX_NAME_LENGTH = 255
_FORBIDDEN = set('/\\:*?"<>|')
# The first bytes of a file by its extension.
_ICON_SIGNATURES: dict[str, bytes] = {
    ".png": b"\x89PNG",
    ".jpg": b"\xff\xd8",
    ".jpeg": b"\xff\xd8",
    ".gif": b"GIF8",
    ".svg": b"<",
}
_TEMPLATE_SIGNATURES: dict[str, bytes] = {".pdf": b"%PDF-"}


class FileLibrary:
    """One of the two libraries: icons, or certificate templates. ``files`` is by name."""

    def __init__(self, call: Call, files: dict[str, StoredFile], signatures: Mapping[str, bytes], folder: str) -> None:
        self.files = files
        self._signatures = signatures
        self._organisation_id = call.world.organisation.org_unit_id
        self._folder = folder

    def find(self, name: str) -> StoredFile | None:
        """The file of this name in any case, or None."""
        return next((file for file in self.files.values() if file.name.lower() == name.lower()), None)

    def require(self, name: str) -> StoredFile:
        """The file of this name in any case; 404 when there is none."""
        file = self.find(name)
        if file is None:
            raise ApiError.not_found()
        return file

    def check(self, file: StoredFile | None, field: str) -> StoredFile:
        """A file found by its path; 404 for None, 400 for a type this library does not take."""
        if file is None:
            raise ApiError.not_found()
        if _extension(file.name) not in self._signatures:
            refuse(f"{field}.FilePath ends in {', '.join(self._signatures)}.")
        return file

    def read(self, name: str, content: str, field: str = "", *, of_award: bool = False) -> StoredFile:
        """A file that a client sent, not stored yet; 400 for a bad name, bad base64 or another type.

        ``field`` is a prefix for the names of its parts in messages. A file ``of_award`` gets a path outside the
        library.
        """
        extension = _extension(name)
        if extension not in self._signatures or not _is_file_name(name):
            refuse(f"{field}Name is a file name that ends in {', '.join(self._signatures)}.")
        try:
            decoded = base64.b64decode(content, validate=True)
        except ValueError:
            refuse(f"{field}Content is not base64.")
        if not decoded.startswith(self._signatures[extension]):
            refuse(f"{field}Content is not a {extension} file.")
        folder = f"awardFiles/{hashlib.sha256(decoded).hexdigest()[:16]}" if of_award else self._folder
        return StoredFile(name, stored_path(self._organisation_id, folder, name), decoded)


def icons(call: Call) -> FileLibrary:
    """The library of icons."""
    return FileLibrary(call, call.world.awards.icons, _ICON_SIGNATURES, ICON_FOLDER)


def templates(call: Call) -> FileLibrary:
    """The library of certificate templates."""
    return FileLibrary(call, call.world.awards.templates, _TEMPLATE_SIGNATURES, TEMPLATE_FOLDER)


def sent_file(call: Call, block: object, library: FileLibrary, field: str) -> StoredFile:
    """The file of an InputFileInfo: its content, else the library's file it names, else the file at its path.

    400 without any of them or for another type of file, 404 when the library or the path has no such file.
    """
    if not isinstance(block, dict):
        refuse(f"{field} must be provided.")
    parts = {name: optional_text(block, name) for name in ("Name", "Content", "LibraryFileName", "FilePath")}
    if parts["Name"] and parts["Content"]:
        return library.read(parts["Name"], parts["Content"], f"{field}.", of_award=True)
    if parts["LibraryFileName"]:
        return library.require(parts["LibraryFileName"])
    if not parts["FilePath"]:
        refuse(f"{field} takes a LibraryFileName, a FilePath, or both Name and Content.")
    return library.check(call.world.awards.stored(_without_host(parts["FilePath"])), field)


def media_type(file: StoredFile) -> str:
    """The content type a file is served with."""
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def _without_host(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        raise ApiError.not_found() from None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _is_file_name(name: str) -> bool:
    return len(name) <= MAX_NAME_LENGTH and name.isprintable() and not _FORBIDDEN & set(name)


def _extension(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
