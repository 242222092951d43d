"""Routes and endpoints: the documented paths of Brightspace's API, and what the reference says of each action."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import quote

from django.utils.translation import gettext_noop as _

from portal.brightspace.codec.fields import InvalidArgument, d2l_id
from portal.brightspace.configuration import API_ROOT

FALLBACK_SCOPE = "core:*:*"  # what an action without a scope of its own needs
_PARAMETER = re.compile(r"\(([A-Za-z]+)\)")
_TEXT_PARAMETERS = frozenset({"language", "fileName", "certificateId"})
_MAX_TEXT_LENGTH = 255
_PRODUCTS = frozenset({"lp", "le", "bas", ""})
Query = tuple[tuple[str, Any], ...]


class VersionSource(Protocol):
    """Which version of each product to speak."""

    def of(self, product: str, since: str = "") -> str:
        """The version of ``product``. Raises Unsupported if the site has none from ``since`` on."""


@dataclass(frozen=True, slots=True)
class Route:
    """One documented path. ``template`` names its parameters as the API document does.

    ``product`` is "" for the few paths outside of any product. ``since`` is the first version that has the action;
    ``unstable`` is set for actions that exist only in the version of that name.
    """

    product: str
    template: str
    unstable: bool = False
    since: str = ""

    def __post_init__(self) -> None:
        if self.product not in _PRODUCTS or not self.template.startswith("/"):
            raise ValueError(f"not a route: {self.product!r} {self.template!r}")

    def path(self, versions: VersionSource, **values: object) -> str:
        """The path for these parameters, each named as in the template, such as ``userId=17``.

        Raises InvalidArgument for a value that is not valid in a path, Unsupported if this site lacks the product or
        the version, TypeError for a missing or an unknown parameter.
        """
        return f"{self._prefix(versions)}{self.filled(values)}"

    def filled(self, values: Mapping[str, object]) -> str:
        """The part of the path after the version. Raises InvalidArgument and TypeError as ``path`` does."""
        names = _PARAMETER.findall(self.template)
        if set(names) != set(values):
            raise TypeError(f"{self.template} takes {sorted(names)}, got {sorted(values)}")
        return _PARAMETER.sub(lambda match: _segment(match[1], values[match[1]]), self.template)

    @property
    def documented(self) -> str:
        """The whole path as the API document writes it."""
        return (
            f"{API_ROOT}{self.product}/(version){self.template}" if self.product else f"{API_ROOT}{self.template[1:]}"
        )

    def _prefix(self, versions: VersionSource) -> str:
        if not self.product:
            return API_ROOT.rstrip("/")
        version = "unstable" if self.unstable else versions.of(self.product, self.since)
        return f"{API_ROOT}{self.product}/{version}"


def _segment(name: str, value: object) -> str:
    if name not in _TEXT_PARAMETERS:
        return str(d2l_id(value, name))
    if (
        not isinstance(value, str)
        or not 0 < len(value) <= _MAX_TEXT_LENGTH
        or not value.isprintable()
        or not value.strip(". ")
        or set(value) & set("/\\")
    ):
        raise InvalidArgument(_("“%(field)s” is not a name Brightspace could have given."), field=name)
    return quote(value, safe="")


class Origin(StrEnum):
    """Where an action is documented."""

    DOCUMENT = "document"  # in one of the API documents the portal covers
    NEWER = "newer"  # newer than these documents
    SUPPORTING = "supporting"  # in other documents: sign-in, enrolments, rosters


@dataclass(frozen=True)
class Endpoint:
    """One documented action: ``method`` and ``route``, the ``scopes`` that open it, and the service method for it.

    ``source`` is D2L's page about it.
    """

    method: str
    route: Route
    scopes: tuple[str, ...] = ()
    service: str = ""  # dotted name of the method, such as cpd.services.records.RecordService.record
    source: str = ""
    origin: Origin = Origin.DOCUMENT

    @property
    def scope(self) -> str:
        """What a token must have, scopes separated by blanks."""
        return " ".join(self.scopes) or FALLBACK_SCOPE

    @property
    def path(self) -> str:
        """The whole address as the API document writes it."""
        return self.route.documented

    @property
    def since(self) -> str:
        """The first version that has it; ``unstable`` for the moving version; empty if the document names none."""
        return "unstable" if self.route.unstable else self.route.since

    @property
    def document(self) -> str:
        """The document that has it, by the feature's name; else ``newer`` or ``supporting``."""
        return self.service.partition(".")[0] if self.origin is Origin.DOCUMENT else str(self.origin)
