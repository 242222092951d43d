"""The structure of the source, measured: imports, lengths, folders. Read from the files; nothing is imported."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APP = ("portal", "cpd", "content", "awards")


def modules(*folders: str) -> Iterator[tuple[str, Path]]:
    """Each module of these folders by dotted name; a package by its own."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path


def imported_by(path: Path) -> set[str]:
    """Full names of what a file imports anywhere in it, relative names resolved."""
    package = list(path.relative_to(ROOT).parent.parts)
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return names


@cache
def import_graph() -> Mapping[str, frozenset[str]]:
    """Which modules of the app each module of it imports, lazy imports included."""
    known = {name for name, path in modules(*APP) if "migrations" not in path.parts}
    return {
        name: frozenset(imported_by(path) & known - {name}) - _own_package(name, path)
        for name, path in modules(*APP)
        if name in known
    }


def _own_package(name: str, path: Path) -> frozenset[str]:
    """The packages a module lies in: importing a sibling names them, and needs nothing of them."""
    parts = name.split(".")
    inside = parts if path.name == "__init__.py" else parts[:-1]
    return frozenset(".".join(parts[:count]) for count in range(1, len(inside) + 1))


def circles() -> list[list[str]]:
    """Groups of modules that import each other in a circle."""
    found = []
    for start in import_graph():
        reached = _reached(start)
        group = sorted(each for each in reached if start in _reached(each))
        if start in reached and group not in found:
            found.append(group)
    return found


@cache
def _reached(start: str) -> frozenset[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        new = import_graph()[waiting.pop()] - seen
        seen |= new
        waiting += new
    return frozenset(seen)


def longest_chain() -> list[str]:
    """The longest line of modules of which each imports the next."""
    return max((_chain(name) for name in import_graph()), key=len)


@cache
def _chain(name: str) -> list[str]:
    below = [_chain(other) for other in import_graph()[name]]
    return [name, *max(below, key=len, default=[])]


def function_lengths(*folders: str) -> dict[str, int]:
    """Lines of each function, from ``def`` to its end, without its docstring."""
    found = {}
    for name, path in modules(*folders):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found[f"{name}.{node.name}:{node.lineno}"] = _lines(node)
    return found


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def folder_sizes(*folders: str) -> dict[str, int]:
    """How many files lie directly in each folder; caches do not count."""
    return {
        str(folder.relative_to(ROOT)): sum(1 for each in folder.iterdir() if each.is_file())
        for top in folders
        for folder in [ROOT / top, *(ROOT / top).rglob("*")]
        if folder.is_dir() and "__pycache__" not in folder.parts
    }
