"""Modules: at the root, one by one, and what is in them."""

from __future__ import annotations

from tests.sandbox.answers import Answer
from tests.sandbox.api.content_data import apply, check_dates, content_data, module_changes
from tests.sandbox.api.content_objects import MODULE_TYPE, module_block, structure_of
from tests.sandbox.content_access import manager, reader
from tests.sandbox.content_model import Module
from tests.sandbox.routing import Call, action
from tests.sandbox.world import World

_ROOT = "/d2l/api/le/(version)/(orgUnitId)/content/root/"
_MODULE = "/d2l/api/le/(version)/(orgUnitId)/content/modules/(moduleId)"
# The last of each is deprecated, but still gives access.
READING = ("content:modules:readonly", "content:modules:read")
MANAGING = ("content:modules:manage", "content:modules:read")


@action("GET", _ROOT, scopes=READING)
def root_modules(call: Call) -> Answer:
    """The root modules the caller sees, as a bare list."""
    view = reader(call)
    return Answer([module_block(call, view, module, None) for module in view.outline.modules if view.shows(module)])


@action("POST", _ROOT, scopes=MANAGING)
def create_root_module(call: Call) -> Answer:
    """Adds a module at the end of the root."""
    view = manager(call)
    changes = module_changes(call, content_data(call.json(), MODULE_TYPE))
    check_dates(changes)
    module = Module(next(view.outline.ids), changes["title"])
    apply(changes, module, call.world.now)
    view.outline.children.append(module)
    call.world.outlines[view.outline.org_unit_id] = view.outline
    return Answer(module_block(call, view, module, None))


@action("GET", _MODULE, scopes=READING)
def module(call: Call) -> Answer:
    """One module with its structure."""
    view = reader(call)
    found = view.module(call.id("moduleId"))
    return Answer(module_block(call, view, found, view.place(found.module_id).parent_id))


@action("GET", f"{_MODULE}/structure/", scopes=READING)
def structure(call: Call) -> Answer:
    """What is in a module, modules and topics in one order."""
    view = reader(call)
    return Answer(structure_of(call, view, view.module(call.id("moduleId"))))


@action("PUT", _MODULE, scopes=MANAGING)
def update_module(call: Call) -> Answer:
    """Changes a module; its structure stays as it is."""
    view = manager(call)
    found = view.module(call.id("moduleId"))
    changes = module_changes(call, content_data(call.json(), MODULE_TYPE))
    check_dates(changes, found)
    apply(changes, found, call.world.now)
    return Answer.empty()


@action("DELETE", _MODULE, scopes=MANAGING)
def delete_module(call: Call) -> Answer:
    """Deletes a module and everything in it; files stay in the content store."""
    view = manager(call)
    found = view.module(call.id("moduleId"))
    view.place(found.module_id).siblings.remove(found)
    forget_topics(call.world, {topic.topic_id for _, topic in found.walk()})
    return Answer.empty()


def forget_topics(world: World, topic_ids: set[int]) -> None:
    """Takes away what people have to do with topics that no longer exist."""
    world.exemptions = {pair for pair in world.exemptions if pair[1] not in topic_ids}
    world.bookmarks = {pair for pair in world.bookmarks if pair[1] not in topic_ids}
