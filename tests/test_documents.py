"""The documents: what they link to and name exists, and the settings are all described."""

import ast
import re
import textwrap
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from portal.team.statuses import Status
from tests.structure import APP, ROOT, modules

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "tests/sandbox/README.md"]
IDS = [str(path.relative_to(ROOT)) for path in DOCUMENTS]
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE_SPAN = re.compile(r"`([^`\n]+)`")
CODE_BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
FILE = re.compile(r"(?:[\w.-]+/)+[\w-]+\.\w+|(?:[\w.-]+/){2,}|\.ci/run|Makefile|[A-Z]+\.md|pyproject\.toml")
# What the recipes make, besides files that they mark as new.
MADE_BY_RECIPES = {"static/css/awards.css", "portal/formats/de/formats.py", "locale/de/LC_MESSAGES/"}
VARIABLE = re.compile(r"(?:PORTAL|BRIGHTSPACE|CELERY)_[A-Z_]+|(?:DATABASE|CACHE)_URL")
READERS = re.compile(r"\benv\.\w+\(\s*\"([A-Z_]+)\"")


def prose_of(document: Path) -> str:
    """A document without its blocks of code."""
    return CODE_BLOCK.sub("", document.read_text(encoding="utf-8"))


def anchors_of(document: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose_of(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=IDS)
def test_links_lead_to_files_and_headings_that_exist(document: Path) -> None:
    links = [link for link in LINK.findall(prose_of(document)) if "://" not in link]
    broken = [link for link in links if not _exists(document, link)]

    assert broken == []


def _exists(document: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (document.parent / path).resolve() if path else document
    return target.exists() and (not anchor or anchor in anchors_of(target))


@pytest.mark.parametrize("document", DOCUMENTS, ids=IDS)
def test_files_that_are_named_exist(document: Path) -> None:
    """Relative to the root of the repository, or to the document; in recipes also those that a step makes."""
    spans = {span for span in CODE_SPAN.findall(prose_of(document)) if FILE.fullmatch(span)}
    made = set(re.findall(r"`([^`]+)` \(new\)", prose_of(document))) | MADE_BY_RECIPES
    missing = {path for path in spans - made if not (ROOT / path).exists() and not (document.parent / path).exists()}

    assert missing == set()


def tree_of_the_architecture() -> str:
    return (ROOT / "docs/architecture.md").read_text(encoding="utf-8").split("```")[1]


def test_modules_in_the_tree_of_the_architecture_exist() -> None:
    names = set(re.findall(r"\w+\.py\b", tree_of_the_architecture()))

    assert len(names) > 30
    assert names - {path.name for _, path in modules(*APP)} == set()


@pytest.mark.parametrize("folder", ["portal", "portal/brightspace"])
def test_the_tree_of_the_architecture_has_every_module_and_package(folder: str) -> None:
    inside = {path.stem for path in (ROOT / folder).glob("*.py")} | {
        path.parent.name for path in (ROOT / folder).glob("*/__init__.py")
    }
    technical = {"__init__", "apps", "wsgi", "management", "migrations"}

    assert inside - technical - set(re.findall(r"\w+", tree_of_the_architecture())) == set()


def test_functions_that_the_architecture_names_exist() -> None:
    text = prose_of(ROOT / "docs/architecture.md")
    names = {span.rpartition(".")[2] for span in CODE_SPAN.findall(text) if re.fullmatch(r"\w+(\.\w+)+", span)}
    files = {span.rpartition(".")[2] for span in CODE_SPAN.findall(text) if FILE.fullmatch(span)}

    assert len(names) > 12
    assert names - files - set(_defined()) == set()


def _defined() -> Iterator[str]:
    for _, path in modules(*APP):
        yield path.stem
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                yield node.name
            elif isinstance(node, ast.Assign):
                yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def python_in_recipes() -> list[str]:
    text = (ROOT / "docs/recipes.md").read_text(encoding="utf-8")
    return [textwrap.dedent(code) for language, code in CODE_BLOCK.findall(text) if language == "python"]


def test_code_in_the_recipes_imports_what_exists() -> None:
    trees = [ast.parse(code) for code in python_in_recipes() if "import" in code]
    imports = {node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    wanted = {(node.module or "", alias.name) for node in imports for alias in node.names}
    existing = [pair for pair in wanted if pair[0].startswith((*APP, "tests"))]

    assert len(existing) > 20
    assert [pair for pair in existing if not _is_made_by_a_recipe(*pair) and not _can_be_imported(*pair)] == []


def _is_made_by_a_recipe(module: str, name: str) -> bool:
    text = (ROOT / "docs/recipes.md").read_text(encoding="utf-8")
    return any(f"`{path.replace('.', '/')}.py` (new)" in text for path in (module, f"{module}.{name}"))


def _can_be_imported(module: str, name: str) -> bool:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return False
    words = re.findall(r"\w+", Path(spec.origin).read_text(encoding="utf-8"))
    return name in words or find_spec(f"{module}.{name}") is not None


def test_settings_read_from_the_environment_are_those_of_the_operating_guide() -> None:
    read = set(READERS.findall((ROOT / "portal/settings.py").read_text(encoding="utf-8")))
    table = (ROOT / "docs/operating.md").read_text(encoding="utf-8").split("## Environment")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    described = [name for row in rows for name in VARIABLE.findall(row)]

    assert len(read) > 30
    assert sorted(described) == sorted(read)


def test_dependencies_are_those_of_the_design_document() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["prod"],
        *project["dependency-groups"]["dev"],
    ]
    table = (ROOT / "docs/design.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| ")][1:]
    described = re.findall(r"[a-z][a-z-]+[a-z]", re.sub(r"\(.*?\)", "", " ".join(rows)))

    assert sorted(described) == sorted(re.split(r"[^a-z-]", name)[0] for name in wanted)


def test_the_glossary_fits_on_a_screen_in_alphabetical_order() -> None:
    lines = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    terms = [line.lower() for line in lines if line.startswith("| **")]

    assert len(lines) <= 60
    assert terms == sorted(terms)


def test_the_glossary_has_every_status() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    [row] = [line for line in glossary.splitlines() if line.startswith("| **status**")]

    assert [status for status in Status if str(status).replace("_", " ") not in row] == []
