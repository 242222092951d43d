"""One vocabulary: the words that the project has given up do not come back as names, in no kind of source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.structure import APP, ROOT, modules

# Names of modules, classes, functions, variables, parameters and attributes, in any spelling of case.
GIVEN_UP = {
    "caller",
    "kept", "keep", "at_hand", "keep_soon", "only_kept",
    "aged", "renew", "ask_anew", "forget",
    "take_flight", "in_flight", "land",
    "errand", "side_by_side", "told", "nothing",
    "patience", "patiently",
    "decipher", "tolerable", "verdict",
    "vault", "seal", "unseal", "seal_broken",
    "hint", "hints",
    "board", "choice", "asked", "in_vain",
    "down", "out_of_time", "unclear", "unreadable", "may_pass",
    "privacy", "probes",
}  # fmt: skip
# Given up in one sense only, so told by where they stand.
MODULES = {"access", "arguments", "checks", "figures", "patience", "problems", "service", "sheet", "table"}
VAGUE_MODULES = {"base", "common", "helpers", "manager", "misc", "utils"}
CLASSES = {"Connection", "Credits", "Query", "Report", "Session", "Steps"}  # one type a name, or another word
MEMBERS = {"again", "sentence", "wait", "word"}  # of a class: fields, parameters of its making
CONSTANTS = ("MOST_", "LARGEST_", "LONGEST_")
CSS_CLASSES = {"away", "mark", "sheet", "spring", "wait", "who", "why"}
SOURCES = (*APP, "tests")
# The sandbox is called by clients, so there a caller is who calls.
SERVER_SIDE = ("tests/sandbox/", "tests/sandbox_checks/")


def snake(name: str) -> str:
    """``OutOfTime`` and ``_out_of_time`` as ``out_of_time``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_")


def bound_names(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Every name that a module gives to something, with the kind of thing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield "class", node.name
            yield from (("member", name) for name in _members(node))
        elif isinstance(node, ast.FunctionDef):
            yield "function", node.name
        elif isinstance(node, ast.arg):
            yield "parameter", node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield "variable", node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield "attribute", node.attr
        elif isinstance(node, ast.alias) and node.asname:
            yield "variable", node.asname


def _members(node: ast.ClassDef) -> Iterator[str]:
    for inner in node.body:
        if isinstance(inner, ast.AnnAssign) and isinstance(inner.target, ast.Name):
            yield inner.target.id
        elif isinstance(inner, ast.FunctionDef):
            yield inner.name
            if inner.name == "__init__":
                yield from (argument.arg for argument in (*inner.args.args, *inner.args.kwonlyargs))


def is_given_up(kind: str, name: str) -> bool:
    """Whether a name has been given up for this kind of thing."""
    return (
        snake(name) in GIVEN_UP
        or (kind == "class" and name.lstrip("_") in CLASSES)
        or (kind == "member" and name in MEMBERS)
        or name.lstrip("_").startswith(CONSTANTS)
    )


def test_names_given_up_are_recognised() -> None:
    tree = ast.parse("class Verdict:\n    sentence: str\ndef _tell(caller): kept = MOST_ROWS = 1")
    found = {name for kind, name in bound_names(tree) if is_given_up(kind, name)}

    assert found == {"Verdict", "sentence", "caller", "kept", "MOST_ROWS"}


@pytest.mark.parametrize("folder", SOURCES)
def test_python_has_no_name_that_was_given_up(folder: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {kind} {name}"
        for _, path in modules(folder)
        for kind, name in bound_names(ast.parse(path.read_text(encoding="utf-8")))
        if is_given_up(kind, name) and not (name == "caller" and _is_server_side(path))
    ]

    assert sorted(set(found)) == []


def _is_server_side(path: Path) -> bool:
    return str(path.relative_to(ROOT)).startswith(SERVER_SIDE)


def test_modules_have_names_that_say_something() -> None:
    given_up = [name for name, path in modules(*APP) if path.stem in MODULES and path.stem != "service"]
    vague = [name for name, path in modules(*SOURCES) if path.stem in VAGUE_MODULES]

    assert (given_up, vague) == ([], [])


def test_style_sheets_and_templates_have_no_class_that_was_given_up() -> None:
    selectors = re.compile(r"\.([a-z][a-z0-9-]*)")
    attributes = re.compile(r'class="([^"]*)"')
    in_css = {
        f"{path.name}: .{name}"
        for path in (ROOT / "static").rglob("*.css")
        for name in selectors.findall(re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S))
        if name in CSS_CLASSES
    }
    in_templates = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "templates").rglob("*.html")
        for value in attributes.findall(path.read_text(encoding="utf-8"))
        for name in re.sub(r"{[{%].*?[}%]}", " ", value).split()
        if name in CSS_CLASSES
    }

    assert (in_css, in_templates) == (set(), set())


def test_templates_use_no_variable_that_was_given_up() -> None:
    tags = re.compile(r"{[{%](.*?)[}%]}", re.S)
    words = re.compile(r"(?<![\"'\w-])[a-z_]+(?![\"'\w-])")
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "templates").rglob("*.html")
        for tag in tags.findall(path.read_text(encoding="utf-8"))
        for name in words.findall(re.sub(r"\"[^\"]*\"|'[^']*'", "", tag))
        if name in GIVEN_UP | {"word", "sentence", "described", "explained"}
        and not re.match(r"\s*(translate|blocktranslate|comment|#)", tag)
    }

    assert found == set()


@pytest.mark.parametrize("path", sorted(p for folder in APP for p in (ROOT / folder).rglob("*.py")), ids=str)
def test_each_module_begins_by_saying_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    exempt = path.stem in {"apps", "urls", "__init__"} or {"migrations", "management"} & set(path.parts)

    assert exempt or ast.get_docstring(tree), path
