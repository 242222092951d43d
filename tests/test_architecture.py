"""Import rules between packages. Imports run one way: views, tasks, services, portal.brightspace."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.structure import (
    APP,
    ROOT,
    circles,
    folder_sizes,
    function_lengths,
    imported_by,
    longest_chain,
    modules,
)

FEATURES = ("cpd", "content", "awards")
PUBLIC_MODULES = ("errors", "gateway", "endpoints.validators")  # of portal.brightspace, besides its front door


def imported_by_schemas(feature: str) -> set[str]:
    """Names that a feature's schemas, a module or a package, import from other modules."""
    own = f"{feature}.schemas"
    paths = [path for name, path in modules(feature) if name == own or name.startswith(f"{own}.")]
    return {name for path in paths for name in imported_by(path) if name != own and not name.startswith(f"{own}.")}


def forbidden_imports(folder: str, forbidden: tuple[str, ...], exempt: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{name} imports {other}"
        for name, path in modules(folder)
        if not name.startswith(exempt or ("-",))
        for other in sorted(imported_by(path))
        if any(other == module or other.startswith(f"{module}.") for module in forbidden)
    ]


def test_modules_and_their_imports_are_found() -> None:
    names = {name for name, _ in modules(*APP)}

    assert {
        "portal.settings",
        "portal.brightspace.http.client",
        "cpd.services.targets",
        "content.team_columns",
    } <= names
    assert "portal.brightspace.Read" in imported_by(ROOT / "cpd/services/targets.py")
    assert "portal.brightspace.codec.fields" in imported_by(ROOT / "portal/brightspace/endpoints/routes.py")


@pytest.mark.parametrize("feature", FEATURES)
def test_features_import_no_other_feature(feature: str) -> None:
    assert forbidden_imports(feature, tuple(other for other in FEATURES if other != feature)) == []


def test_the_portal_imports_no_feature() -> None:
    assert forbidden_imports("portal", FEATURES) == []


def test_the_portals_apps_import_each_other_one_way() -> None:
    """Accounts import neither rosters nor team; rosters import no team."""
    assert forbidden_imports("portal/accounts", ("portal.rosters", "portal.team")) == []
    assert forbidden_imports("portal/rosters", ("portal.team",)) == []


def test_the_application_imports_no_tests() -> None:
    assert [found for folder in APP for found in forbidden_imports(folder, ("tests",))] == []


def test_the_sandbox_imports_neither_the_application_nor_django() -> None:
    assert forbidden_imports("tests/sandbox", (*APP, "django")) == []


def test_brightspace_imports_no_other_app_and_no_http_of_django() -> None:
    assert (
        forbidden_imports(
            "portal/brightspace",
            (
                "portal.accounts",
                "portal.rosters",
                "portal.team",
                "portal.middleware",
                "django.http",
                "django.shortcuts",
            ),
        )
        == []
    )


def names_of(module: str) -> set[str]:
    """A module itself and everything in it that can be imported by name."""
    path = ROOT / f"{module.replace('.', '/')}.py"
    return {module} | {f"{module}.{name}" for name in defined_in(path)}


def defined_in(path: Path) -> set[str]:
    """Names that a module defines or imports at its top level."""
    names: set[str] = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
    return names


@pytest.mark.parametrize("folder", FEATURES)
def test_features_import_public_modules_of_brightspace_only(folder: str) -> None:
    front_door = {f"portal.brightspace.{name}" for name in defined_in(ROOT / "portal/brightspace/__init__.py")}
    public_names = front_door.union(
        {"portal.brightspace"}, *(names_of(f"portal.brightspace.{module}") for module in PUBLIC_MODULES)
    ) | {f"portal.brightspace.{module.rpartition('.')[0]}" for module in PUBLIC_MODULES if "." in module}
    found = {
        f"{name} imports {other}"
        for name, path in modules(folder)
        for other in imported_by(path)
        if other.startswith("portal.brightspace") and other not in public_names
    }

    assert found == set()


@pytest.mark.parametrize("folder", FEATURES)
def test_http_is_used_in_one_folder_only(folder: str) -> None:
    assert forbidden_imports(folder, ("requests", "urllib3", "http.client", "portal.brightspace.http")) == []


def test_the_front_door_imports_no_models() -> None:
    """It is imported while Django is still loading the apps."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import portal.brightspace, sys; print(sorted(sys.modules))"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert "portal.brightspace.endpoints.reads" in loaded
    assert "portal.brightspace.models" not in loaded


@pytest.mark.parametrize("feature", FEATURES)
def test_services_and_schemas_import_no_higher_layer(feature: str) -> None:
    above = ("views", "tasks", "team_columns", "person_panel", "team_summary")
    apps = ("portal.accounts", "portal.rosters", "portal.team")
    higher_layers = (*(f"{feature}.{name}" for name in above), *apps, "django")

    assert forbidden_imports(f"{feature}/services", higher_layers) == []
    schemas = imported_by_schemas(feature)
    assert schemas
    assert {name.split(".")[0] for name in schemas} <= {
        "portal",
        "msgspec",
        "collections",
        "typing",
        "datetime",
        "enum",
    }
    assert {name for name in schemas if name.startswith("portal")} <= {
        "portal.brightspace",
        *(f"portal.brightspace.{each}" for each in ("Block", "Id", "UtcDateTime")),
    }


def test_the_errors_import_nothing_of_the_application() -> None:
    imported = imported_by(ROOT / "portal/brightspace/errors.py") | imported_by(ROOT / "portal/brightspace/oddities.py")

    assert {name for name in imported if name.startswith(APP)} == {
        "portal.brightspace.oddities",
        "portal.brightspace.oddities.Oddity",
    }


def test_the_environment_is_read_in_the_settings_only() -> None:
    readers = {"os.environ", "os.getenv", "environ.Env"}
    found = [
        name
        for name, path in modules(*APP)
        if name != "portal.settings" and any(reader in path.read_text() for reader in readers)
    ]

    assert found == ["portal.celery", "portal.wsgi"]  # they only name the settings module


def test_no_module_has_a_vague_name() -> None:
    vague_names = {"utils", "helpers", "common", "base", "manager", "misc"}

    assert [name for name, path in modules(*APP, "tests") if path.stem in vague_names] == []


def test_nothing_committed_names_a_package_registry() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert "index-url" not in text
        assert "://" not in text


def test_modules_do_not_import_each_other_in_circles() -> None:
    """Imports inside functions count as well."""
    assert circles() == []


def test_longest_chain_of_imports_is_short() -> None:
    assert len(longest_chain()) <= 13, " → ".join(longest_chain())


def test_folders_and_files_are_small() -> None:
    folders = {name: size for name, size in folder_sizes(*APP).items() if size > 16}
    files = {name: lines for name, path in modules(*APP) if (lines := len(path.read_text().splitlines())) > 300}

    assert (folders, files) == ({}, {})


def test_nine_functions_in_ten_have_at_most_16_lines() -> None:
    lengths = sorted(function_lengths(*APP).values())

    assert lengths[len(lengths) * 9 // 10] <= 16
