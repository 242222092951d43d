"""The walls: who may import whom. Imports run one way: views, tasks, services, portal.brightspace."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FEATURES = ("cpd", "content", "awards")
OURS = ("portal", *FEATURES)
DOORS = ("errors", "gateway", "endpoints.validators")  # of portal.brightspace, besides its front door


def modules(*folders: str) -> Iterator[tuple[str, Path]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts), path


def imported_by(path: Path) -> set[str]:
    """Full names of the modules a file imports, relative ones resolved."""
    package = list(path.relative_to(ROOT).parent.parts)
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return names


def imported_by_schemas(feature: str) -> set[str]:
    """What a feature's schemas, one module or a package of them, import of elsewhere."""
    own = f"{feature}.schemas"
    paths = [path for name, path in modules(feature) if name == own or name.startswith(f"{own}.")]
    return {name for path in paths for name in imported_by(path) if name != own and not name.startswith(f"{own}.")}


def offences(folder: str, forbidden: tuple[str, ...], exempt: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{name} imports {other}"
        for name, path in modules(folder)
        if not name.startswith(exempt or ("-",))
        for other in sorted(imported_by(path))
        if any(other == wall or other.startswith(f"{wall}.") for wall in forbidden)
    ]


def test_the_walls_can_be_seen() -> None:
    names = {name for name, _ in modules(*OURS)}

    assert {
        "portal.settings",
        "portal.brightspace.http.client",
        "cpd.services.targets",
        "content.team_columns",
    } <= names
    assert "portal.brightspace.Read" in imported_by(ROOT / "cpd/services/targets.py")
    assert "portal.brightspace.codec.fields" in imported_by(ROOT / "portal/brightspace/endpoints/routes.py")


@pytest.mark.parametrize("feature", FEATURES)
def test_no_feature_knows_another(feature: str) -> None:
    assert offences(feature, tuple(other for other in FEATURES if other != feature)) == []


def test_the_portal_knows_no_feature() -> None:
    assert offences("portal", FEATURES) == []


def test_the_portals_apps_build_on_each_other_one_way() -> None:
    """Who signs in knows no roster, and whoever knows the rosters knows no team."""
    assert offences("portal/accounts", ("portal.rosters", "portal.team")) == []
    assert offences("portal/rosters", ("portal.team",)) == []


def test_ours_import_no_tests() -> None:
    assert [offence for folder in OURS for offence in offences(folder, ("tests",))] == []


def test_the_sandbox_imports_nothing_of_ours_and_no_django() -> None:
    assert offences("tests/sandbox", (*OURS, "django")) == []


def test_brightspace_knows_no_people_and_no_requests_of_the_web() -> None:
    assert (
        offences(
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
def test_features_import_brightspace_by_its_doors_only(folder: str) -> None:
    front_door = {f"portal.brightspace.{name}" for name in defined_in(ROOT / "portal/brightspace/__init__.py")}
    doors = front_door.union({"portal.brightspace"}, *(names_of(f"portal.brightspace.{door}") for door in DOORS)) | {
        f"portal.brightspace.{door.rpartition('.')[0]}" for door in DOORS if "." in door
    }
    found = {
        f"{name} imports {other}"
        for name, path in modules(folder)
        for other in imported_by(path)
        if other.startswith("portal.brightspace") and other not in doors
    }

    assert found == set()


@pytest.mark.parametrize("folder", FEATURES)
def test_http_is_spoken_in_one_folder_only(folder: str) -> None:
    assert offences(folder, ("requests", "urllib3", "http.client", "portal.brightspace.http")) == []


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
def test_services_and_schemas_know_nothing_above_them(feature: str) -> None:
    above = tuple(f"{feature}.{name}" for name in ("views", "tasks", "figures", "person")) + (
        "portal.accounts",
        "portal.rosters",
        "portal.team",
        "django",
    )

    assert offences(f"{feature}/services", above) == []
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


def test_the_errors_import_nothing_of_ours() -> None:
    assert not {name for name in imported_by(ROOT / "portal/brightspace/errors.py") if name.startswith(OURS)}


def test_the_environment_is_read_in_the_settings_only() -> None:
    readers = {"os.environ", "os.getenv", "environ.Env"}
    found = [
        name
        for name, path in modules(*OURS)
        if name != "portal.settings" and any(reader in path.read_text() for reader in readers)
    ]

    assert found == ["portal.celery", "portal.wsgi"]  # they only say which settings to use


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = {"utils", "helpers", "common", "base", "manager", "misc"}

    assert [name for name, path in modules(*OURS, "tests") if path.stem in vague] == []


def test_nothing_committed_names_a_package_registry() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert "index-url" not in text
        assert "://" not in text
