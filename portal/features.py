"""What a feature adds to the site: said in one place, its AppConfig.

Scopes, columns of the team table, panels of the person page, links in the navigation, addresses. The portal names
features in ``settings.INSTALLED_APPS`` only; everything else it learns from here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig, apps
from django.utils.module_loading import import_string, module_has_submodule

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Audience(Enum):
    """For whom a page exists."""

    EVERYONE = auto()  # who has signed in
    ADMINS = auto()  # whose role at the organisation is an administrator's


@dataclass(frozen=True)
class NavigationLink:
    """A page in the main navigation; ``position`` orders the links. A page about oneself takes one's id."""

    label: "StrOrPromise"
    url_name: str
    position: int
    audience: Audience = Audience.EVERYONE
    own: bool = False


class FeatureConfig(AppConfig):
    """An app that adds something to the site. Classes are named by their dotted path: apps load before models."""

    scopes: tuple[str, ...] = ()  # OAuth scopes its pages need
    team_columns: tuple[str, ...] = ()  # classes of the kind portal.team.columns.ColumnProvider
    person_panels: tuple[str, ...] = ()  # classes of the kind portal.team.panels.Panel
    navigation: tuple[NavigationLink, ...] = ()

    def __init_subclass__(cls) -> None:
        """Django takes an app's own config, not this base class, which it finds in the same module."""
        super().__init_subclass__()
        cls.default = True


def features() -> Iterator[FeatureConfig]:
    """The installed features, in the order of the settings."""
    return (app for app in apps.get_app_configs() if isinstance(app, FeatureConfig))


def url_modules() -> list[str]:
    """The module ``urls`` of each feature that has one."""
    return [
        f"{feature.name}.urls"
        for feature in features()
        if feature.module and module_has_submodule(feature.module, "urls")
    ]


def scopes() -> set[str]:
    """Every scope that a feature needs."""
    return {scope for feature in features() for scope in feature.scopes}


@cache
def team_columns() -> tuple[Any, ...]:
    """The features' column providers."""
    return tuple(import_string(path)() for feature in features() for path in feature.team_columns)


@cache
def person_panels() -> tuple[Any, ...]:
    """The features' panels of the person page."""
    return tuple(import_string(path)() for feature in features() for path in feature.person_panels)


def navigation() -> list[NavigationLink]:
    """Every link of the navigation, in order."""
    return sorted((link for feature in features() for link in feature.navigation), key=lambda link: link.position)
