"""Files between Brightspace and the browser: on the way out never opened here, on the way in looked into first."""

import logging
from collections.abc import Collection, Iterator
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_noop as _

from portal.brightspace import FileUpload, InvalidArgument
from portal.brightspace.errors import BrightspaceError
from portal.brightspace.http.downloads import Download, safe_filename
from portal.filekinds import EVERY, FileKind, kind_of

log = logging.getLogger(__name__)
UNKNOWN_TYPE = "application/octet-stream"
# Types that no browser runs or renders as a page of this site.
SAFE_TYPES = frozenset(kind.content_type for kind in EVERY) | {
    "audio/mpeg",
    "audio/mp4",
    "video/webm",
    "application/zip",
}


def streamed(download: Download) -> StreamingHttpResponse:
    """The file as an attachment, passed on piece by piece and closed in any case; it must end by its deadline.

    A file that breaks off is cut off here too, so that the browser does not take a part for the whole.
    """
    kind = download.content_type if download.content_type in SAFE_TYPES else UNKNOWN_TYPE
    response = StreamingHttpResponse(_Pieces(download), content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=download.filename)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    if download.size is not None:
        response["Content-Length"] = str(download.size)
    return response


def validate_upload(
    uploaded: "UploadedFile[bytes]", kinds: Collection[FileKind], most_bytes: int, name: str = "File"
) -> FileUpload:
    """A file somebody chose, ready to be sent: of one of ``kinds`` by its content, at most ``most_bytes`` large.

    Its type is the kind's, and its name ends as that kind's names do, whatever was claimed. Raises
    InvalidArgument with a sentence that names the field ``name``.
    """
    if (uploaded.size or 0) > most_bytes:
        raise InvalidArgument(
            _("“%(field)s” is larger than %(size)s, which is the most that can be sent."),
            field=name,
            size=_size(most_bytes),
        )
    content = uploaded.read()
    if not content:
        raise InvalidArgument(_("“%(field)s” is an empty file."), field=name)
    kind = kind_of(content, kinds)
    if kind is None:
        known = ", ".join(kind.name for kind in kinds)
        raise InvalidArgument(
            _("“%(field)s” is none of the kinds of file that can be sent: %(known)s."), field=name, known=known
        )
    return FileUpload(_named(safe_filename(uploaded.name or ""), kind), kind.content_type, content)


def _named(name: str, kind: FileKind) -> str:
    """Brightspace serves a file by its extension, so that one must not say something else than the content."""
    return name if PurePath(name).suffix.lower() in kind.extensions else f"{name}{kind.extensions[0]}"


def _size(count: int) -> str:
    return f"{count // 1024**2} MB" if count >= 1024**2 else f"{count // 1024} KB"


class _Pieces:
    """A download's pieces; Django closes it when the answer has been sent or the browser is gone."""

    def __init__(self, download: Download) -> None:
        self._download = download

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._download
        except BrightspaceError as error:
            log.warning("A file from Brightspace broke off on its way: %s", type(error).__name__)
            raise

    def close(self) -> None:
        self._download.close()
