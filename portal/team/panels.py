"""A person's page is a frame; each feature (named in ``settings.PERSON_PANELS``) fills a panel of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.module_loading import import_string

from portal.brightspace.gateway import Gateway
from portal.rosters.roster import DirectReport


class Panel(Protocol):
    """A feature's part of the person page."""

    key: str
    title: str
    template: str

    def context(self, brightspace: Gateway, report: DirectReport, parameters: Mapping[str, str]) -> dict[str, Any]:
        """What the template shows. Brightspace's refusals are told in the panel; only SignInExpired is raised."""


@dataclass(frozen=True)
class PanelView:
    """A panel on the page, with its body or without, and the address that brings what is still to come."""

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


def one_panel(brightspace: Gateway, report: DirectReport, parameters: Mapping[str, str]) -> PanelView:
    """The panel that ``panel`` in the address names, read from Brightspace."""
    for panel in panels():
        if panel.key == parameters.get("panel"):
            brightspace.renew = True
            return _shown(panel, brightspace, report, parameters)
    raise Http404


def all_panels(brightspace: Gateway, report: DirectReport, parameters: Mapping[str, str]) -> list[PanelView]:
    """Every panel: with its body if all of it is at hand or the address asks for it, else to come later.

    What is at hand but has aged is shown, and the page asks for the newer one by itself.
    """
    shown = []
    for panel in panels():
        brightspace.renew = panel.key == parameters.get("panel")
        brightspace.cache_only, brightspace.missed = not brightspace.renew, False
        whole = _shown(panel, brightspace, report, parameters)
        later = replace(whole, href=address(report.person_id, panel.key))
        if brightspace.missed:
            shown.append(replace(later, context={}, body=False))
        else:
            shown.append(later if brightspace.cache_only and whole.context.get("stale") else whole)
    return shown


def address(person_id: int, key: str) -> str:
    """Where one panel of a person's page is read from Brightspace; the whole page without a key."""
    page = reverse("person", args=[person_id])
    return f"{page}?panel={key}" if key else page


def known(key: str) -> str:
    """The key if it is a panel's, else nothing."""
    return key if key in {panel.key for panel in panels()} else ""


def _shown(panel: Panel, brightspace: Gateway, report: DirectReport, parameters: Mapping[str, str]) -> PanelView:
    refresh = f"{reverse('person_refresh', args=[report.person_id])}?panel={panel.key}"
    context = {"refresh": refresh, **panel.context(brightspace, report, parameters)}
    return PanelView(panel.key, panel.title, panel.template, "", context, body=True)
