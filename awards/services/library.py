"""The library of icons and that of certificate templates."""

from awards.files import validate_icon_file, validate_template_file
from awards.schemas import FileData, LibraryInputFileInfo
from awards.services.filters import MAX_PAGE_SIZE, filters, paging
from portal.brightspace import FileRead, Read, Route, Write, action

ICONS = Route("bas", "/library/icons/", since="1.2")
ICON = Route("bas", "/library/icons/(fileName)", since="1.2")
TEMPLATES = Route("bas", "/library/templates/", since="1.2")
TEMPLATE = Route("bas", "/library/templates/(fileName)", since="1.2")


@action("GET", ICONS)
def icons(*, search: str | None = None, limit: int = MAX_PAGE_SIZE, offset: int = 0) -> Read[list[FileData]]:
    """``GET bas/library/icons/``: the icons by file name.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, Refused (filters).
    """
    return Read(ICONS, list[FileData], query=filters(None, search, **paging(limit, offset)))


@action("GET", ICON)
def icon(file_name: str) -> FileRead:
    """``GET bas/library/icons/(fileName)``: the picture.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound.
    """
    return FileRead(ICON, ids=(("fileName", file_name),))


@action("POST", ICONS)
def add_icon(new: LibraryInputFileInfo) -> Write[FileData]:
    """``POST bas/library/icons/``: a PNG, JPEG or GIF.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, Conflict (the name is taken), Refused.
    """
    return Write("POST", ICONS, FileData, body=validate_icon_file(new))


@action("DELETE", ICON)
def delete_icon(file_name: str) -> Write[None]:
    """``DELETE bas/library/icons/(fileName)``: take an icon away.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound, Refused (cannot be deleted).
    """
    return Write("DELETE", ICON, ids=(("fileName", file_name),))


@action("GET", TEMPLATES)
def templates(*, search: str | None = None, limit: int = MAX_PAGE_SIZE, offset: int = 0) -> Read[list[FileData]]:
    """``GET bas/library/templates/``: the certificate templates by file name.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, Refused (filters).
    """
    return Read(TEMPLATES, list[FileData], query=filters(None, search, **paging(limit, offset)))


@action("GET", TEMPLATE)
def template(file_name: str) -> FileRead:
    """``GET bas/library/templates/(fileName)``: the PDF form.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound.
    """
    return FileRead(TEMPLATE, ids=(("fileName", file_name),))


@action("POST", TEMPLATES)
def add_template(new: LibraryInputFileInfo) -> Write[FileData]:
    """``POST bas/library/templates/``: a PDF form.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, Conflict (the name is taken), Refused.
    """
    return Write("POST", TEMPLATES, FileData, body=validate_template_file(new))


@action("DELETE", TEMPLATE)
def delete_template(file_name: str) -> Write[None]:
    """``DELETE bas/library/templates/(fileName)``: take a template away.

    Scope ``core:*:*``, BAS 1.2. Raises NotPermitted, NotFound, Refused (cannot be deleted).
    """
    return Write("DELETE", TEMPLATE, ids=(("fileName", file_name),))
