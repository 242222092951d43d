"""Which pages use which service functions: read from the source, by following names from the code of each page.

A page's code is its view, found by the site's addresses; and every module that is part of a page without its view
naming it (a column of the team table, a panel of the person page, a roster provider), which says so itself:
``PAGE = "team"``, the page's url name, perhaps with a condition behind it: ``PAGE = "team with PORTAL_ROSTER=file"``.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[3]
Graph = dict[str, set[str]]  # what each top-level name of our modules refers to, all with their modules
_LEFT_OUT = {"migrations", "management", "tests"}


def pages_of(services: Collection[str]) -> dict[str, list[str]]:
    """The addresses of the pages that use each service function (``feature.services.module.name``)."""
    graph, parts = _sources()
    addresses = dict(_addresses(get_resolver().url_patterns, "/"))
    found = defaultdict(set)
    for view, (_, address) in addresses.items():
        for service in _reached(graph, {view}, services):
            found[service].add(address)
    by_name = {name: address for name, address in addresses.values() if name}
    for module, page in parts.items():
        name, _, condition = page.partition(" ")
        own = {node for node in graph if node.rpartition(".")[0] == module}
        for service in _reached(graph, own, services):
            found[service].add(f"{by_name[name]} {condition}".strip())
    return {service: sorted(found[service]) for service in services}


def _reached(graph: Graph, start: set[str], services: Collection[str]) -> set[str]:
    """The services that the code at ``start`` refers to, directly or through other code of ours."""
    seen, waiting = set(start), list(start)
    while waiting:
        for name in graph.get(waiting.pop(), set()) - seen:
            seen.add(name)
            waiting.append(name)
    return seen & set(services)


def _addresses(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each view with its url name and its address, such as ``/people/<person_id>/``."""
    for pattern in patterns:
        address = before + re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, address)
        else:
            yield f"{pattern.callback.__module__}.{pattern.callback.__qualname__}", (pattern.name or "", address)


def _sources() -> tuple[Graph, dict[str, str]]:
    """All our top-level names with what they refer to, and the modules that are part of a page."""
    graph: Graph = {}
    parts: dict[str, str] = {}
    packages = {app.name.partition(".")[0] for app in apps.get_app_configs()}
    for path in sorted(path for package in packages for path in (ROOT / package).rglob("*.py")):
        place = path.relative_to(ROOT)
        if not _LEFT_OUT & set(place.parts):
            _read(path, ".".join(place.with_suffix("").parts), graph, parts)
    return graph, parts


def _read(path: Path, module: str, graph: Graph, parts: dict[str, str]) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known = _imported(tree)
    defined = {name: node for node in tree.body for name in _names(node)}
    known |= {name: f"{module}.{name}" for name in defined}
    graph |= {f"{module}.{name}": set(_references(node, known)) for name, node in defined.items()}
    graph |= {f"{module}.{name}": {full} for name, full in known.items() if name not in defined}
    page = defined.get("PAGE")
    if isinstance(page, ast.Assign) and isinstance(page.value, ast.Constant):
        parts[module] = str(page.value.value)


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _imported(tree: ast.Module) -> dict[str, str]:
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
        for alias in node.names
    }


def _references(node: ast.AST, known: dict[str, str]) -> Iterator[str]:
    """What ``node`` names: ``issue`` or, of an imported module, ``issued.issue``."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and inner.id in known:
            yield known[inner.id]
        elif isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id in known:
            yield f"{known[inner.value.id]}.{inner.attr}"
