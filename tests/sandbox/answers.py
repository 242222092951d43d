"""What the stand-in answers: values, pages of values and refusals, in Brightspace's own shapes."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from tests.sandbox.routing import Call

T = TypeVar("T")

JSON_TYPE = "application/json; charset=UTF-8"
PROBLEM_TYPE = "application/problem+json; charset=UTF-8"
HTML_TYPE = "text/html; charset=utf-8"
PROBLEM_DOCS = "http://docs.valence.desire2learn.com/res/apiprop.html"


@dataclass(frozen=True)
class Answer:
    """One reply. ``value`` is JSON data, ready bytes, or an iterable of byte chunks to stream."""

    value: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = JSON_TYPE

    @classmethod
    def empty(cls, status: int = 200) -> Answer:
        """An answer without a body."""
        return cls(b"", status, content_type="")

    @classmethod
    def file(cls, content: bytes, name: str, content_type: str, *, inline: bool = False) -> Answer:
        """A file stream; ``inline`` drops the attachment disposition as ``stream=true`` does."""
        plain = name.encode("ascii", "replace").decode().replace('"', "'")
        disposition = f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
        return cls(content, headers={"Content-Disposition": disposition}, content_type=content_type)

    @property
    def is_stream(self) -> bool:
        """True when the body is an iterable of chunks rather than JSON data or bytes."""
        return hasattr(self.value, "__next__")

    def body(self) -> bytes:
        """The body as bytes; a stream has none and must be iterated instead."""
        if isinstance(self.value, bytes):
            return self.value
        return json.dumps(self.value, ensure_ascii=False, separators=(",", ":")).encode()


class Refusal(Exception):
    """Raised by a handler to end the call with an error answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"refused with {answer.status}")
        self.answer = answer

    @classmethod
    def problem(cls, status: int, fragment: str, title: str, detail: str) -> Refusal:
        """An RFC 7807 body as Brightspace writes it."""
        body = {
            "type": f"{PROBLEM_DOCS}#{fragment}",
            "title": title,
            "status": status,
            "detail": detail,
        }
        return cls(Answer(body, status, content_type=PROBLEM_TYPE))

    @classmethod
    def not_authorized(cls, security_variable: str, org_unit_id: int | None = None) -> Refusal:
        """403 that names the missing permission, e.g. ``Quizzing.SeeQuizzing``."""
        where = "" if org_unit_id is None else f"orgUnitId: {org_unit_id}, "
        detail = f"Not authorized for [ {where}securityVariableName: {security_variable} ]"
        return cls.problem(403, "not-authorized", "Not Authorized", detail)

    @classmethod
    def invalid_parameters(cls, detail: str) -> Refusal:
        """400 for a query, path or body Brightspace does not accept."""
        return cls.problem(400, "invalid-parameters", "Invalid Parameters", detail)

    @classmethod
    def invalid_token(cls, detail: str = "Couldn't parse token") -> Refusal:
        """401 for a token that is malformed, unknown or expired."""
        return cls.problem(401, "invalid-token", "Unauthorized", detail)

    @classmethod
    def not_found(cls) -> Refusal:
        """404: no such thing, or hidden from the caller."""
        return cls.problem(404, "not-found", "Not Found", "Resource not found.")

    @classmethod
    def gone(cls) -> Refusal:
        """410: the thing existed and was withdrawn, e.g. a revoked award."""
        return cls.problem(410, "gone", "Gone", "Resource is no longer available.")

    @classmethod
    def conflict(cls, detail: str = "Resource already exists.") -> Refusal:
        """409: the thing exists already."""
        return cls.problem(409, "conflict", "Conflict", detail)

    @classmethod
    def errors(cls, messages: Sequence[str], status: int = 400) -> Refusal:
        """The older body ``{"Errors": [{"Message": …}]}``."""
        return cls(Answer({"Errors": [{"Message": message} for message in messages]}, status))

    @classmethod
    def html(cls, status: int, title: str) -> Refusal:
        """A refusal as a web page."""
        return cls(html_page(status, title, "The request could not be completed."))

    @classmethod
    def html_403(cls) -> Refusal:
        """A plain permission refusal as a web page."""
        return cls(html_page(403, "Not Authorized", "You are not authorized to view this page."))

    @classmethod
    def empty(cls, status: int) -> Refusal:
        """A refusal without a body."""
        return cls(Answer.empty(status))


def html_page(status: int, title: str, text: str) -> Answer:
    """A bare web page, as the LMS's web servers send when the API layer is not reached."""
    title, text = html.escape(title), html.escape(text)
    page = (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title></head>'
        f"<body><h1>{title}</h1><p>{text}</p></body></html>"
    )
    return Answer(page.encode(), status, content_type=HTML_TYPE)


def url_with(call: Call, **changes: object) -> str:
    """The address of this call, absolute, with query parameters replaced; ``None`` drops one."""
    pairs = [(k, v) for k, v in call.query.items(multi=True) if k not in changes]
    pairs += [(k, str(v)) for k, v in changes.items() if v is not None]
    query = f"?{urlencode(pairs)}" if pairs else ""
    return f"{call.host_url}{quote(call.path)}{query}"


def object_list_page(
    call: Call,
    objects: Sequence[T],
    *,
    limit: int,
    cursor: str = "bookmark",
    key: Callable[[T], object] | None = None,
    render: Callable[[T], Any] = lambda item: item,
) -> Answer:
    """One page of ``objects`` (all of them, in order) as ``{"Next": URL or null, "Objects": []}``.

    ``cursor`` names the query parameter that ``Next`` carries. ``key`` gives the value it takes
    from the last object of a page; without it, and for ``offset``, the cursor counts objects.
    ``render`` is applied to the objects of the page only.
    """
    start = _start(call, objects, cursor, None if cursor == "offset" else key)
    page = objects[start : start + limit]
    following = None
    if page and start + limit < len(objects):
        by_count = cursor == "offset" or key is None
        mark = start + limit if by_count or key is None else key(page[-1])
        following = url_with(call, **{cursor: mark})
    return Answer({"Next": following, "Objects": [render(item) for item in page]})


def paged_result_set(
    call: Call,
    items: Sequence[T],
    *,
    key: Callable[[T], object],
    page_size: int = 100,
    render: Callable[[T], Any] = lambda item: item,
) -> Answer:
    """One page of ``items`` as ``{"PagingInfo": {"Bookmark", "HasMoreItems"}, "Items": []}``.

    The bookmark is a string also on the last page; only ``HasMoreItems`` ends the loop.
    """
    start = _start(call, items, "bookmark", key)
    page = items[start : start + page_size]
    bookmark = str(key(page[-1])) if page else call.query.get("bookmark", "")
    paging = {"Bookmark": bookmark, "HasMoreItems": start + page_size < len(items)}
    return Answer({"PagingInfo": paging, "Items": [render(item) for item in page]})


def _start(call: Call, items: Sequence[T], cursor: str, key: Callable[[T], object] | None) -> int:
    mark = call.query.get(cursor, "")
    if mark == "":
        return 0
    if key is None:
        return max(0, call.number(cursor, 0))
    for index, item in enumerate(items):
        if str(key(item)) == mark:
            return index + 1
    raise Refusal.invalid_parameters(f"Invalid {cursor}.")


def utc(moment: datetime | None) -> str | None:
    """A UTCDateTime as Brightspace writes it: milliseconds and ``Z``; naive times count as UTC."""
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def rich_text(text: str, markup: str | None = None) -> dict[str, str]:
    """A RichText block; without ``markup`` the HTML side is the escaped text."""
    return {"Text": text, "Html": html.escape(text) if markup is None else markup}
