"""Responses: the value of a successful one, the error that any other stands for. Pure.

The body of an error may be problem+json, ``{"Errors": […]}``, ``{"Error": …}``, HTML, plain text or empty, whatever its
content type. It is searched for known details only; the kind of error follows from the status, for a 403 from both.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from portal.brightspace.codec.fields import MAX_ID
from portal.brightspace.codec.json import decode
from portal.brightspace.errors import (
    BrightspaceError,
    Conflict,
    Gone,
    NotFound,
    NotPermitted,
    RateLimited,
    Refused,
    ScopeMissing,
    TokenRejected,
    TruncatedResponse,
    Unavailable,
    UnexpectedResponse,
)
from portal.brightspace.http.retries import retry_after_time, retry_at
from portal.brightspace.oddities import Oddity

T = TypeVar("T")

_RETRYABLE = frozenset({408, 500, 502, 503, 504})
_FALLBACK_SCOPE = "core:*:*"

_SCOPE = re.compile(r"(?<![\w:/*])[a-z_*]+:[a-z_*]+:[a-z_*,]+(?![\w:/])")
_PERMISSION = re.compile(r"securityVariableName\W{1,4}([A-Za-z][A-Za-z0-9_.]{0,99})")
_ORG_UNIT = re.compile(r"orgUnitId\W{1,4}([1-9][0-9]{0,15})\b")
_TAG = re.compile(r"<[^>]*>")
_UNDISPLAYABLE = re.compile(r"\S*://\S*|\S*[A-Za-z0-9_\-.=]{40,}\S*")
_MAX_DETAIL_LENGTH = 200
_TEXT_KEYS = (
    "detail",
    "Detail",
    "Message",
    "message",
    "Error",
    "error",
    "title",
    "Title",
)


@dataclass(frozen=True, slots=True)
class Response:
    """A response with its whole body. Look-ups in ``headers`` must ignore case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def parse_response(response: Response, read: Callable[[bytes], T], now: datetime) -> T:
    """What ``read`` returns for the body of a 2xx. Raises the error that any other response stands for."""
    error = error_for(response, now)
    if error is not None:
        raise error
    try:
        return read(response.body)
    except msgspec.ValidationError as mismatch:
        raise UnexpectedResponse(reason=str(mismatch)) from mismatch
    except msgspec.DecodeError as malformed:
        if is_web_page(response):
            raise UnexpectedResponse(Oddity.WEB_PAGE) from malformed
        raise TruncatedResponse(str(malformed)) from malformed


def check_accepted(response: Response, now: datetime) -> None:
    """Raise an error unless the response accepts a write; the body of an accepted one is ignored."""
    error = error_for(response, now)
    if error is not None:
        raise error
    if response.body and is_web_page(response):
        raise UnexpectedResponse(Oddity.WEB_PAGE)


def error_for(response: Response, now: datetime) -> BrightspaceError | None:
    """The error that ``response`` stands for, None for a 2xx. ``retry_at`` is reckoned from ``now`` (UTC)."""
    status = response.status
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        return UnexpectedResponse(Oddity.REDIRECT)
    if status == 429:
        until = retry_after_time(response.headers, now)
        seconds = None if until is None else (until - now).total_seconds()
        return RateLimited(retry_at(response.headers, now), retry_after=seconds)
    if status >= 500 or status == 408:
        return _unavailable(response, now)
    return _client_error(response)


def _unavailable(response: Response, now: datetime) -> Unavailable:
    until = retry_after_time(response.headers, now)
    return Unavailable(
        retryable=response.status in _RETRYABLE,
        retry_after=None if until is None else (until - now).total_seconds(),
        retry_at=until,
    )


def _client_error(response: Response) -> BrightspaceError:
    match response.status:
        case 401:
            return TokenRejected()
        case 403:
            return _forbidden(response)
        case 404:
            return NotFound()
        case 410:
            return Gone()
        case 409:
            return Conflict(_detail(response), _fields(response))
        case _:
            return Refused(_detail(response), _fields(response))


def _forbidden(response: Response) -> BrightspaceError:
    text = _text(response)
    lower = text.lower()
    header = response.headers.get("WWW-Authenticate", "")
    if "no scopes defined" in lower:
        return ScopeMissing(_FALLBACK_SCOPE)
    if "insufficient scope" in lower or "insufficient_scope" in header:
        scope = _SCOPE.search(text) or _SCOPE.search(header)
        return ScopeMissing(scope[0] if scope else None)
    permission = _PERMISSION.search(text)
    org_unit = _ORG_UNIT.search(text)
    org_unit_id = int(org_unit[1]) if org_unit else None
    if org_unit_id is not None and org_unit_id > MAX_ID:
        org_unit_id = None
    return NotPermitted(permission[1].rstrip(".") if permission else None, org_unit_id)


def is_web_page(response: Response) -> bool:
    """Whether the body is HTML, by its content type or by its first character."""
    content_type = response.headers.get("Content-Type", "").lower()
    return "html" in content_type or response.body.lstrip()[:1] == b"<"


def _parsed(response: Response) -> object:
    """The body as plain JSON values; None if it is not JSON."""
    any_type: Any = Any
    try:
        parsed: object = decode(response.body, any_type)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return parsed


def _text(response: Response) -> str:
    """All text in an error body, joined by blanks."""
    parsed = _parsed(response)
    if parsed is None:
        return _TAG.sub(" ", response.body.decode("utf-8", "replace"))
    return " ".join(_strings(parsed))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _detail(response: Response) -> str:
    """Brightspace's own reason, made safe to show; empty if the body is a web page or has no text."""
    parsed = _parsed(response)
    if parsed is None:
        return "" if is_web_page(response) else _displayable(_text(response))
    if isinstance(parsed, Mapping):
        texts = [parsed[key] for key in _TEXT_KEYS if isinstance(parsed.get(key), str)]
        parsed = texts[:1] or parsed.get("Errors") or []
    return _displayable(" ".join(_strings(parsed)))


def _fields(response: Response) -> dict[str, str]:
    """What was wrong with which field, from ``errors: {name: …}`` or ``Errors: [{Field, …}]``."""
    parsed = _parsed(response)
    if not isinstance(parsed, Mapping):
        return {}
    by_field = parsed.get("errors")
    if isinstance(by_field, Mapping):
        return {_displayable(str(name)): _displayable(" ".join(_strings(by_field[name]))) for name in by_field}
    errors = parsed.get("Errors")
    entries = errors if isinstance(errors, list) else []
    return {
        _displayable(entry["Field"]): _displayable(str(entry.get("Message", "")))
        for entry in entries
        if isinstance(entry, Mapping) and isinstance(entry.get("Field"), str)
    }


def _displayable(text: str) -> str:
    """``text`` without markup, URLs, strings that may be tokens and unprintable characters, at most 200 characters."""
    redacted = _UNDISPLAYABLE.sub("…", _TAG.sub(" ", text))
    line = " ".join("".join(char if char.isprintable() else " " for char in redacted).split())
    return line if len(line) <= _MAX_DETAIL_LENGTH else f"{line[: _MAX_DETAIL_LENGTH - 1]}…"
