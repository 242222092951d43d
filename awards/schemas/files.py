"""Files of awards and of the libraries."""

from portal.brightspace import Block


class FileData(Block, frozen=True, kw_only=True):
    """``Awards.FileData``: a file of an award or of a library. A browser can show the image at ``path``."""

    name: str | None = None
    path: str | None = None


class InputFileInfo(Block, frozen=True, kw_only=True):
    """``Awards.InputFileInfo``: a file for an award: a new one, one of the library or one that is there already.

    Brightspace takes ``content`` (base64) if it is given, else ``library_file_name``, else ``file_path``.
    """

    library_file_name: str | None = None
    file_path: str | None = None
    name: str | None = None
    content: str | None = None


class LibraryInputFileInfo(Block, frozen=True, kw_only=True):
    """``Awards.LibraryInputFileInfo``: a new file for a library, its ``content`` in base64."""

    name: str
    content: str
