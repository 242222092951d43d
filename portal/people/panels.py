"""A person's page is a frame; each feature (named in ``settings.PERSON_PANELS``) fills a panel of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.http import Http404
from django.utils.module_loading import import_string

from portal.brightspace.service import Caller
from portal.people.rosters.roster import Report


class Panel(Protocol):
    """A feature's part of the person page."""

    key: str
    title: str
    template: str

    def context(self, caller: Caller, report: Report, parameters: Mapping[str, str]) -> dict[str, Any]:
        """What the template shows. Brightspace's refusals are told in the panel; only SignInExpired is raised."""


@dataclass(frozen=True)
class Shown:
    """A panel on the page: with its body, or with the address that brings it."""

    key: str
    title: str
    template: str
    href: str
    context: dict[str, Any]
    body: bool = False


@lru_cache(maxsize=1)
def _panels(paths: tuple[str, ...]) -> tuple[Panel, ...]:
    return tuple(import_string(path)() for path in paths)


def panels() -> tuple[Panel, ...]:
    return _panels(tuple(settings.PERSON_PANELS))


def one_panel(caller: Caller, report: Report, parameters: Mapping[str, str]) -> Shown:
    """The panel that ``panel`` in the address names, read from Brightspace."""
    for panel in panels():
        if panel.key == parameters.get("panel"):
            return _shown(panel, caller, report, parameters)
    raise Http404


def all_panels(caller: Caller, report: Report, parameters: Mapping[str, str]) -> list[Shown]:
    """Every panel: with its body if all of it is at hand or the address asks for it, else to come later."""
    shown = []
    for panel in panels():
        caller.only_kept, caller.missed = panel.key != parameters.get("panel"), False
        whole = _shown(panel, caller, report, parameters)
        href = f"/people/{report.person_id}/?panel={panel.key}"
        empty = Shown(panel.key, panel.title, panel.template, href, {})
        shown.append(empty if caller.missed else whole)
    return shown


def _shown(panel: Panel, caller: Caller, report: Report, parameters: Mapping[str, str]) -> Shown:
    context = panel.context(caller, report, parameters)
    return Shown(panel.key, panel.title, panel.template, "", context, body=True)
