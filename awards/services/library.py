"""The library of icons and certificate templates. No scope of its own (``core:*:*``), BAS 1.2.

May raise NotPermitted, NotFound (no such file), Refused, and Conflict if the name is taken.
"""

from awards.checks import check_library_file
from awards.schemas import FileData, LibraryInputFileInfo
from awards.services.filters import LARGEST_PAGE, filters, paging
from portal.brightspace.actions import action
from portal.brightspace.reads import Read
from portal.brightspace.routes import Route
from portal.brightspace.writes import FileRead, Write

ICONS = Route("bas", "/library/icons/", since="1.2")
ICON = Route("bas", "/library/icons/(fileName)", since="1.2")
TEMPLATES = Route("bas", "/library/templates/", since="1.2")
TEMPLATE = Route("bas", "/library/templates/(fileName)", since="1.2")


@action("GET", ICONS)
def icons(*, search: str | None = None, limit: int = LARGEST_PAGE, offset: int = 0) -> Read[list[FileData]]:
    """``GET bas/library/icons/``: the icons by file name."""
    return Read(ICONS, list[FileData], query=filters(None, search, **paging(limit, offset)))


@action("GET", ICON)
def icon(file_name: str) -> FileRead:
    """``GET bas/library/icons/(fileName)``: the picture."""
    return FileRead(ICON, ids=(("fileName", file_name),))


@action("POST", ICONS)
def add_icon(new: LibraryInputFileInfo) -> Write[FileData]:
    """``POST bas/library/icons/``."""
    check_library_file(new)
    return Write("POST", ICONS, FileData, body=new)


@action("DELETE", ICON)
def delete_icon(file_name: str) -> Write[None]:
    """``DELETE bas/library/icons/(fileName)``. Raises Refused if Brightspace cannot delete it."""
    return Write("DELETE", ICON, ids=(("fileName", file_name),))


@action("GET", TEMPLATES)
def templates(*, search: str | None = None, limit: int = LARGEST_PAGE, offset: int = 0) -> Read[list[FileData]]:
    """``GET bas/library/templates/``: the certificate templates by file name."""
    return Read(TEMPLATES, list[FileData], query=filters(None, search, **paging(limit, offset)))


@action("GET", TEMPLATE)
def template(file_name: str) -> FileRead:
    """``GET bas/library/templates/(fileName)``: the PDF form."""
    return FileRead(TEMPLATE, ids=(("fileName", file_name),))


@action("POST", TEMPLATES)
def add_template(new: LibraryInputFileInfo) -> Write[FileData]:
    """``POST bas/library/templates/``."""
    check_library_file(new)
    return Write("POST", TEMPLATES, FileData, body=new)


@action("DELETE", TEMPLATE)
def delete_template(file_name: str) -> Write[None]:
    """``DELETE bas/library/templates/(fileName)``. Raises Refused if Brightspace cannot delete it."""
    return Write("DELETE", TEMPLATE, ids=(("fileName", file_name),))
