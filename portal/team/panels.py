"""Panels of the person page: the contract with the features that fill them, and how they are read together.

The page is a frame. Each feature offers a panel whose flow says what must be read and returns what its template shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.http import Http404
from django.urls import reverse

from portal import features
from portal.brightspace import ReadFlow
from portal.brightspace.gateway import CachePolicy, Gateway
from portal.rosters.roster import DirectReport
from portal.team.columns import Age

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class PanelContent:
    """What a panel's template shows as ``panel``; each feature adds fields of its own."""

    age: Age


class Panel(Protocol):
    """A feature's part of the person page."""

    key: str
    title: "StrOrPromise"
    template: str

    def flow(self, person: DirectReport, parameters: Mapping[str, str]) -> ReadFlow[PanelContent]:
        """What must be read of ``person``, and what the template shows. Refusals are told in the panel."""


@dataclass(frozen=True)
class PanelView:
    """A panel on the page: its content, unless that has to be loaded first, and where newer content is loaded from."""

    key: str
    title: "StrOrPromise"
    template: str
    refresh_url: str
    content: PanelContent | None = None
    load_url: str = ""


def panels() -> dict[str, Panel]:
    """The installed features' panels by key, in their order on the page."""
    return {panel.key: panel for panel in features.person_panels()}


def one_panel(brightspace: Gateway, person: DirectReport, parameters: Mapping[str, str]) -> PanelView:
    """The panel that ``panel`` in the address names, read anew where it is stale. Raises Http404, SignInExpired."""
    key = known_key(parameters.get("panel", ""))
    if not key:
        raise Http404
    flow = panels()[key].flow(person, parameters)
    content = brightspace.run({key: flow}, CachePolicy.REVALIDATE).values[key]
    return _view(key, person, content)


def all_panels(brightspace: Gateway, person: DirectReport, parameters: Mapping[str, str]) -> list[PanelView]:
    """Every panel: with its content if all of it is cached or the address asks for it, else to be loaded later.

    Stale content is shown, and the page loads the newer one by itself. Raises SignInExpired.
    """
    opened = known_key(parameters.get("panel", ""))
    flows = {key: panel.flow(person, parameters) for key, panel in panels().items() if key != opened}
    cached = brightspace.run(flows, CachePolicy.CACHE_ONLY)
    views = []
    for key in panels():
        if key == opened:
            views.append(one_panel(brightspace, person, parameters))
        elif key in cached.incomplete:
            views.append(_view(key, person, None, load=True))
        else:
            content = cached.values[key]
            views.append(_view(key, person, content, load=content.age.stale))
    return views


def panel_url(person_id: int, key: str) -> str:
    """Where one panel of a person's page is loaded from; the whole page without a key."""
    page = reverse("team:person", args=[person_id])
    return f"{page}?panel={key}" if key else page


def known_key(key: str) -> str:
    """The key if it is a panel's, else nothing."""
    return key if key in panels() else ""


def _view(key: str, person: DirectReport, content: PanelContent | None, *, load: bool = False) -> PanelView:
    panel = panels()[key]
    refresh_url = f"{reverse('team:person_refresh', args=[person.person_id])}?panel={key}"
    load_url = panel_url(person.person_id, key) if load else ""
    return PanelView(key, panel.title, panel.template, refresh_url, content, load_url)
