"""Routes: the documented paths of Brightspace's API, and their parameters filled with valid values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext_noop as _

from portal.brightspace.codec.fields import InvalidArgument, d2l_id
from portal.brightspace.endpoints.versions import Versions
from portal.brightspace.http.urls import ROOT

_PARAMETER = re.compile(r"\(([A-Za-z]+)\)")
_TEXT_PARAMETERS = frozenset({"language", "fileName", "certificateId"})
_MAX_TEXT_LENGTH = 255
_PRODUCTS = frozenset({"lp", "le", "bas", ""})


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

    def path(self, versions: Versions, **values: object) -> str:
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
        return f"{ROOT}{self.product}/(version){self.template}" if self.product else f"{ROOT}{self.template[1:]}"

    def _prefix(self, versions: Versions) -> str:
        if not self.product:
            return ROOT.rstrip("/")
        version = "unstable" if self.unstable else versions.of(self.product, self.since)
        return f"{ROOT}{self.product}/{version}"


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
