"""Which pages use which service methods: read from the source, by following names from the code of each page.

A page's code is its view, found by the site's addresses, and the classes that features add to it: team columns to the
team page, panels to the person page, roster providers to the team page where ``PORTAL_ROSTER`` chooses them.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from portal import features

ROOT = Path(__file__).resolve().parents[3]
TEAM, PERSON = "team:team", "team:person"
_LEFT_OUT = {"migrations", "management", "tests"}
Graph = Mapping[str, set[str]]  # what each top-level name of our modules refers to, all by dotted name


def pages_of(services: Collection[str]) -> dict[str, list[str]]:
    """The addresses of the pages that use each service method (``feature.services.module.Class.method``)."""
    graph = _sources()
    urls = dict(_urls(get_resolver().url_patterns, "/"))
    by_name = {name: address for name, address in urls.values() if name}
    starts = [(view, address) for view, (_, address) in urls.items()]
    starts += [(part, f"{by_name[page]} {condition}".strip()) for part, page, condition in _parts_of_pages()]
    found = defaultdict(set)
    for start, address in starts:
        for service in _reached(graph, start, services):
            found[service].add(address)
    return {service: sorted(found[service]) for service in services}


def _parts_of_pages() -> Iterator[tuple[str, str, str]]:
    """Each class that is part of a page without its view naming it: the class, the page's url name, a condition."""
    for feature in features.features():
        yield from ((path, TEAM, "") for path in feature.team_columns)
        yield from ((path, PERSON, "") for path in feature.person_panels)
    default, *_ = settings.ROSTER_PROVIDERS
    for name, path in settings.ROSTER_PROVIDERS.items():
        yield path, TEAM, "" if name == default else f"with PORTAL_ROSTER={name}"


def _reached(graph: Graph, start: str, services: Collection[str]) -> set[str]:
    """The services that the code at ``start`` refers to, directly or through other code of ours."""
    seen, waiting = {start}, [start]
    while waiting:
        for name in (_canonical(graph, each) for each in graph.get(waiting.pop(), set())):
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return seen & set(services)


def _canonical(graph: Graph, name: str) -> str:
    """``package.Class.method`` by the name it has where the class is defined, whatever re-exports the class."""
    owner, _, member = name.rpartition(".")
    while owner and len(graph.get(owner, ())) == 1:
        (owner,) = graph[owner]
        name = f"{owner}.{member}"
    return name


def _urls(
    patterns: list[URLPattern | URLResolver], before: str, space: str = ""
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each view with its url name and its address, such as ``/people/<person_id>/``."""
    for pattern in patterns:
        address = before + re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _urls(pattern.url_patterns, address, f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            name = f"{space}{pattern.name}" if pattern.name else ""
            yield f"{pattern.callback.__module__}.{pattern.callback.__qualname__}", (name, address)


def _sources() -> Graph:
    """All our top-level names with what they refer to."""
    graph: dict[str, set[str]] = {}
    packages = {app.name.partition(".")[0] for app in apps.get_app_configs()}
    for path in sorted(path for package in packages for path in (ROOT / package).rglob("*.py")):
        place = path.relative_to(ROOT)
        if not _LEFT_OUT & set(place.parts):
            module = ".".join(place.with_suffix("").parts).removesuffix(".__init__")
            graph |= _references_in(ast.parse(path.read_text(encoding="utf-8")), module)
    return graph


def _references_in(tree: ast.Module, module: str) -> dict[str, set[str]]:
    """What each top-level name of a module refers to; an imported name refers to what it is elsewhere."""
    imported = _imported(tree)
    defined = {name: node for node in tree.body for name in _names(node)}
    known = imported | {name: f"{module}.{name}" for name in defined}
    here = {f"{module}.{name}": set(_references(node, known)) for name, node in defined.items()}
    return here | {f"{module}.{name}": {full} for name, full in imported.items() if name not in defined}


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
    """What ``node`` names: ``issue``, ``module.issue``, or a method of an instance made there, ``Service().issue``."""
    made = {name: cls for inner in ast.walk(node) for name, cls in _instances(inner, known)}
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and inner.id in known:
            yield known[inner.id]
        elif isinstance(inner, ast.Attribute):
            owner = inner.value
            if isinstance(owner, ast.Call):
                owner = owner.func
            if isinstance(owner, ast.Name) and owner.id in known | made:
                yield f"{(known | made)[owner.id]}.{inner.attr}"


def _instances(node: ast.AST, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """``records = RecordService()``: the name, and the class it is an instance of."""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name):
        for target in node.targets:
            if isinstance(target, ast.Name) and node.value.func.id in known:
                yield target.id, known[node.value.func.id]
