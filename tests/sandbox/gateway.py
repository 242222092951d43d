"""The API's front door: route, token, scope, credits; then the handler, or a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from werkzeug import Request

from tests.sandbox.answers import PROBLEM_TYPE, Answer, Refusal
from tests.sandbox.faults import Target, subjects_of
from tests.sandbox.misfortune import insufficient_scope, no_scopes, suffer
from tests.sandbox.request_log import LoggedRequest, fingerprint
from tests.sandbox.routing import ROUTES, Action, Call, Caller
from tests.sandbox.scopes import allows
from tests.sandbox.state import State
from tests.sandbox.wire import Wire


class Gateway:
    """Answers everything under ``/d2l/api/``."""

    def __init__(self, state: State) -> None:
        self._state = state

    def answer(self, request: Request, entry: LoggedRequest, wire: Wire) -> Answer:
        """One call, under whatever faults befall it."""
        actions, ids = ROUTES.find(request.path) or ({}, {})
        entry.route = next((action.template for action in actions.values()), None)
        caller = self._caller(request, entry)
        entry.caller = caller.person_id if caller else None
        target = Target(
            entry.route,
            request.method,
            request.full_path.rstrip("?"),
            entry.caller,
            subjects_of(ids, request.args),
        )
        faults = self._state.faults.take(target)
        entry.faults = [fault.kind for fault in faults]
        self._state.pause(self._state.latency.of(entry.route))

        def work() -> Answer:
            try:
                return self._work(request, actions, ids, caller, entry)
            except Refusal as refusal:
                return self._shaped(refusal.answer)

        return suffer(faults, target, wire, work, self._state.pause)

    def _caller(self, request: Request, entry: LoggedRequest) -> Caller | None:
        text = _bearer(request)
        if text is None:
            return None
        entry.token = fingerprint(text)
        token = self._state.tokens.access(text)
        return Caller(token.person_id, token.client_id, token.scopes) if token else None

    def _work(
        self,
        request: Request,
        actions: Mapping[str, Action],
        ids: Mapping[str, str],
        caller: Caller | None,
        entry: LoggedRequest,
    ) -> Answer:
        action = self._action(request.method, actions, ids)
        headers: dict[str, str] = {}
        if not action.public:
            self._admit(request, action, caller)
            headers = self._charge(entry)
        call = Call(
            world=self._state.world,
            caller=caller,
            method=request.method,
            route=action.template,
            version=ids.get("version", ""),
            ids=ids,
            query=request.args,
            headers=request.headers,
            body=request.get_data(),
            host_url=request.host_url.rstrip("/"),
            path=request.path,
            versions=self._state.versions,
        )
        try:
            with self._state.world.lock:
                answer = action.handler(call)
        except Refusal as refusal:
            answer = refusal.answer
        if self._state.observer is not None:
            self._state.observer(call, answer)
        answer = self._shaped(answer)
        return replace(answer, headers={**answer.headers, **headers})

    def _action(self, method: str, actions: Mapping[str, Action], ids: Mapping[str, str]) -> Action:
        if not actions:
            raise Refusal.not_found()
        version = ids.get("version", "")
        served = {name: action for name, action in actions.items() if action.serves(version, self._state.versions)}
        if not served:
            raise Refusal.not_found()
        if method not in served:
            allow = ", ".join(sorted(served))
            raise Refusal(Answer(b"", 405, {"Allow": allow}, content_type=""))
        return served[method]

    def _admit(self, request: Request, action: Action, caller: Caller | None) -> None:
        if _bearer(request) is None:
            if self._state.switches.no_credential == "401":
                raise Refusal.invalid_token()
            raise Refusal.html_403()
        if caller is None or caller.person_id not in self._state.world.people:
            raise Refusal.invalid_token()
        if not allows(caller.scopes, action.scopes):
            if not action.scopes:
                raise no_scopes()
            raise insufficient_scope(f"{action.method} {action.template}")

    def _charge(self, entry: LoggedRequest) -> dict[str, str]:
        switches = self._state.switches
        if not switches.rate_limiting:
            return {}
        charge = self._state.bucket.take(
            switches.credits_per_call,
            limit=switches.credit_limit,
            window_seconds=switches.credit_window_seconds,
        )
        if not charge.granted:
            refusal = Refusal.errors(["Rate limit exceeded."], 429).answer
            raise Refusal(replace(refusal, headers=charge.headers()))
        entry.credits = charge.cost
        return charge.headers() if switches.credit_headers else {}

    def _shaped(self, answer: Answer) -> Answer:
        """A refusal in the shape its switch asks for."""
        shape = {404: self._state.switches.not_found, 403: self._state.switches.forbidden}
        if answer.content_type != PROBLEM_TYPE or answer.status not in shape:
            return answer
        title = answer.value["title"]
        return {
            "problem": answer,
            "errors": Refusal.errors([title], answer.status).answer,
            "html": Refusal.html(answer.status, title).answer,
            "empty": Answer.empty(answer.status),
        }[shape[answer.status]]


def _bearer(request: Request) -> str | None:
    """The token presented; None when there is no bearer credential at all."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None
