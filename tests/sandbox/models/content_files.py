"""The files of a course: their paths, names and content types."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from pathlib import PurePosixPath

CONTENT_TYPES = {
    ".css": "text/css",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gif": "image/gif",
    ".htm": "text/html",
    ".html": "text/html",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".srt": "application/x-subrip",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".webm": "video/webm",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
UNKNOWN_CONTENT_TYPE = "application/octet-stream"
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\]")


@dataclass(frozen=True, slots=True)
class ContentFile:
    """One file of a course; ``path`` starts with ``/content/enforced/``."""

    path: str
    content: bytes
    content_type: str

    @property
    def name(self) -> str:
        """The last part of the path."""
        return file_name(self.path)

    @property
    def is_media(self) -> bool:
        """Whether it is audio or video, which may have captions."""
        return self.content_type.startswith(("audio/", "video/"))


def course_path(org_unit_id: int, code: str) -> str:
    """The folder of a course, e.g. ``/content/enforced/8083-EXT-101/``."""
    return f"/content/enforced/{org_unit_id}-{re.sub('[^A-Za-z0-9_.-]', '', code)}/"


def is_inside(path: str, folder: str) -> bool:
    """Whether ``path`` names a file in ``folder`` or below it, without ``.`` and ``..``."""
    rest = path.removeprefix(folder)
    is_below = rest != path and bool(rest) and not _FORBIDDEN.search(rest)
    return is_below and all(part not in ("", ".", "..") for part in rest.split("/"))


def is_file_name(name: str) -> bool:
    """Whether ``name`` is a file name without a folder."""
    return "/" not in name and is_inside(f"/{name}", "/")


def file_name(path: str) -> str:
    """The last part of a path."""
    return path.rpartition("/")[2]


def folder_of(path: str) -> str:
    """The folder of a file, with a slash at its end."""
    return path.rpartition("/")[0] + "/"


def stem_of(path: str) -> str:
    """The file name of a path without its extension."""
    return PurePosixPath(file_name(path)).stem


def type_of(path: str, claimed: str = "") -> str:
    """The content type: by extension, else as the sender claimed, else UNKNOWN_CONTENT_TYPE."""
    plain = claimed.partition(";")[0].strip().lower()
    return CONTENT_TYPES.get(PurePosixPath(path).suffix.lower()) or plain or UNKNOWN_CONTENT_TYPE


def free_path(path: str, taken: Container[str]) -> str:
    """``path``, with a number before its extension when it is taken: ``name (1).pdf``."""
    extension = PurePosixPath(path).suffix
    number, free = 1, path
    while free in taken:
        free = f"{path.removesuffix(extension)} ({number}){extension}"
        number += 1
    return free
