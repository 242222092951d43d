"""Modules, and adding to them. LE 1.67; may raise NotPermitted and NotFound."""

from content.schemas import ContentObject, ModuleData, TopicData, UserAccess
from content.validators import is_link, validate_file, validate_module, validate_new_topic
from portal.brightspace import FileUpload, InvalidArgument, Query, Read, Route, Write, action, d2l_id

ROOT = Route("le", "/(orgUnitId)/content/root/", since="1.67")
ONE = Route("le", "/(orgUnitId)/content/modules/(moduleId)", since="1.67")
ACCESS = Route("le", "/(orgUnitId)/content/modules/(moduleId)/access/", since="1.67")
STRUCTURE = Route("le", "/(orgUnitId)/content/modules/(moduleId)/structure/", since="1.67")


@action("GET", ROOT, "content:modules:readonly")
def root_modules(org_unit_id: int) -> Read[list[ContentObject]]:
    """``GET le/(orgUnitId)/content/root/``: a course's modules at the top. Scope ``content:modules:readonly``."""
    return Read(ROOT, list[ContentObject], ids=(("orgUnitId", org_unit_id),))


@action("GET", ONE, "content:modules:readonly")
def module(org_unit_id: int, module_id: int) -> Read[ContentObject]:
    """``GET le/(orgUnitId)/content/modules/(moduleId)``. Scope ``content:modules:readonly``."""
    return Read(ONE, ContentObject, ids=_one(org_unit_id, module_id))


@action("GET", STRUCTURE, "content:modules:readonly")
def structure_of(org_unit_id: int, module_id: int) -> Read[list[ContentObject]]:
    """``GET le/(orgUnitId)/content/modules/(moduleId)/structure/``: modules and topics in it, in one order.

    Scope ``content:modules:readonly``.
    """
    return Read(STRUCTURE, list[ContentObject], ids=_one(org_unit_id, module_id))


@action("GET", ACCESS, "content:access:read")
def access_to(
    org_unit_id: int, module_id: int, *, person_id: int | None = None, role_id: int | None = None
) -> Read[list[UserAccess]]:
    """``GET le/(orgUnitId)/content/modules/(moduleId)/access/``: who can get at it; of one person, of one role.

    Scope ``content:access:read``.
    """
    return Read(ACCESS, list[UserAccess], ids=_one(org_unit_id, module_id), query=whom(person_id, role_id))


@action("POST", ROOT, "content:modules:manage")
def create(org_unit_id: int, new: ModuleData) -> Write[ContentObject]:
    """``POST le/(orgUnitId)/content/root/``: a module at the end of the top. Scope ``content:modules:manage``.

    Raises InvalidArgument, by field, before anything is sent; then Refused.
    """
    validate_module(new)
    return Write("POST", ROOT, ContentObject, ids=(("orgUnitId", org_unit_id),), body=new)


@action("POST", STRUCTURE, "content:modules:manage")
def add(
    org_unit_id: int,
    module_id: int,
    new: ModuleData | TopicData,
    file: FileUpload | None = None,
    *,
    rename_file_if_exists: bool | None = None,
) -> Write[ContentObject]:
    """``POST le/(orgUnitId)/content/modules/(moduleId)/structure/``: add a module, a link or a file.

    Scope ``content:modules:manage``. A file topic without ``file`` uses the one that is at its address
    already; a file of the same name is overwritten unless ``rename_file_if_exists``. Files go as they are,
    so ``base64`` is not needed. Raises InvalidArgument, by field, before anything is sent; then Refused
    (not a module, or bad data), NotFound (no such module, or no such file to use).
    """
    if isinstance(new, ModuleData):
        validate_module(new)
    else:
        validate_new_topic(new)
    if file is not None:
        if isinstance(new, ModuleData) or is_link(new):
            raise InvalidArgument("“File” can only go with a topic that is a file.")
        validate_file(file)
    query = () if rename_file_if_exists is None else (("renameFileIfExists", rename_file_if_exists),)
    return Write("POST", STRUCTURE, ContentObject, ids=_one(org_unit_id, module_id), query=query, body=new, file=file)


@action("PUT", ONE, "content:modules:manage")
def update(org_unit_id: int, module_id: int, changed: ModuleData) -> Write[None]:
    """``PUT le/(orgUnitId)/content/modules/(moduleId)``: all but what is in it; a date that is None is erased.

    Scope ``content:modules:manage``. Before LE 1.70 None left the due date as it was. Raises Refused.
    """
    validate_module(changed)
    return Write("PUT", ONE, ids=_one(org_unit_id, module_id), body=changed)


@action("DELETE", ONE, "content:modules:manage")
def delete(org_unit_id: int, module_id: int) -> Write[None]:
    """``DELETE le/(orgUnitId)/content/modules/(moduleId)``, with all in it. Scope ``content:modules:manage``."""
    return Write("DELETE", ONE, ids=_one(org_unit_id, module_id))


def whom(person_id: int | None, role_id: int | None) -> Query:
    """The query of a list of people with access: all of them, one, or those with a role."""
    pairs = (("userId", person_id), ("roleId", role_id))
    return tuple((name, d2l_id(value, name)) for name, value in pairs if value is not None)


def _one(org_unit_id: int, module_id: int) -> tuple[tuple[str, int], ...]:
    return (("orgUnitId", org_unit_id), ("moduleId", module_id))
