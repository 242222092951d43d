"""Sending of one request, within a deadline.

Nothing is shared between people (no cookies), read from the environment (no proxies, no .netrc) or followed (no
redirects).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import requests
import urllib3

from portal.brightspace.configuration import Configuration
from portal.brightspace.errors import DeadlineExceeded, SignInExpired, Unavailable, UnexpectedResponse
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.http.incoming import IncomingResponse, timed_out
from portal.brightspace.http.sockets import shared_adapter, trace_send

_HEADERS = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "TeamPortal"}
_TOKEN = re.compile(r"[\x21-\x7e]+")


def prepare_session(session: requests.Session, configuration: Configuration) -> None:
    """Make a session of requests use the shared connections and ignore the environment.

    Proxy and CA bundle come from ``configuration`` only. Its calls end at the deadline in force.
    """
    session.trust_env = False
    session.mount("https://", shared_adapter())
    session.mount("http://", shared_adapter())
    session.verify = configuration.ca_bundle or True
    session.proxies = _proxies(configuration)
    # Needed besides allow_redirects=False: requests would read the whole body of a redirect to find its target.
    session.get_redirect_target = _no_redirect  # type: ignore[method-assign, assignment]


def _no_redirect(_: requests.Response) -> None:
    return None


@dataclass(frozen=True, slots=True)
class OutgoingRequest:
    """A request to send; ``target`` is path and query."""

    method: str
    target: str
    body: bytes | None = None
    headers: Mapping[str, str] | None = None


def send(
    outgoing: OutgoingRequest,
    *,
    token: str,
    deadline: Deadline,
    configuration: Configuration,
    on_response: Callable[[Mapping[str, str], int], None] | None = None,
) -> IncomingResponse:
    """Send once and return when the headers have arrived. With an empty token no credential is sent.

    ``on_response(headers, status)`` is called with them. Raises DeadlineExceeded or Unavailable, whose ``sent`` says
    whether the request may have reached Brightspace; UnexpectedResponse; SignInExpired for a malformed token.
    """
    with deadline.enforced() as effective, trace_send() as trace:
        seconds_left = effective.remaining()  # computed once: a timeout of 0 is not allowed
        if not seconds_left:
            raise DeadlineExceeded(sent=False)
        try:
            response = shared_adapter().send(
                _prepared(outgoing, token, configuration),
                stream=True,
                timeout=(min(configuration.connect_timeout, seconds_left), configuration.read_timeout),
                verify=configuration.ca_bundle or True,
                proxies=_proxies(configuration),
            )
        except requests.Timeout as error:
            raise timed_out(effective, sent=trace.sent) from error
        except requests.exceptions.InvalidHeader as error:
            raise UnexpectedResponse(reason="headers that contradict each other") from error
        except (requests.ConnectionError, urllib3.exceptions.HTTPError) as error:
            raise Unavailable(sent=trace.sent) from error
    if on_response is not None:
        on_response(response.headers, response.status_code)
    return IncomingResponse(response, effective)


def _prepared(outgoing: OutgoingRequest, token: str, configuration: Configuration) -> requests.PreparedRequest:
    """The request, prepared without a session, which would take twice the time and add cookies and the environment."""
    request = requests.PreparedRequest()
    # None gets a Content-Length of 0, an empty body none at all, which servers refuse with a 411.
    body = outgoing.body or None
    request.method, request.url, request.body = outgoing.method, configuration.url + outgoing.target, body
    headers = _HEADERS | dict(outgoing.headers or {})
    # requests would refuse a token with a line break too, but with a message that quotes it.
    if token and not _TOKEN.fullmatch(token):
        raise SignInExpired()
    request.prepare_headers(headers | {"Authorization": f"Bearer {token}"} if token else headers)
    request.prepare_content_length(body)
    return request


def _proxies(configuration: Configuration) -> dict[str, str]:
    return {"http": configuration.proxy, "https": configuration.proxy} if configuration.proxy else {}
