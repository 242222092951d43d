"""Modules, and what is in them."""

from content.schemas import ContentObject, ModuleData, TopicData, UserAccess
from content.services.filters import accessible_to
from content.validators import validate_addition, validate_module
from portal.brightspace import FileUpload, Read, Service, Write, delete, get, post, put


class ModuleService(Service):
    """Modules of a course, and what is in them. Every action may raise NotPermitted and NotFound.

    What changes a module may raise InvalidArgument, with the field, before anything is sent; then Refused.
    """

    product, since, source = "le", "1.67", "https://docs.valence.desire2learn.com/res/content.html"
    scope = "content:modules:readonly"

    @get("/(orgUnitId)/content/root/")
    def root_modules(self, org_unit_id: int) -> Read[list[ContentObject]]:
        """The modules at the top of a course."""
        return self.read(list[ContentObject], orgUnitId=org_unit_id)

    @get("/(orgUnitId)/content/modules/(moduleId)")
    def module(self, org_unit_id: int, module_id: int) -> Read[ContentObject]:
        """One module."""
        return self.read(ContentObject, orgUnitId=org_unit_id, moduleId=module_id)

    @get("/(orgUnitId)/content/modules/(moduleId)/structure/")
    def structure(self, org_unit_id: int, module_id: int) -> Read[list[ContentObject]]:
        """The modules and topics in a module, mixed, in the order of the course."""
        return self.read(list[ContentObject], orgUnitId=org_unit_id, moduleId=module_id)

    @get("/(orgUnitId)/content/modules/(moduleId)/access/", scope="content:access:read")
    def access(
        self, org_unit_id: int, module_id: int, *, person_id: int | None = None, role_id: int | None = None
    ) -> Read[list[UserAccess]]:
        """Who has access to a module; only this person, or only people with this role."""
        query = accessible_to(person_id, role_id)
        return self.read(list[UserAccess], query=query, orgUnitId=org_unit_id, moduleId=module_id)

    @post("/(orgUnitId)/content/root/", scope="content:modules:manage")
    def create(self, org_unit_id: int, new: ModuleData) -> Write[ContentObject]:
        """Adds a module at the end of the top of a course."""
        return self.write(ContentObject, body=validate_module(new), orgUnitId=org_unit_id)

    @post("/(orgUnitId)/content/modules/(moduleId)/structure/", scope="content:modules:manage")
    def add(
        self,
        org_unit_id: int,
        module_id: int,
        new: ModuleData | TopicData,
        file: FileUpload | None = None,
        *,
        rename_file_if_exists: bool | None = None,
    ) -> Write[ContentObject]:
        """Adds a module, a link or a file at the end of a module.

        A file topic without ``file`` uses the file that is at its address already; else NotFound. A file of the same
        name is overwritten, unless ``rename_file_if_exists``. Files are sent as they are: the parameter ``base64`` of
        the document is not needed. Raises Refused if ``module_id`` is a topic's.
        """
        body = validate_addition(new, file)
        query = () if rename_file_if_exists is None else (("renameFileIfExists", rename_file_if_exists),)
        return self.write(ContentObject, query=query, body=body, file=file, orgUnitId=org_unit_id, moduleId=module_id)

    @put("/(orgUnitId)/content/modules/(moduleId)", scope="content:modules:manage")
    def update(self, org_unit_id: int, module_id: int, changed: ModuleData) -> Write[None]:
        """Replaces everything about a module except what is in it. A date that is None is erased.

        Before LE 1.70 a due date that is None stays as it was.
        """
        return self.write(body=validate_module(changed), orgUnitId=org_unit_id, moduleId=module_id)

    @delete("/(orgUnitId)/content/modules/(moduleId)", scope="content:modules:manage")
    def delete(self, org_unit_id: int, module_id: int) -> Write[None]:
        """Deletes a module with everything in it."""
        return self.write(orgUnitId=org_unit_id, moduleId=module_id)
