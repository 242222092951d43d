"""The libraries of icons and of certificate templates."""

from awards.files import validate_icon_file, validate_template_file
from awards.filters import MAX_PAGE_SIZE, filters, paging
from awards.schemas import FileData, LibraryInputFileInfo
from portal.brightspace import FileRead, Read, Service, Write, delete, get, post


class IconService(Service):
    """The library of icons for awards. Every action may raise NotPermitted."""

    product, since, source = "bas", "1.2", "https://docs.valence.desire2learn.com/res/awards.html"

    @get("/library/icons/")
    def icons(self, *, search: str | None = None, limit: int = MAX_PAGE_SIZE, offset: int = 0) -> Read[list[FileData]]:
        """The icons, by file name. Raises Refused for a wrong filter."""
        return self.read(list[FileData], query=filters(search=search) + paging(limit, offset))

    @get("/library/icons/(fileName)")
    def icon(self, file_name: str) -> FileRead:
        """An icon as a file. Raises NotFound."""
        return self.file(fileName=file_name)

    @post("/library/icons/")
    def add(self, new: LibraryInputFileInfo) -> Write[FileData]:
        """Adds a PNG, JPEG or GIF picture. Raises Conflict (the name is taken), Refused."""
        return self.write(FileData, body=validate_icon_file(new))

    @delete("/library/icons/(fileName)")
    def delete(self, file_name: str) -> Write[None]:
        """Deletes an icon. Raises NotFound, Refused (cannot be deleted)."""
        return self.write(fileName=file_name)


class CertificateTemplateService(Service):
    """The library of certificate templates, which are PDF forms. Every action may raise NotPermitted."""

    product, since, source = "bas", "1.2", "https://docs.valence.desire2learn.com/res/awards.html"

    @get("/library/templates/")
    def templates(
        self, *, search: str | None = None, limit: int = MAX_PAGE_SIZE, offset: int = 0
    ) -> Read[list[FileData]]:
        """The templates, by file name. Raises Refused for a wrong filter."""
        return self.read(list[FileData], query=filters(search=search) + paging(limit, offset))

    @get("/library/templates/(fileName)")
    def template(self, file_name: str) -> FileRead:
        """A template as a file. Raises NotFound."""
        return self.file(fileName=file_name)

    @post("/library/templates/")
    def add(self, new: LibraryInputFileInfo) -> Write[FileData]:
        """Adds a PDF form. Raises Conflict (the name is taken), Refused."""
        return self.write(FileData, body=validate_template_file(new))

    @delete("/library/templates/(fileName)")
    def delete(self, file_name: str) -> Write[None]:
        """Deletes a template. Raises NotFound, Refused (cannot be deleted)."""
        return self.write(fileName=file_name)
