"""Files between Brightspace and the browser: downloads are passed on as a stream, uploads are validated by content."""

import logging
from collections.abc import Collection, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.http import StreamingHttpResponse
from django.utils.functional import lazy
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_noop as _

from portal.brightspace import FileUpload, InvalidArgument
from portal.brightspace.errors import BrightspaceError
from portal.brightspace.http.downloads import Download, safe_filename
from portal.filekinds import ALL_KINDS, FileKind, kind_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

log = logging.getLogger(__name__)
FILE = gettext_lazy("File")
UNKNOWN_MEDIA_TYPE = "application/octet-stream"
# Media types that no browser runs or shows as a page of this site.
SAFE_MEDIA_TYPES = frozenset(kind.content_type for kind in ALL_KINDS) | {
    "audio/mpeg",
    "audio/mp4",
    "video/webm",
    "application/zip",
}


def streamed(download: Download) -> StreamingHttpResponse:
    """A response that passes the file on as an attachment, chunk by chunk, until the download's deadline.

    A download that breaks off breaks the response off too, so that the browser does not take a part for the whole.
    """
    content_type = download.content_type if download.content_type in SAFE_MEDIA_TYPES else UNKNOWN_MEDIA_TYPE
    response = StreamingHttpResponse(_Chunks(download), content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=download.filename)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    if download.size is not None:
        response["Content-Length"] = str(download.size)
    return response


def validate_upload(
    uploaded: "UploadedFile[bytes]",
    kinds: Collection[FileKind],
    most_bytes: int,
    name: "StrOrPromise" = FILE,
) -> FileUpload:
    """The uploaded file, ready to be sent: its content is of one of ``kinds`` and has at most ``most_bytes`` bytes.

    Media type and extension are those of its kind, whatever the browser said. Raises InvalidArgument, which names the
    field as ``name``.
    """
    if (uploaded.size or 0) > most_bytes:
        raise InvalidArgument(
            _("“%(field)s” is larger than %(size)s, which is the most that can be sent."),
            field=name,
            size=_lazy_size(most_bytes),
        )
    content = uploaded.read()
    if not content:
        raise InvalidArgument(_("“%(field)s” is an empty file."), field=name)
    kind = kind_of(content, kinds)
    if kind is None:
        raise InvalidArgument(
            _("“%(field)s” is none of the kinds of file that can be sent: %(kinds)s."),
            field=name,
            kinds=_lazy_names(kinds),
        )
    return FileUpload(_with_extension(safe_filename(uploaded.name or ""), kind), kind.content_type, content)


def _with_extension(name: str, kind: FileKind) -> str:
    """The file name with an extension of its kind: Brightspace serves a file as what its extension says."""
    return name if PurePath(name).suffix.lower() in kind.extensions else f"{name}{kind.extensions[0]}"


def _size(size_bytes: int) -> str:
    if size_bytes >= 1024**2:
        return gettext("%(number)d MB") % {"number": size_bytes // 1024**2}
    return gettext("%(number)d KB") % {"number": size_bytes // 1024}


def _names(kinds: Collection[FileKind]) -> str:
    return ", ".join(str(kind.name) for kind in kinds)


# Made into text when the error is shown, in the language that is active then.
_lazy_size, _lazy_names = lazy(_size, str), lazy(_names, str)


class _Chunks:
    """The chunks of a download; Django closes it when the response has been sent or the browser is gone."""

    def __init__(self, download: Download) -> None:
        self._download = download

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._download
        except BrightspaceError as error:
            log.warning("A download from Brightspace broke off: %s", type(error).__name__)
            raise

    def close(self) -> None:
        self._download.close()
