"""Modules: reading, creating, changing and deleting them."""

from __future__ import annotations

from tests.sandbox.api.calls import Call
from tests.sandbox.api.responses import Response
from tests.sandbox.api.routing import action
from tests.sandbox.content.blocks import MODULE_TYPE, module_block, structure_of
from tests.sandbox.content.permissions import content_manager, content_reader
from tests.sandbox.content.request_data import apply, check_dates, content_data, module_changes
from tests.sandbox.models.content import Module
from tests.sandbox.world import World

_ROOT = "/d2l/api/le/(version)/(orgUnitId)/content/root/"
_MODULE = "/d2l/api/le/(version)/(orgUnitId)/content/modules/(moduleId)"
# The last scope of each is deprecated but still accepted.
READ_SCOPES = ("content:modules:readonly", "content:modules:read")
MANAGE_SCOPES = ("content:modules:manage", "content:modules:read")


@action("GET", _ROOT, scopes=READ_SCOPES)
def root_modules(call: Call) -> Response:
    """The root modules the caller sees, as a bare list."""
    reader = content_reader(call)
    return Response(
        [module_block(call, reader, module, None) for module in reader.outline.modules if reader.shows(module)]
    )


@action("POST", _ROOT, scopes=MANAGE_SCOPES)
def create_root_module(call: Call) -> Response:
    """Adds a module at the end of the root."""
    reader = content_manager(call)
    changes = module_changes(call, content_data(call.json(), MODULE_TYPE))
    check_dates(changes)
    module = Module(next(reader.outline.ids), changes["title"])
    apply(changes, module, call.world.now)
    reader.outline.children.append(module)
    call.world.outlines[reader.outline.org_unit_id] = reader.outline
    return Response(module_block(call, reader, module, None))


@action("GET", _MODULE, scopes=READ_SCOPES)
def module(call: Call) -> Response:
    """One module with its structure."""
    reader = content_reader(call)
    found = reader.module(call.id("moduleId"))
    return Response(module_block(call, reader, found, reader.place(found.module_id).parent_id))


@action("GET", f"{_MODULE}/structure/", scopes=READ_SCOPES)
def structure(call: Call) -> Response:
    """The modules and topics in a module, in one order."""
    reader = content_reader(call)
    return Response(structure_of(call, reader, reader.module(call.id("moduleId"))))


@action("PUT", _MODULE, scopes=MANAGE_SCOPES)
def update_module(call: Call) -> Response:
    """Changes a module; its structure stays."""
    reader = content_manager(call)
    found = reader.module(call.id("moduleId"))
    changes = module_changes(call, content_data(call.json(), MODULE_TYPE))
    check_dates(changes, found)
    apply(changes, found, call.world.now)
    return Response.empty()


@action("DELETE", _MODULE, scopes=MANAGE_SCOPES)
def delete_module(call: Call) -> Response:
    """Deletes a module and everything in it; files stay in the content store."""
    reader = content_manager(call)
    found = reader.module(call.id("moduleId"))
    reader.place(found.module_id).siblings.remove(found)
    remove_references(call.world, {topic.topic_id for _, topic in found.walk()})
    return Response.empty()


def remove_references(world: World, topic_ids: set[int]) -> None:
    """Removes exemptions and bookmarks of topics that no longer exist."""
    world.exemptions = {pair for pair in world.exemptions if pair[1] not in topic_ids}
    world.bookmarks = {pair for pair in world.bookmarks if pair[1] not in topic_ids}
