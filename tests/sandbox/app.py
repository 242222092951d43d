"""The stand-in as one WSGI app: sign-in, API and control face behind one request log."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from werkzeug import Request, Response

from tests.sandbox import api
from tests.sandbox.answers import Answer, html_page
from tests.sandbox.authorization import AUTHORIZE_PATH, TOKEN_PATH, sign_in_app
from tests.sandbox.control import Control
from tests.sandbox.control_face import ControlFace
from tests.sandbox.faults import Target
from tests.sandbox.gateway import Gateway
from tests.sandbox.misfortune import suffer
from tests.sandbox.request_log import LoggedRequest, fingerprint
from tests.sandbox.state import State
from tests.sandbox.wire import Wire

__all__ = ["Application", "api"]


class Application:
    """Sends each request to the part that answers it."""

    def __init__(self, state: State, control: Control) -> None:
        self._state = state
        self._gateway = Gateway(state)
        self._sign_in = sign_in_app(state)
        self._control_face = ControlFace(control)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The WSGI entry point."""
        request = Request(environ)
        wire = environ.setdefault("sandbox.wire", Wire())
        if request.path.startswith("/sandbox/"):
            return _send(self._control_face.answer(request), start_response)
        entry = self._begin(request)
        answer = self._answer(request, entry, wire)
        entry.status = None if wire.drop else answer.status
        body = answer.value if answer.is_stream else answer.body()
        entry.answer_bytes = len(body) if isinstance(body, bytes) else None
        entry.ended = time.monotonic()
        return _send(answer, start_response, body)

    def _begin(self, request: Request) -> LoggedRequest:
        path = str(request.environ.get("REQUEST_URI", request.path)).partition("?")[0]
        query = request.query_string.decode("latin-1")
        entry = self._state.log.begin(request.method, path, query)
        entry.host = request.host
        entry.authorization = "Authorization" in request.headers
        entry.cookies = sorted(request.cookies)
        entry.body_bytes = request.content_length or 0
        return entry

    def _answer(self, request: Request, entry: LoggedRequest, wire: Wire) -> Answer:
        if request.path.startswith("/d2l/api/"):
            return self._gateway.answer(request, entry, wire)
        if request.path in (AUTHORIZE_PATH, TOKEN_PATH):
            return self._authorization(request, entry, wire)
        if request.path == "/" or request.path.startswith("/oauth2/"):
            return self._through_flask(request, entry)
        return html_page(404, "Not Found", "There is no such page.")

    def _authorization(self, request: Request, entry: LoggedRequest, wire: Wire) -> Answer:
        entry.route = request.path
        request.get_data()  # kept, so that both this and the sign-in app can read the form
        code, refresh = request.form.get("code", ""), request.form.get("refresh_token", "")
        entry.caller = self._state.tokens.owner_of(code, refresh)
        entry.grant_type = request.form.get("grant_type")
        entry.token = fingerprint(refresh) if refresh else None
        target = Target(request.path, request.method, request.path, entry.caller)
        faults = self._state.faults.take(target)
        entry.faults = [fault.kind for fault in faults]
        self._state.pause(self._state.latency.of(request.path))
        return suffer(faults, target, wire, lambda: self._through_flask(request, entry), self._state.pause)

    def _through_flask(self, request: Request, entry: LoggedRequest) -> Answer:
        environ = {**request.environ, "sandbox.entry": entry}
        environ["wsgi.input"] = io.BytesIO(request.get_data())
        response = Response.from_app(self._sign_in, environ)
        headers = {name: value for name, value in response.headers if name not in _OWN_HEADERS}
        content_type = response.headers.get("Content-Type", "")
        return Answer(response.get_data(), response.status_code, headers, content_type)


_OWN_HEADERS = {"Content-Length", "Content-Type"}


def _send(answer: Answer, start_response: Any, body: Any = None) -> Iterable[bytes]:
    headers = list(answer.headers.items())
    if answer.content_type:
        headers.append(("Content-Type", answer.content_type))
    start_response(f"{answer.status} {_phrase(answer.status)}", headers)
    content = answer.body() if body is None else body
    return [content] if isinstance(content, bytes) else content


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
