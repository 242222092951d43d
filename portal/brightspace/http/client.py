"""One person's calls to Brightspace. Nothing above this module knows of HTTP.

Reads are tried up to three times within the deadline. Writes are sent exactly once, and one whose
outcome is unknown says so.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from portal.brightspace.codec.fields import InvalidArgument, decode, encode
from portal.brightspace.configuration import Configuration
from portal.brightspace.errors import BrightspaceError, OutcomeUnknown, Unavailable, UnexpectedResponse
from portal.brightspace.http import transport
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.http.downloads import Download
from portal.brightspace.http.pages import Page, is_cursor, read_page
from portal.brightspace.http.responses import Response, error_for, is_web_page, parse_response
from portal.brightspace.http.retries import retry_delay
from portal.brightspace.http.urls import QueryParameters, is_api_path, with_query

T = TypeVar("T")

MAX_PAGES = 200
OnResponse = Callable[[Mapping[str, str], int], None]


class Client:
    """Calls as the person whose ``token`` this is; safe to share between threads, cheap to make.

    Each method may raise any error of ``errors.py`` but those of the other kind of call (``Unclear``
    belongs to writes), and InvalidArgument for a path, cursor or value that may not be sent.
    ``on_response(headers, status)`` hears of every answer, in the thread that made the call. An empty
    token makes calls without a credential.
    """

    def __init__(
        self,
        *,
        token: str,
        deadline: Deadline,
        configuration: Configuration,
        on_response: OnResponse | None = None,
    ) -> None:
        self._token = token
        self._deadline = deadline
        self._configuration = configuration
        self._on_answer = on_response

    def get(self, path: str, answer: type[T], query: QueryParameters = ()) -> T:
        """The JSON at ``path`` as ``answer``."""
        return self._read(_target(path, query), partial(decode, kind=answer))

    def page(self, path: str, item: type[T], query: QueryParameters = ()) -> Page[T]:
        """The first page of the list at ``path``."""
        return self._page(_target(path, query), item)

    def more(self, cursor: str, item: type[T], *, of: str | None = None) -> Page[T]:
        """The page behind ``cursor``, on the configured host whatever host named it.

        ``of`` is the path the cursor must continue; give it when the cursor came from a browser.
        """
        if not is_cursor(cursor, of):
            raise InvalidArgument("This list cannot be continued from there; open it again.")
        return self._page(cursor, item)

    def everything(self, path: str, item: type[T], query: QueryParameters = ()) -> list[T]:
        """All items of the list at ``path``, every page followed.

        Raises UnexpectedResponse for a list that goes in circles or has more than 200 pages.
        """
        page = self.page(path, item, query)
        items, seen = list(page.items), {_target(path, query)}
        while page.cursor is not None:
            if page.cursor in seen or len(seen) >= MAX_PAGES:
                raise UnexpectedResponse("a list that does not end")
            seen.add(page.cursor)
            page = self._page(page.cursor, item)
            items.extend(page.items)
        return items

    def put(
        self,
        path: str,
        answer: type[T] | None = None,
        body: object = None,
        query: QueryParameters = (),
    ) -> T | None:
        """PUT ``body``; the reply as ``answer``, or None if none is wanted. Sent once."""
        return self._write_json("PUT", path, answer, body, query)

    def post(
        self,
        path: str,
        answer: type[T] | None = None,
        body: object = None,
        query: QueryParameters = (),
    ) -> T | None:
        """POST ``body``; the reply as ``answer``, or None if none is wanted. Sent once."""
        return self._write_json("POST", path, answer, body, query)

    def delete(
        self,
        path: str,
        answer: type[T] | None = None,
        body: object = None,
        query: QueryParameters = (),
    ) -> T | None:
        """DELETE, with a body where the route wants one. Sent once."""
        return self._write_json("DELETE", path, answer, body, query)

    def upload(
        self,
        method: str,
        path: str,
        content: bytes,
        content_type: str,
        answer: type[T] | None = None,
        query: QueryParameters = (),
    ) -> T | None:
        """POST or PUT ``content`` as it is; the reply as ``answer``, or None if none is wanted. Sent once."""
        return self._write(method, path, answer, content, content_type, query)

    def download(self, path: str, query: QueryParameters = ()) -> Download:
        """The file at ``path``, streamed: read it before the deadline, and close it."""
        outgoing = transport.OutgoingRequest(
            "GET",
            _target(path, query),
            headers={"Accept": "*/*", "Accept-Encoding": "identity"},
        )
        return self._with_retries(partial(self._open, outgoing))

    def _page(self, target: str, item: type[T]) -> Page[T]:
        return self._read(target, partial(read_page, item=item, asked=target))

    def _read(self, target: str, read: Callable[[bytes], T]) -> T:
        outgoing = transport.OutgoingRequest("GET", target)

        def once() -> T:
            return parse_response(self._exchange(outgoing), read, _now())

        return self._with_retries(once)

    def _with_retries(self, once: Callable[[], T]) -> T:
        tries = 1
        while True:
            try:
                return once()
            except BrightspaceError as error:
                seconds = retry_delay(error, tries, self._deadline.or_current())
                if seconds is None:
                    raise
            time.sleep(seconds)
            tries += 1

    def _write_json(
        self, method: str, path: str, answer: type[T] | None, body: object, query: QueryParameters
    ) -> T | None:
        content = None if body is None else encode(body)
        return self._write(method, path, answer, content, "application/json", query)

    def _write(
        self,
        method: str,
        path: str,
        answer: type[T] | None,
        content: bytes | None,
        content_type: str,
        query: QueryParameters,
    ) -> T | None:
        headers = None if content is None else {"Content-Type": content_type}
        outgoing = transport.OutgoingRequest(method, _target(path, query), content, headers)
        try:
            reply = self._exchange(outgoing)
            if answer is not None:
                return parse_response(reply, partial(decode, kind=answer), _now())
            _check_accepted(reply)
        except Unavailable as error:
            if not error.sent:
                raise
            raise OutcomeUnknown() from error
        except UnexpectedResponse as error:
            raise OutcomeUnknown() from error
        return None

    def _exchange(self, outgoing: transport.OutgoingRequest) -> Response:
        incoming = self._send(outgoing)
        return Response(incoming.status, incoming.headers, incoming.read())

    def _open(self, outgoing: transport.OutgoingRequest) -> Download:
        incoming = self._send(outgoing)
        if 200 <= incoming.status < 300:
            return Download(incoming)
        error = error_for(Response(incoming.status, incoming.headers, incoming.read()), _now())
        raise error or UnexpectedResponse()

    def _send(self, outgoing: transport.OutgoingRequest) -> transport.IncomingResponse:
        incoming = transport.send(
            outgoing,
            token=self._token,
            deadline=self._deadline,
            configuration=self._configuration,
        )
        if self._on_answer is not None:
            self._on_answer(incoming.headers, incoming.status)
        return incoming


def _check_accepted(reply: Response) -> None:
    """Raise unless a write that answers with nothing was accepted."""
    error = error_for(reply, _now())
    if error is not None:
        raise error
    if reply.body and is_web_page(reply):
        raise UnexpectedResponse("a web page instead of data")


def _target(path: str, query: QueryParameters) -> str:
    if not is_api_path(path):
        raise InvalidArgument("This is not an address of Brightspace's API.")
    return with_query(path, query)


def _now() -> datetime:
    return datetime.now(UTC)
