"""Sending one request: no state shared between people, no environment, no redirects, an end."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

import requests
import urllib3

from portal.brightspace.configuration import Configuration
from portal.brightspace.errors import (
    DeadlineExceeded,
    Oddity,
    SignInExpired,
    TruncatedResponse,
    Unavailable,
    UnexpectedResponse,
)
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.http.sockets import shared_adapter, trace_send

MAX_BODY_BYTES = 8 * 1024 * 1024
MAX_ERROR_BODY_BYTES = 64 * 1024
_CHUNK_BYTES = 64 * 1024
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "TeamPortal"}
_TOKEN = re.compile(r"[\x21-\x7e]+")


def prepare_session(session: requests.Session, configuration: Configuration) -> None:
    """Put ``session`` on the shared connections, cut off from the environment.

    It reads no .netrc and no proxy variable: proxy and CA bundle come from ``configuration`` only.
    Its calls obey the deadline in force where they are made.
    """
    session.trust_env = False
    session.mount("https://", shared_adapter())
    session.mount("http://", shared_adapter())
    session.verify = configuration.ca_bundle or True
    session.proxies = _proxies(configuration)
    # Not following redirects is not enough: requests reads a redirect's whole body to name its target.
    session.get_redirect_target = _no_redirect  # type: ignore[method-assign, assignment]


def _no_redirect(_: requests.Response) -> None:
    return None


@dataclass(frozen=True, slots=True)
class OutgoingRequest:
    """A request: method, path with query, body (JSON) if any, further headers."""

    method: str
    target: str
    body: bytes | None = None
    headers: Mapping[str, str] | None = None


class IncomingResponse:
    """A reply whose headers have arrived; its body is read on demand and never beyond a limit."""

    def __init__(self, response: requests.Response, deadline: Deadline) -> None:
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self._raw: urllib3.HTTPResponse = response.raw
        self._deadline = deadline

    def read(self) -> bytes:
        """The body: of a 2xx whole, of an error what can be had of its first 64 KB."""
        if 200 <= self.status < 300:
            return b"".join(self.chunks(MAX_BODY_BYTES))
        parts: list[bytes] = []
        if self.status >= 400:
            with suppress(Unavailable, UnexpectedResponse):  # the status alone says enough
                parts.extend(self.chunks(MAX_ERROR_BODY_BYTES))
        self.close()
        return b"".join(parts)

    def chunks(self, limit: int | None = None) -> Iterator[bytes]:
        """The decoded body piece by piece, up to ``limit`` bytes; then the connection is given back.

        Raises UnexpectedResponse above the limit, TruncatedResponse for a body that ends early, Unavailable,
        DeadlineExceeded.
        """
        total = 0
        try:
            while piece := self._piece():
                total += len(piece)
                if limit is not None and total > limit:
                    raise UnexpectedResponse(Oddity.TOO_LARGE)
                yield piece
        finally:
            self.close()

    def _piece(self) -> bytes:
        try:
            return self._raw.read1(_CHUNK_BYTES, decode_content=True)
        except urllib3.exceptions.ReadTimeoutError as error:
            raise _timed_out(self._deadline, sent=True) from error
        except urllib3.exceptions.DecodeError as error:
            raise UnexpectedResponse(reason="content encoding") from error
        except urllib3.exceptions.HTTPError as error:
            raise TruncatedResponse("connection ended inside the body") from error

    def close(self) -> None:
        """Give the connection back if all was read, else drop it; harmless to repeat."""
        self._raw.close()


def send(
    outgoing: OutgoingRequest,
    *,
    token: str,
    deadline: Deadline,
    configuration: Configuration,
    on_response: Callable[[Mapping[str, str], int], None] | None = None,
) -> IncomingResponse:
    """Send once and return as soon as the headers are there. An empty token sends none.

    ``on_response(headers, status)`` hears of them. Raises DeadlineExceeded or Unavailable, whose ``sent`` tells
    whether anything may have left this machine; SignInExpired for a token that is none.
    """
    with deadline.enforced() as effective, trace_send() as trace:
        left = effective.remaining()  # looked at once: nothing can be sent with no time at all
        if not left:
            raise DeadlineExceeded(sent=False)
        try:
            response = shared_adapter().send(
                _prepared(outgoing, token, configuration),
                stream=True,
                timeout=(min(configuration.connect_timeout, left), configuration.read_timeout),
                verify=configuration.ca_bundle or True,
                proxies=_proxies(configuration),
            )
        except requests.Timeout as error:
            raise _timed_out(effective, sent=trace.sent) from error
        except requests.exceptions.InvalidHeader as error:
            raise UnexpectedResponse(reason="headers that contradict each other") from error
        except (requests.ConnectionError, urllib3.exceptions.HTTPError) as error:
            raise Unavailable(sent=trace.sent) from error
    if on_response is not None:
        on_response(response.headers, response.status_code)
    return IncomingResponse(response, effective)


def _prepared(outgoing: OutgoingRequest, token: str, configuration: Configuration) -> requests.PreparedRequest:
    """The request without a session: that would cost as much again, and bring a cookie jar and the environment."""
    request = requests.PreparedRequest()
    # No body is said to be of length 0, an empty one of none at all: servers refuse that with a 411.
    body = outgoing.body or None
    request.method, request.url, request.body = outgoing.method, configuration.url + outgoing.target, body
    headers = _HEADERS | dict(outgoing.headers or {})
    # A header with a line break in it would be refused with the token quoted in the message.
    if token and not _TOKEN.fullmatch(token):
        raise SignInExpired()
    request.prepare_headers(headers | {"Authorization": f"Bearer {token}"} if token else headers)
    request.prepare_content_length(body)
    return request


def _proxies(configuration: Configuration) -> dict[str, str]:
    return {"http": configuration.proxy, "https": configuration.proxy} if configuration.proxy else {}


def _timed_out(deadline: Deadline, *, sent: bool) -> Unavailable:
    # A socket may wake a hair before the moment it was told to wait for.
    return DeadlineExceeded(sent=sent) if deadline.remaining() < 0.02 else Unavailable(sent=sent)
