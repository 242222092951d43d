"""Files of awards and of the libraries."""

from portal.brightspace import Block


class FileData(Block, frozen=True, kw_only=True):
    """``Awards.FileData``: a file of an award or of the library; ``path`` serves as an image's source."""

    name: str | None = None
    path: str | None = None


class InputFileInfo(Block, frozen=True, kw_only=True):
    """``Awards.InputFileInfo``: a file for an award: new (base64), from the library, or one already there.

    Brightspace takes ``content`` first, then ``library_file_name``, then ``file_path``.
    """

    library_file_name: str | None = None
    file_path: str | None = None
    name: str | None = None
    content: str | None = None


class LibraryInputFileInfo(Block, frozen=True, kw_only=True):
    """``Awards.LibraryInputFileInfo``: a new file for the library, base64."""

    name: str
    content: str
