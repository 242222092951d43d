"""Which pages use which service methods: read from the source, by following names from the code of each page.

A page's code is its view, found by the site's addresses, and the classes that features add to it: team columns to the
team page, panels to the person page, roster providers to the team page where ``PORTAL_ROSTER`` chooses them.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from portal import features

ROOT = Path(__file__).resolve().parents[3]
TEAM, PERSON = "team:team", "team:person"
_LEFT_OUT = {"migrations", "management", "tests"}


@dataclass
class Source:
    """The top-level names of our modules, all dotted: what each refers to, and where an imported one comes from."""

    references: dict[str, set[str]] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)

    def defined_as(self, name: str) -> str:
        """``package.Class.method`` by the name it has where the class is defined, whatever re-exports the class."""
        while name in self.imports:
            name = self.imports[name]
        owner, dot, member = name.rpartition(".")
        while owner in self.imports:
            owner = self.imports[owner]
        return f"{owner}{dot}{member}"


def pages_of(services: Collection[str]) -> dict[str, list[str]]:
    """The addresses of the pages that use each service method (``feature.services.module.Class.method``)."""
    source = _source()
    urls = dict(_urls(get_resolver().url_patterns, "/"))
    by_name = {name: address for name, address in urls.values() if name}
    starts = [(view, address) for view, (_, address) in urls.items()]
    starts += [(part, f"{by_name[page]} {condition}".strip()) for part, page, condition in _parts_of_pages()]
    found = defaultdict(set)
    for start, address in starts:
        for service in _reached(source, start, services):
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


def _reached(source: Source, start: str, services: Collection[str]) -> set[str]:
    """The services that the code at ``start`` refers to, directly or through other code of ours."""
    seen, waiting = {start}, [start]
    while waiting:
        new = {source.defined_as(name) for name in source.references.get(waiting.pop(), ())} - seen
        seen |= new
        waiting += new
    return seen & set(services)


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


def _source() -> Source:
    """All our modules, read from their files."""
    source = Source()
    packages = {app.name.partition(".")[0] for app in apps.get_app_configs()}
    for path in sorted(path for package in packages for path in (ROOT / package).rglob("*.py")):
        place = path.relative_to(ROOT)
        if not _LEFT_OUT & set(place.parts):
            module = ".".join(place.with_suffix("").parts).removesuffix(".__init__")
            _add(source, module, ast.parse(path.read_text(encoding="utf-8")))
    return source


def _add(source: Source, module: str, tree: ast.Module) -> None:
    imported = _imported(tree)
    defined = {name: node for node in tree.body for name in _names(node)}
    known = imported | {name: f"{module}.{name}" for name in defined}
    source.references |= {f"{module}.{name}": set(_references(node, known)) for name, node in defined.items()}
    source.imports |= {f"{module}.{name}": full for name, full in imported.items() if name not in defined}


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


def _instances(node: ast.AST, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """``records = RecordService()``: the name, and the class it is an instance of."""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name):
        for target in node.targets:
            if isinstance(target, ast.Name) and node.value.func.id in known:
                yield target.id, known[node.value.func.id]
