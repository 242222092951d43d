"""The HTTP client: one person's calls to Brightspace as values and errors. Nothing above it knows of HTTP.

Reads are tried up to three times within the deadline. Writes are sent exactly once, and one whose outcome is unknown
says so.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from django.utils.translation import gettext_noop as _

from portal.brightspace.codec.fields import InvalidArgument, Page
from portal.brightspace.codec.json import decode, encode
from portal.brightspace.configuration import Configuration
from portal.brightspace.errors import BrightspaceError, OutcomeUnknown, Unavailable, UnexpectedResponse
from portal.brightspace.http import transport
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.http.downloads import Download
from portal.brightspace.http.incoming import IncomingResponse
from portal.brightspace.http.pages import is_cursor, read_page
from portal.brightspace.http.responses import Response, check_accepted, error_for, parse_response
from portal.brightspace.http.retries import retry_delay
from portal.brightspace.http.transport import OutgoingRequest
from portal.brightspace.http.urls import QueryParameters, is_api_path, with_query
from portal.brightspace.oddities import Oddity

T = TypeVar("T")

MAX_PAGES = 200
OnResponse = Callable[[Mapping[str, str], int], None]


class Client:
    """Calls as the person whose ``token`` this is; safe to share between threads, cheap to make.

    A method may raise any error of ``errors.py`` (OutcomeUnknown: writes only), and InvalidArgument for a path, cursor
    or value that may not be sent. ``before_call`` runs before each call but not before its retries, and may raise;
    ``on_response(headers, status)`` hears of every response; both in the thread that makes the call. An empty token
    makes calls without a credential.
    """

    def __init__(
        self,
        *,
        token: str,
        deadline: Deadline,
        configuration: Configuration,
        before_call: Callable[[], None] | None = None,
        on_response: OnResponse | None = None,
    ) -> None:
        self._deadline = deadline
        self._before_call = before_call
        self._send = partial(
            transport.send, token=token, deadline=deadline, configuration=configuration, on_response=on_response
        )

    def get(self, path: str, answer: type[T], query: QueryParameters = ()) -> T:
        """The JSON at ``path`` as ``answer``."""
        return self._read(_target(path, query), partial(decode, kind=answer))

    def page(self, path: str, item: type[T], query: QueryParameters = ()) -> Page[T]:
        """The first page of the list at ``path``."""
        target = _target(path, query)
        return self._read(target, partial(read_page, item=item, requested=target))

    def next_page(self, cursor: str, item: type[T], *, of: str | None = None) -> Page[T]:
        """The page behind ``cursor``, on the configured host whatever host named it.

        ``of`` is the path the cursor must continue; give it when the cursor came from a browser.
        """
        if not is_cursor(cursor, of):
            raise InvalidArgument(_("This list cannot be continued from there; open it again."))
        return self._read(cursor, partial(read_page, item=item, requested=cursor))

    def list(self, path: str, item: type[T], query: QueryParameters = ()) -> list[T]:
        """All items of the list at ``path``, every page followed.

        Raises UnexpectedResponse for a list that goes in circles or has more than 200 pages.
        """
        items: list[T] = []
        seen: set[str] = set()
        target: str | None = _target(path, query)
        while target is not None:
            if target in seen or len(seen) >= MAX_PAGES:
                raise UnexpectedResponse(Oddity.ENDLESS_LIST)
            seen.add(target)
            receive = partial(_parsed, read=partial(read_page, item=item, requested=target))
            page: Page[T] = self._with_retries(OutgoingRequest("GET", target), receive)
            items.extend(page.items)
            target = page.cursor
        return items

    def put(
        self, path: str, answer: type[T] | None = None, body: object = None, query: QueryParameters = ()
    ) -> T | None:
        """PUT ``body``; the response as ``answer``, or None if none is wanted. Sent once."""
        return self._write_json("PUT", path, answer, body, query)

    def post(
        self, path: str, answer: type[T] | None = None, body: object = None, query: QueryParameters = ()
    ) -> T | None:
        """POST ``body``; the response as ``answer``, or None if none is wanted. Sent once."""
        return self._write_json("POST", path, answer, body, query)

    def delete(
        self, path: str, answer: type[T] | None = None, body: object = None, query: QueryParameters = ()
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
        """POST or PUT ``content`` as it is; the response as ``answer``, or None if none is wanted. Sent once."""
        return self._write(method, path, answer, content, content_type, query)

    def download(self, path: str, query: QueryParameters = ()) -> Download:
        """The file at ``path``, streamed: read it before the deadline, and close it."""
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        return self._with_retries(OutgoingRequest("GET", _target(path, query), headers=headers), _download)

    def _read(self, target: str, read: Callable[[bytes], T]) -> T:
        """GET ``target``; what ``read`` makes of the body. Retried as ``retry_delay`` says."""
        return self._with_retries(OutgoingRequest("GET", target), partial(_parsed, read=read))

    def _with_retries(self, request: OutgoingRequest, receive: Callable[[IncomingResponse], T]) -> T:
        if self._before_call is not None:
            self._before_call()
        tries = 1
        while True:
            try:
                return receive(self._send(request))
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
        request = OutgoingRequest(method, _target(path, query), content, headers)
        try:
            response = _whole(self._send(request))
            if answer is not None:
                return parse_response(response, partial(decode, kind=answer), _now())
            check_accepted(response, _now())
        except Unavailable as error:
            if not error.sent:
                raise
            raise OutcomeUnknown() from error
        except UnexpectedResponse as error:
            raise OutcomeUnknown() from error
        return None


def _parsed(incoming: IncomingResponse, read: Callable[[bytes], T]) -> T:
    return parse_response(_whole(incoming), read, _now())


def _whole(incoming: IncomingResponse) -> Response:
    return Response(incoming.status, incoming.headers, incoming.read())


def _download(incoming: IncomingResponse) -> Download:
    if 200 <= incoming.status < 300:
        return Download(incoming)
    raise error_for(_whole(incoming), _now()) or UnexpectedResponse()


def _target(path: str, query: QueryParameters) -> str:
    if not is_api_path(path):
        raise InvalidArgument(_("This is not an address of Brightspace's API."))
    return with_query(path, query)


def _now() -> datetime:
    return datetime.now(UTC)
