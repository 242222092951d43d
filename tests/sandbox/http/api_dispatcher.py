"""The dispatcher of the API: it checks route, token, scope and credits, then runs the action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from werkzeug import Request

import tests.sandbox.actions  # noqa: F401  (registers the actions)
from tests.sandbox.api.calls import Authorization, Call
from tests.sandbox.api.responses import PROBLEM_TYPE, ApiError, Response
from tests.sandbox.api.routing import ROUTES, Action
from tests.sandbox.faults.injection import with_faults
from tests.sandbox.faults.registry import FaultTarget, subjects_of
from tests.sandbox.faults.transmission import TransmissionFaults
from tests.sandbox.oauth.scopes import allows
from tests.sandbox.request_log import LoggedRequest, fingerprint
from tests.sandbox.state import State


@dataclass(frozen=True)
class _Match:
    """The actions of the route that a request's path matches, and the path's parameters."""

    actions: Mapping[str, Action]
    ids: Mapping[str, str]

    @property
    def template(self) -> str | None:
        return next((action.template for action in self.actions.values()), None)

    @property
    def version(self) -> str:
        return self.ids.get("version", "")


class ApiDispatcher:
    """Responds to everything below ``/d2l/api/``."""

    def __init__(self, state: State) -> None:
        self._state = state

    def respond(self, request: Request, entry: LoggedRequest, transmission: TransmissionFaults) -> Response:
        """The response to one request, under the faults that match it; ``entry`` is filled in for the log."""
        match = _Match(*(ROUTES.find(request.path) or ({}, {})))
        authorization = self._authorization(request, entry)
        entry.route = match.template
        entry.caller = authorization.person_id if authorization else None
        target = FaultTarget(
            entry.route,
            request.method,
            request.full_path.rstrip("?"),
            entry.caller,
            subjects_of(match.ids, request.args),
        )
        faults = self._state.faults.take(target)
        entry.faults = [fault.kind for fault in faults]
        self._state.pause(self._state.latency.of(entry.route))

        def work() -> Response:
            try:
                return self._run(request, match, authorization, entry)
            except ApiError as error:
                return self._shaped(error.response)

        return with_faults(faults, target, transmission, work, self._state.pause)

    def _authorization(self, request: Request, entry: LoggedRequest) -> Authorization | None:
        text = _bearer_token(request)
        if text is None:
            return None
        entry.token = fingerprint(text)
        token = self._state.tokens.access(text)
        return Authorization(token.person_id, token.client_id, token.scopes) if token else None

    def _run(
        self, request: Request, match: _Match, authorization: Authorization | None, entry: LoggedRequest
    ) -> Response:
        action = self._action(request.method, match)
        rate_headers: dict[str, str] = {}
        if not action.public:
            self._require_authorization(request, action, authorization)
            rate_headers = self._charge(entry)
        call = self._call(request, match, action, authorization)
        try:
            with self._state.world.lock:
                response = action.handler(call)
        except ApiError as error:
            response = error.response
        if self._state.observer is not None:
            self._state.observer(call, response)
        response = self._shaped(response)
        return replace(response, headers={**response.headers, **rate_headers})

    def _action(self, method: str, match: _Match) -> Action:
        versions = self._state.versions
        served = {name: action for name, action in match.actions.items() if action.serves(match.version, versions)}
        if not served:
            raise ApiError.not_found()
        if method not in served:
            raise ApiError(Response(b"", 405, {"Allow": ", ".join(sorted(served))}, content_type=""))
        return served[method]

    def _require_authorization(self, request: Request, action: Action, authorization: Authorization | None) -> None:
        if _bearer_token(request) is None:
            if self._state.switches.no_credential == "401":
                raise ApiError.invalid_token()
            raise ApiError.html_403()
        if authorization is None or authorization.person_id not in self._state.world.people:
            raise ApiError.invalid_token()
        if not allows(authorization.scopes, action.scopes):
            if not action.scopes:
                raise ApiError.no_scopes()
            raise ApiError.insufficient_scope(f"{action.method} {action.template}")

    def _charge(self, entry: LoggedRequest) -> dict[str, str]:
        """Takes the call's credits; the rate headers of the response, or a 429."""
        switches = self._state.switches
        if not switches.rate_limiting:
            return {}
        charge = self._state.rate_limit.take(
            switches.credits_per_call,
            limit=switches.credit_limit,
            window_seconds=switches.credit_window_seconds,
        )
        if not charge.granted:
            response = ApiError.errors(["Rate limit exceeded."], 429).response
            raise ApiError(replace(response, headers=charge.headers()))
        entry.credits = charge.cost
        return charge.headers() if switches.credit_headers else {}

    def _call(self, request: Request, match: _Match, action: Action, authorization: Authorization | None) -> Call:
        return Call(
            world=self._state.world,
            authorization=authorization,
            method=request.method,
            route=action.template,
            version=match.version,
            ids=match.ids,
            query=request.args,
            headers=request.headers,
            body=request.get_data(),
            host_url=request.host_url.rstrip("/"),
            path=request.path,
            versions=self._state.versions,
        )

    def _shaped(self, response: Response) -> Response:
        """A 403 or 404 in the shape its switch asks for."""
        shapes = {404: self._state.switches.not_found, 403: self._state.switches.forbidden}
        if response.content_type != PROBLEM_TYPE or response.status not in shapes:
            return response
        title = response.value["title"]
        return {
            "problem": response,
            "errors": ApiError.errors([title], response.status).response,
            "html": ApiError.html(response.status, title).response,
            "empty": Response.empty(response.status),
        }[shapes[response.status]]


def _bearer_token(request: Request) -> str | None:
    """The token presented; None when there is no bearer credential at all."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None
