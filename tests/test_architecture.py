"""The walls: who may import whom. Imports run one way: views, tasks, services, portal.brightspace."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FEATURES = ("cpd", "content", "awards")
OURS = ("portal", *FEATURES)


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

    assert {"portal.settings", "portal.brightspace.client", "cpd.services.targets", "content.figures"} <= names
    assert "portal.brightspace.reads" in imported_by(ROOT / "cpd/services/targets.py")
    assert "portal.brightspace.fields" in imported_by(ROOT / "portal/brightspace/routes.py")


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


@pytest.mark.parametrize("folder", FEATURES)
def test_http_is_spoken_in_one_folder_only(folder: str) -> None:
    assert offences(folder, ("requests", "urllib3", "http.client", "portal.brightspace.transport")) == []


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
        "portal.brightspace.fields",
        *(f"portal.brightspace.fields.{each}" for each in ("Block", "Id", "UtcDateTime")),
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
