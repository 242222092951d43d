"""Brightspace's addresses: nothing but checked values ever gets into one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote, urlencode

from portal.brightspace.fields import InvalidArgument, d2l_id, write_utc
from portal.brightspace.versions import Versions

QueryValue = str | int | bool | datetime | Sequence[int] | None
Query = Sequence[tuple[str, QueryValue]] | Mapping[str, QueryValue]

ROOT = "/d2l/api/"
MOST_IDS_IN_A_LIST = 100
_PARAMETER = re.compile(r"\(([A-Za-z]+)\)")
_TEXT_PARAMETERS = frozenset({"language", "fileName", "certificateId"})
_LONGEST_TEXT = 255
_PRODUCTS = frozenset({"lp", "le", "bas", ""})


@dataclass(frozen=True, slots=True)
class Route:
    """One documented address. ``template`` names its parameters as the API document does.

    ``product`` is "" for the few addresses outside any product; ``unstable`` asks for the moving
    version some actions exist in only; ``since`` is the first version that has the action.
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

        Raises InvalidArgument for a value that may not enter a path, Unsupported if this site
        lacks the product, TypeError for a missing or an unknown parameter.
        """
        return f"{self._prefix(versions)}{self.filled(values)}"

    def filled(self, values: Mapping[str, object]) -> str:
        """The part of the path behind the version. Raises as ``path`` does for the values."""
        names = _PARAMETER.findall(self.template)
        if set(names) != set(values):
            raise TypeError(f"{self.template} takes {sorted(names)}, got {sorted(values)}")
        return _PARAMETER.sub(lambda found: _segment(found[1], values[found[1]]), self.template)

    @property
    def documented(self) -> str:
        """The whole address as the API document writes it."""
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
        or not 0 < len(value) <= _LONGEST_TEXT
        or not value.isprintable()
        or not value.strip(". ")
        or set(value) & set("/\\")
    ):
        raise InvalidArgument(f"“{name}” is not a name Brightspace could have given.")
    return quote(value, safe="")


def with_query(path: str, query: Query = ()) -> str:
    """``path`` with ``query`` behind it; parameters that are None are left out.

    Booleans become true/false, datetimes UTC with milliseconds, lists of ids comma-separated.
    Raises InvalidArgument for a list that is empty or has more than 100 ids.
    """
    pairs = query.items() if isinstance(query, Mapping) else query
    written = [(name, _written(name, value)) for name, value in pairs if value is not None]
    if not written:
        return path
    try:
        return f"{path}?{urlencode(written, quote_via=quote, safe=',')}"
    except UnicodeEncodeError as error:
        raise InvalidArgument("Brightspace cannot be asked for text with broken characters.") from error


def _written(name: str, value: QueryValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return write_utc(value)
    if isinstance(value, str | int):
        return str(value)
    ids = [str(d2l_id(item, name)) for item in value or ()]
    if not 0 < len(ids) <= MOST_IDS_IN_A_LIST:
        raise InvalidArgument(f"“{name}” takes 1 to {MOST_IDS_IN_A_LIST} ids.")
    return ",".join(ids)


def is_ours_to_call(path: str) -> bool:
    """Whether ``path`` (no query) lies below the API's root however a server may read it."""
    decoded = unquote(path)
    return (
        path.startswith(ROOT)
        and path.isascii()
        and decoded.isprintable()
        and not set(path) & set(" ?#")
        and not set(decoded) & set("\\")
        and not any(part in {".", ".."} for part in unquote(decoded).split("/"))
    )
