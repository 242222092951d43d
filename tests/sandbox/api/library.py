"""The libraries of award icons and certificate templates."""

from __future__ import annotations

from tests.sandbox.answers import Answer, Refusal
from tests.sandbox.api.award_blocks import award_page, file_block
from tests.sandbox.api.award_fields import body_block, refuse, text
from tests.sandbox.api.award_files import Shelf, icons, media_type, templates
from tests.sandbox.award_permissions import BOTH, demand, demand_any, library_readers
from tests.sandbox.award_rights import CERTIFICATE, ICON_LIBRARY, TEMPLATE_LIBRARY, at_organisation
from tests.sandbox.award_search import contains
from tests.sandbox.routing import Call, action

_ICONS = "/d2l/api/bas/(version)/library/icons/"
_TEMPLATES = "/d2l/api/bas/(version)/library/templates/"
_ICON_READERS = library_readers(BOTH, TEMPLATE_LIBRARY, ICON_LIBRARY)
_TEMPLATE_READERS = library_readers((CERTIFICATE,), TEMPLATE_LIBRARY)


@action("GET", _ICONS, since="1.1")
def icon_list(call: Call) -> Answer:
    """The icons by name."""
    demand_any(call, _ICON_READERS)
    return _list(call, icons(call))


@action("GET", f"{_ICONS}(fileName)", since="1.1")
def icon(call: Call) -> Answer:
    """One icon as a file."""
    demand_any(call, _ICON_READERS)
    return _file(call, icons(call))


@action("POST", _ICONS, since="1.1")
def add_icon(call: Call) -> Answer:
    """A new icon; 201, or 409 when its name is taken."""
    demand(call, at_organisation(ICON_LIBRARY))
    return _add(call, icons(call))


@action("DELETE", f"{_ICONS}(fileName)", since="1.1")
def delete_icon(call: Call) -> Answer:
    """Takes an icon away; 400 while an award uses it."""
    demand(call, ICON_LIBRARY)
    return _delete(call, icons(call))


@action("GET", _TEMPLATES, since="1.1")
def template_list(call: Call) -> Answer:
    """The certificate templates by name."""
    demand_any(call, _TEMPLATE_READERS)
    return _list(call, templates(call))


@action("GET", f"{_TEMPLATES}(fileName)", since="1.1")
def template(call: Call) -> Answer:
    """One certificate template as a PDF."""
    demand_any(call, _TEMPLATE_READERS)
    return _file(call, templates(call))


@action("POST", _TEMPLATES, since="1.1")
def add_template(call: Call) -> Answer:
    """A new certificate template; 201, or 409 when its name is taken."""
    demand(call, at_organisation(TEMPLATE_LIBRARY))
    return _add(call, templates(call))


@action("DELETE", f"{_TEMPLATES}(fileName)", since="1.1")
def delete_template(call: Call) -> Answer:
    """Takes a certificate template away; 400 while an award uses it."""
    demand(call, TEMPLATE_LIBRARY)
    return _delete(call, templates(call))


def _list(call: Call, shelf: Shelf) -> Answer:
    found = [file for _, file in sorted(shelf.kept.items()) if contains(call, file.name)]
    return award_page(call, found, lambda file: file_block(call, file))


def _file(call: Call, shelf: Shelf) -> Answer:
    file = shelf.require(call.ids["fileName"])
    return Answer.file(file.content, file.name, media_type(file))


def _add(call: Call, shelf: Shelf) -> Answer:
    body = body_block(call, "LibraryInputFileInfo")
    file = shelf.read(text(body, "Name"), text(body, "Content"))
    if shelf.find(file.name) is not None:
        raise Refusal.conflict(f"The library already has a file named {file.name}.")
    shelf.kept[file.name] = file
    return Answer(file_block(call, file), 201)


def _delete(call: Call, shelf: Shelf) -> Answer:
    file = shelf.require(call.ids["fileName"])
    if call.world.switches.library_in_use == "refuse" and call.world.awards.uses(file):
        refuse("Unable to delete the file: an award uses it.")
    del shelf.kept[file.name]
    return Answer.empty()
