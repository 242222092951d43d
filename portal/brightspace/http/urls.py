"""URLs of Brightspace's API: query strings, and the check that a path belongs to the API."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import quote, unquote, urlencode

from django.utils.translation import gettext_noop as _

from portal.brightspace.codec.fields import InvalidArgument, d2l_id, write_utc
from portal.brightspace.configuration import API_ROOT

QueryValue = str | int | bool | datetime | Sequence[int] | None
QueryParameters = Sequence[tuple[str, QueryValue]] | Mapping[str, QueryValue]

MAX_IDS_IN_LIST = 100


def with_query(path: str, query: QueryParameters = ()) -> str:
    """``path`` with ``query`` appended; parameters that are None are left out.

    Booleans become true/false, datetimes UTC with milliseconds, lists of ids comma-separated.
    Raises InvalidArgument for a list that is empty or has more than 100 ids.
    """
    pairs = query.items() if isinstance(query, Mapping) else query
    parameters = [(name, _as_text(name, value)) for name, value in pairs if value is not None]
    if not parameters:
        return path
    try:
        return f"{path}?{urlencode(parameters, quote_via=quote, safe=',')}"
    except UnicodeEncodeError as error:
        raise InvalidArgument(_("Brightspace cannot be asked for text with broken characters.")) from error


def _as_text(name: str, value: QueryValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return write_utc(value)
    if isinstance(value, str | int):
        return str(value)
    ids = [str(d2l_id(item, name)) for item in value or ()]
    if not 0 < len(ids) <= MAX_IDS_IN_LIST:
        raise InvalidArgument(_("“%(field)s” takes 1 to %(limit)s ids."), field=name, limit=MAX_IDS_IN_LIST)
    return ",".join(ids)


def is_api_path(path: str) -> bool:
    """Whether ``path`` (without query) is below the API's root, also after a server has decoded and normalised it."""
    decoded = unquote(path)
    return (
        path.startswith(API_ROOT)
        and path.isascii()
        and decoded.isprintable()
        and not set(path) & set(" ?#")
        and not set(decoded) & set("\\")
        and not any(part in {".", ".."} for part in unquote(decoded).split("/"))
    )
