"""Responses of the sandbox and its error responses, in Brightspace's own shapes."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

JSON_TYPE = "application/json; charset=UTF-8"
PROBLEM_TYPE = "application/problem+json; charset=UTF-8"
HTML_TYPE = "text/html; charset=utf-8"
PROBLEM_DOCS = "http://docs.valence.desire2learn.com/res/apiprop.html"


@dataclass(frozen=True)
class Response:
    """One HTTP response. ``value`` is JSON data, ready bytes, or an iterator of byte chunks to stream."""

    value: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = JSON_TYPE

    @classmethod
    def empty(cls, status: int = 200) -> Response:
        """A response without a body."""
        return cls(b"", status, content_type="")

    @classmethod
    def file(cls, content: bytes, name: str, content_type: str, *, inline: bool = False) -> Response:
        """A file, as an attachment or, as ``stream=true`` asks for, inline."""
        plain = name.encode("ascii", "replace").decode().replace('"', "'")
        disposition = f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
        return cls(content, headers={"Content-Disposition": disposition}, content_type=content_type)

    @property
    def is_stream(self) -> bool:
        """Whether the body is an iterator of chunks rather than JSON data or bytes."""
        return hasattr(self.value, "__next__")

    def body(self) -> bytes:
        """The body as bytes; not for a stream, which has to be iterated."""
        if isinstance(self.value, bytes):
            return self.value
        return json.dumps(self.value, ensure_ascii=False, separators=(",", ":")).encode()


class ApiError(Exception):
    """Raised by an action to end the call with an error response."""

    def __init__(self, response: Response) -> None:
        super().__init__(f"refused with {response.status}")
        self.response = response

    @classmethod
    def problem(cls, status: int, fragment: str, title: str, detail: str) -> ApiError:
        """An RFC 7807 body as Brightspace writes it."""
        body = {
            "type": f"{PROBLEM_DOCS}#{fragment}",
            "title": title,
            "status": status,
            "detail": detail,
        }
        return cls(Response(body, status, content_type=PROBLEM_TYPE))

    @classmethod
    def not_authorized(cls, security_variable: str, org_unit_id: int | None = None) -> ApiError:
        """403 that names the missing permission, e.g. ``Quizzing.SeeQuizzing``."""
        org_unit = "" if org_unit_id is None else f"orgUnitId: {org_unit_id}, "
        detail = f"Not authorized for [ {org_unit}securityVariableName: {security_variable} ]"
        return cls.problem(403, "not-authorized", "Not Authorized", detail)

    @classmethod
    def insufficient_scope(cls, route: str) -> ApiError:
        """403 for a token without any of the scopes an action lists."""
        return cls(Response({"Error": f"Insufficient scope to call {route}"}, 403))

    @classmethod
    def no_scopes(cls) -> ApiError:
        """403 for an action that lists no scopes when the token lacks ``core:*:*``."""
        return cls.errors(["No scopes defined for specified requests."], 403)

    @classmethod
    def invalid_parameters(cls, detail: str) -> ApiError:
        """400 for a query, path or body Brightspace does not accept."""
        return cls.problem(400, "invalid-parameters", "Invalid Parameters", detail)

    @classmethod
    def invalid_token(cls) -> ApiError:
        """401 for a token that is malformed, unknown or expired."""
        return cls.problem(401, "invalid-token", "Unauthorized", "Couldn't parse token")

    @classmethod
    def not_found(cls) -> ApiError:
        """404 for something that does not exist or is hidden from the caller."""
        return cls.problem(404, "not-found", "Not Found", "Resource not found.")

    @classmethod
    def gone(cls) -> ApiError:
        """410 for something that was withdrawn, e.g. a revoked award."""
        return cls.problem(410, "gone", "Gone", "Resource is no longer available.")

    @classmethod
    def conflict(cls, detail: str) -> ApiError:
        """409 for something that exists already."""
        return cls.problem(409, "conflict", "Conflict", detail)

    @classmethod
    def errors(cls, messages: Sequence[str], status: int = 400) -> ApiError:
        """An error in the older body ``{"Errors": [{"Message": …}]}``."""
        return cls(Response({"Errors": [{"Message": message} for message in messages]}, status))

    @classmethod
    def html(cls, status: int, title: str) -> ApiError:
        """An error as a web page."""
        return cls(html_page(status, title, "The request could not be completed."))

    @classmethod
    def html_403(cls) -> ApiError:
        """A missing permission as a web page."""
        return cls(html_page(403, "Not Authorized", "You are not authorized to view this page."))

    @classmethod
    def empty(cls, status: int) -> ApiError:
        """An error without a body."""
        return cls(Response.empty(status))


def html_page(status: int, title: str, text: str) -> Response:
    """A bare web page, as the LMS's web servers send when the API is not reached."""
    title, text = html.escape(title), html.escape(text)
    page = (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title></head>'
        f"<body><h1>{title}</h1><p>{text}</p></body></html>"
    )
    return Response(page.encode(), status, content_type=HTML_TYPE)
