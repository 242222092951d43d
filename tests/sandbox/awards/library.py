"""The libraries of award icons and certificate templates."""

from __future__ import annotations

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import ApiError, Response
from tests.sandbox.api.routing import action
from tests.sandbox.awards.blocks import award_page, file_block
from tests.sandbox.awards.files import FileLibrary, icons, media_type, templates
from tests.sandbox.awards.permissions import (
    BOTH_TYPES,
    ICON_LIBRARY,
    TEMPLATE_LIBRARY,
    at_organisation,
    library_permissions,
    require_any_award_permission,
    require_award_permission,
)
from tests.sandbox.awards.queries import contains
from tests.sandbox.awards.request_fields import body_block, refuse, text
from tests.sandbox.models.awards import CERTIFICATE

_ICONS = "/d2l/api/bas/(version)/library/icons/"
_TEMPLATES = "/d2l/api/bas/(version)/library/templates/"
_ICON_READ_PERMISSIONS = library_permissions(BOTH_TYPES, TEMPLATE_LIBRARY, ICON_LIBRARY)
_TEMPLATE_READ_PERMISSIONS = library_permissions((CERTIFICATE,), TEMPLATE_LIBRARY)


@action("GET", _ICONS, since="1.1")
def icon_list(call: Call) -> Response:
    """The icons, by name, in pages."""
    require_any_award_permission(call, _ICON_READ_PERMISSIONS)
    return _list(call, icons(call))


@action("GET", f"{_ICONS}(fileName)", since="1.1")
def icon(call: Call) -> Response:
    """One icon as a file."""
    require_any_award_permission(call, _ICON_READ_PERMISSIONS)
    return _file(call, icons(call))


@action("POST", _ICONS, since="1.1")
def add_icon(call: Call) -> Response:
    """A new icon; 201, or 409 when its name is taken."""
    require_award_permission(call, at_organisation(ICON_LIBRARY))
    return _add(call, icons(call))


@action("DELETE", f"{_ICONS}(fileName)", since="1.1")
def delete_icon(call: Call) -> Response:
    """Deletes an icon; 400 while an award uses it (by the switch ``library_in_use``)."""
    require_award_permission(call, ICON_LIBRARY)
    return _delete(call, icons(call))


@action("GET", _TEMPLATES, since="1.1")
def template_list(call: Call) -> Response:
    """The certificate templates, by name, in pages."""
    require_any_award_permission(call, _TEMPLATE_READ_PERMISSIONS)
    return _list(call, templates(call))


@action("GET", f"{_TEMPLATES}(fileName)", since="1.1")
def template(call: Call) -> Response:
    """One certificate template as a PDF."""
    require_any_award_permission(call, _TEMPLATE_READ_PERMISSIONS)
    return _file(call, templates(call))


@action("POST", _TEMPLATES, since="1.1")
def add_template(call: Call) -> Response:
    """A new certificate template; 201, or 409 when its name is taken."""
    require_award_permission(call, at_organisation(TEMPLATE_LIBRARY))
    return _add(call, templates(call))


@action("DELETE", f"{_TEMPLATES}(fileName)", since="1.1")
def delete_template(call: Call) -> Response:
    """Deletes a certificate template; 400 while an award uses it (by the switch ``library_in_use``)."""
    require_award_permission(call, TEMPLATE_LIBRARY)
    return _delete(call, templates(call))


def _list(call: Call, library: FileLibrary) -> Response:
    found = [file for _, file in sorted(library.files.items()) if contains(call, file.name)]
    return award_page(call, found, lambda file: file_block(call, file))


def _file(call: Call, library: FileLibrary) -> Response:
    file = library.require(call.ids["fileName"])
    return Response.file(file.content, file.name, media_type(file))


def _add(call: Call, library: FileLibrary) -> Response:
    body = body_block(call, "LibraryInputFileInfo")
    file = library.read(text(body, "Name"), text(body, "Content"))
    if library.find(file.name) is not None:
        raise ApiError.conflict(f"The library already has a file named {file.name}.")
    library.files[file.name] = file
    return Response(file_block(call, file), 201)


def _delete(call: Call, library: FileLibrary) -> Response:
    file = library.require(call.ids["fileName"])
    if call.world.switches.library_in_use == "refuse" and call.world.awards.uses(file):
        refuse("Unable to delete the file: an award uses it.")
    del library.files[file.name]
    return Response.empty()
