"""The sandbox as one WSGI application: sign-in, API and control API."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from werkzeug import Request
from werkzeug import Response as WsgiResponse

from tests.sandbox.api.responses import Response, html_page
from tests.sandbox.control import Control
from tests.sandbox.control_api import ControlApi
from tests.sandbox.faults.injection import with_faults
from tests.sandbox.faults.registry import FaultTarget
from tests.sandbox.faults.transmission import TransmissionFaults
from tests.sandbox.http.api_dispatcher import ApiDispatcher
from tests.sandbox.oauth.sign_in_pages import AUTHORIZE_PATH, TOKEN_PATH, sign_in_app
from tests.sandbox.request_log import LoggedRequest, fingerprint
from tests.sandbox.state import State

# Headers that a Response carries apart from its other ones.
_SEPARATE_HEADERS = {"Content-Length", "Content-Type"}


class Application:
    """Passes each request to the part that responds to it, and logs it unless it is for the control API."""

    def __init__(self, state: State, control: Control) -> None:
        self._state = state
        self._dispatcher = ApiDispatcher(state)
        self._sign_in = sign_in_app(state)
        self._control_api = ControlApi(control)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The WSGI entry point; the server finds faults of transmission in the environ."""
        request = Request(environ)
        transmission = environ.setdefault("sandbox.transmission", TransmissionFaults())
        if request.path.startswith("/sandbox/"):
            return _send(self._control_api.respond(request), start_response)
        entry = self._log_entry(request)
        response = self._respond(request, entry, transmission)
        entry.status = None if transmission.drop else response.status
        body = response.value if response.is_stream else response.body()
        entry.answer_bytes = len(body) if isinstance(body, bytes) else None
        entry.ended = time.monotonic()
        return _send(response, start_response, body)

    def _log_entry(self, request: Request) -> LoggedRequest:
        path = str(request.environ.get("REQUEST_URI", request.path)).partition("?")[0]
        query = request.query_string.decode("latin-1")
        entry = self._state.log.begin(request.method, path, query)
        entry.host = request.host
        entry.authorization = "Authorization" in request.headers
        entry.cookies = sorted(request.cookies)
        entry.body_bytes = request.content_length or 0
        return entry

    def _respond(self, request: Request, entry: LoggedRequest, transmission: TransmissionFaults) -> Response:
        if request.path.startswith("/d2l/api/"):
            return self._dispatcher.respond(request, entry, transmission)
        if request.path in (AUTHORIZE_PATH, TOKEN_PATH):
            return self._oauth_endpoint(request, entry, transmission)
        if request.path == "/" or request.path.startswith("/oauth2/"):
            return self._sign_in_page(request, entry)
        return html_page(404, "Not Found", "There is no such page.")

    def _oauth_endpoint(self, request: Request, entry: LoggedRequest, transmission: TransmissionFaults) -> Response:
        entry.route = request.path
        request.get_data()  # cached by Werkzeug, so that both this and the sign-in app can read the form
        code, refresh = request.form.get("code", ""), request.form.get("refresh_token", "")
        entry.caller = self._state.tokens.owner_of(code, refresh)
        entry.grant_type = request.form.get("grant_type")
        entry.token = fingerprint(refresh) if refresh else None
        target = FaultTarget(request.path, request.method, request.path, entry.caller)
        faults = self._state.faults.take(target)
        entry.faults = [fault.kind for fault in faults]
        self._state.pause(self._state.latency.of(request.path))
        return with_faults(faults, target, transmission, lambda: self._sign_in_page(request, entry), self._state.pause)

    def _sign_in_page(self, request: Request, entry: LoggedRequest) -> Response:
        environ = {**request.environ, "sandbox.entry": entry}
        environ["wsgi.input"] = io.BytesIO(request.get_data())
        page = WsgiResponse.from_app(self._sign_in, environ)
        headers = {name: value for name, value in page.headers if name not in _SEPARATE_HEADERS}
        return Response(page.get_data(), page.status_code, headers, page.headers.get("Content-Type", ""))


def _send(response: Response, start_response: Any, body: Any = None) -> Iterable[bytes]:
    headers = list(response.headers.items())
    if response.content_type:
        headers.append(("Content-Type", response.content_type))
    start_response(f"{response.status} {_phrase(response.status)}", headers)
    content = response.body() if body is None else body
    return [content] if isinstance(content, bytes) else content


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
