"""Files that come with an award or go into a library: base64 in JSON, or named from what is kept."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from tests.sandbox.answers import Refusal
from tests.sandbox.api.award_fields import optional_text, refuse
from tests.sandbox.awards_model import ICON_FOLDER, TEMPLATE_FOLDER, StoredFile, stored_path
from tests.sandbox.routing import Call

LONGEST_NAME = 255
_FORBIDDEN = set('/\\:*?"<>|')
# What a file of each kind starts with.
_PICTURES: dict[str, bytes] = {
    ".png": b"\x89PNG",
    ".jpg": b"\xff\xd8",
    ".jpeg": b"\xff\xd8",
    ".gif": b"GIF8",
    ".svg": b"<",
}
_TEMPLATES: dict[str, bytes] = {".pdf": b"%PDF-"}


class Shelf:
    """One of the two libraries: icons, or certificate templates."""

    def __init__(self, call: Call, kept: dict[str, StoredFile], kinds: Mapping[str, bytes], folder: str) -> None:
        self.kept = kept
        self._kinds = kinds
        self._organisation_id = call.world.organisation.org_unit_id
        self._folder = folder

    def find(self, name: str) -> StoredFile | None:
        """The file of this name in any case, or None."""
        return next((file for file in self.kept.values() if file.name.lower() == name.lower()), None)

    def require(self, name: str) -> StoredFile:
        """The file of this name in any case; 404 without one."""
        file = self.find(name)
        if file is None:
            raise Refusal.not_found()
        return file

    def check(self, file: StoredFile | None, field: str) -> StoredFile:
        """A file named by its path; 404 for none, 400 for one this library could not hold."""
        if file is None:
            raise Refusal.not_found()
        if _extension(file.name) not in self._kinds:
            refuse(f"{field}.FilePath ends in {', '.join(self._kinds)}.")
        return file

    def read(self, name: str, content: str, field: str = "", *, of_award: bool = False) -> StoredFile:
        """A file a client sent, not yet kept; 400 for a bad name, bad base64 or another kind.

        ``field`` stands before the names of its parts; one ``of_award`` gets a path of its own.
        """
        extension = _extension(name)
        if extension not in self._kinds or not _is_file_name(name):
            refuse(f"{field}Name is a file name that ends in {', '.join(self._kinds)}.")
        try:
            decoded = base64.b64decode(content, validate=True)
        except ValueError:
            refuse(f"{field}Content is not base64.")
        if not decoded.startswith(self._kinds[extension]):
            refuse(f"{field}Content is not a {extension} file.")
        folder = f"awardFiles/{hashlib.sha256(decoded).hexdigest()[:16]}" if of_award else self._folder
        return StoredFile(name, stored_path(self._organisation_id, folder, name), decoded)


def icons(call: Call) -> Shelf:
    """The icon library."""
    return Shelf(call, call.world.awards.icons, _PICTURES, ICON_FOLDER)


def templates(call: Call) -> Shelf:
    """The library of certificate templates."""
    return Shelf(call, call.world.awards.templates, _TEMPLATES, TEMPLATE_FOLDER)


def sent_file(call: Call, block: object, shelf: Shelf, field: str) -> StoredFile:
    """The file an InputFileInfo means: its content, else a library's file, else a path.

    400 without any of them or for another kind of file, 404 when library or path do not have it.
    """
    if not isinstance(block, dict):
        refuse(f"{field} must be provided.")
    parts = {name: optional_text(block, name) for name in ("Name", "Content", "LibraryFileName", "FilePath")}
    if parts["Name"] and parts["Content"]:
        return shelf.read(parts["Name"], parts["Content"], f"{field}.", of_award=True)
    if parts["LibraryFileName"]:
        return shelf.require(parts["LibraryFileName"])
    if not parts["FilePath"]:
        refuse(f"{field} takes a LibraryFileName, a FilePath, or both Name and Content.")
    return shelf.check(call.world.awards.stored(_below_host(parts["FilePath"])), field)


def media_type(file: StoredFile) -> str:
    """What a file is served as."""
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def _below_host(path: str) -> str:
    try:
        parts = urlsplit(path)
    except ValueError:
        raise Refusal.not_found() from None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _is_file_name(name: str) -> bool:
    return len(name) <= LONGEST_NAME and name.isprintable() and not _FORBIDDEN & set(name)


def _extension(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
