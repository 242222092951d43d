"""Sign-in as a Flask app: the person picker, the consent page and the token endpoint."""

from __future__ import annotations

import secrets
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import UnsupportedResponseTypeError
from flask import Flask, Response, make_response, redirect, render_template, request, session
from werkzeug.wrappers import Response as WerkzeugResponse

from tests.sandbox.models.people import Person
from tests.sandbox.oauth.authorization_server import SandboxAuthorizationServer
from tests.sandbox.oauth.scopes import description_of
from tests.sandbox.request_log import LoggedRequest
from tests.sandbox.state import State

AUTHORIZE_PATH = "/oauth2/auth"
TOKEN_PATH = "/core/connect/token"
SWITCH_PATH = "/oauth2/switch"
# Form fields of the pages themselves, which are no OAuth parameters.
PAGE_FIELDS = {"person", "decision"}
# Roles in the order in which the picker shows them.
PICKER_ROLES = ("manager", "course_lead", "instructor", "admin", "learner")


def sign_in_app(state: State) -> Flask:
    """The Flask app that serves picker, consent and token endpoint."""
    app = Flask(__name__, static_url_path="/oauth2/assets")
    app.secret_key = secrets.token_bytes(32)
    app.config.update(
        SESSION_COOKIE_NAME="sandbox_lms_session",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
    )
    pages = _SignInPages(state)
    app.add_url_rule("/", view_func=pages.home, methods=["GET"])
    app.add_url_rule(AUTHORIZE_PATH, view_func=pages.authorize, methods=["GET", "POST"])
    app.add_url_rule(SWITCH_PATH, view_func=pages.switch_person, methods=["GET"])
    app.add_url_rule(TOKEN_PATH, view_func=pages.token, methods=["POST"])
    app.after_request(_with_security_headers)
    return app


class _SignInPages:
    def __init__(self, state: State) -> None:
        self._state = state
        self._server = SandboxAuthorizationServer(state)

    def home(self) -> str:
        return render_template("home.html", organisation=self._state.world.organisation.name)

    def authorize(self) -> WerkzeugResponse:
        """The picker, then the consent page, then the redirect back to the app."""
        if error_page := self._invalid_request():
            return error_page
        if "person" in request.form:
            return self._sign_in(request.form["person"].strip())
        person = self._signed_in_person()
        if person is None:
            return self._picker()
        try:
            grant = self._server.get_consent_grant(end_user=person)
        except OAuth2Error as error:
            return self._error(error)
        decision = request.form.get("decision")
        if decision is None and self._state.switches.consent_prompt:
            return self._consent(person, grant.request.scope.split())
        _log_caller(person.person_id)
        granted = decision in (None, "allow")
        response: WerkzeugResponse = self._server.create_authorization_response(
            grant_user=person if granted else None, grant=grant
        )
        return response

    def switch_person(self) -> WerkzeugResponse:
        """Signs out and shows the picker again."""
        session.clear()
        return redirect(f"{AUTHORIZE_PATH}?{urlencode(_oauth_parameters())}", 303)

    def token(self) -> WerkzeugResponse:
        """The token endpoint."""
        try:
            response: WerkzeugResponse = self._server.create_token_response()
        except UnicodeDecodeError:
            # Authlib does not catch Basic credentials that are not UTF-8.
            return make_response({"error": "invalid_request"}, 400)
        return response

    def _invalid_request(self) -> WerkzeugResponse | None:
        """The error for a request that must be refused before any page is shown, or None."""
        registration = self._state.registration
        if request.values.get("client_id") != registration.client_id:
            return _error_page("This client_id is not registered with Brightspace.")
        if not registration.check_redirect_uri(request.values.get("redirect_uri", "")):
            return _error_page("This redirect_uri is not one of those registered for the app.")
        if (response_type := request.values.get("response_type")) != "code":
            error = UnsupportedResponseTypeError(response_type)
            error.redirect_uri = request.values["redirect_uri"]
            return self._error(error)
        try:
            self._server.get_consent_grant()
        except OAuth2Error as error:
            return self._error(error)
        return None

    def _error(self, error: Any) -> WerkzeugResponse:
        error.state = request.values.get("state")
        if not error.redirect_uri:
            return _error_page(error.get_error_description() or error.error)
        response: WerkzeugResponse = self._server.handle_error_response(None, error)
        return response

    def _sign_in(self, person: str) -> WerkzeugResponse:
        person_id = int(person) if person.isdecimal() else 0
        if person_id not in self._state.world.people:
            return self._picker("There is nobody with this id.", 400)
        session["person_id"] = person_id
        return redirect(f"{AUTHORIZE_PATH}?{urlencode(_oauth_parameters())}", 303)

    def _signed_in_person(self) -> Person | None:
        return self._state.world.people.get(session.get("person_id", 0))

    def _picker(self, error: str = "", status: int = 200) -> Response:
        world = self._state.world
        people = [person for person in world.people.values() if person.in_picker]
        people.sort(key=lambda person: (_role_order(person), person.person_id))
        groups = [
            (world.roles[role].name, list(members)) for role, members in groupby(people, key=lambda person: person.role)
        ]
        page = render_template(
            "picker.html",
            groups=groups,
            fields=_oauth_parameters(),
            error=error,
            organisation=world.organisation.name,
        )
        return make_response(page, status)

    def _consent(self, person: Person, scopes: list[str]) -> Response:
        page = render_template(
            "consent.html",
            person=person,
            role=self._state.world.roles[person.role].name,
            app_name=self._state.registration.name,
            scopes=[(scope, description_of(scope)) for scope in scopes],
            fields=_oauth_parameters(),
            switch_url=f"{SWITCH_PATH}?{urlencode(_oauth_parameters())}",
        )
        return make_response(page)


def _oauth_parameters() -> list[tuple[str, str]]:
    """The OAuth parameters of the request, for hidden fields and links of the next page."""
    sources = (request.args, request.form)
    pairs = [pair for source in sources for pair in source.items(multi=True)]
    return [(name, value) for name, value in pairs if name not in PAGE_FIELDS]


def _role_order(person: Person) -> int:
    return PICKER_ROLES.index(person.role) if person.role in PICKER_ROLES else len(PICKER_ROLES)


def _error_page(text: str) -> Response:
    return make_response(render_template("error.html", text=text), 400)


def _log_caller(person_id: int) -> None:
    entry: LoggedRequest = request.environ["sandbox.entry"]
    entry.caller = person_id


def _with_security_headers(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; frame-ancestors 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
