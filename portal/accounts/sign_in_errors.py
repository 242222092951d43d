"""Errors of signing in, by code, and the title and message that the person is shown for each."""

from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


class SignInProblem(StrEnum):
    """Why a sign-in did not succeed."""

    CONSENT_DENIED = "consent_denied"
    SCOPE_REFUSED = "scope_refused"  # by Brightspace: the registration does not declare it
    SCOPE_MISSING = "scope_missing"  # from what was granted; the parameter ``scopes`` names them
    NO_LONGER_VALID = "no_longer_valid"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    REDIRECT_LOOP = "redirect_loop"


class _Text(NamedTuple):
    """The HTTP status of the error page, and its title and message before translation."""

    status: int
    title: str
    message: str


_TEXTS = {
    SignInProblem.CONSENT_DENIED: _Text(
        403,
        _("You did not agree"),
        _(
            "The portal shows your team with your own access to Brightspace, so it needs your agreement. "
            "Nothing was stored. You can sign in again whenever you like."
        ),
    ),
    SignInProblem.SCOPE_REFUSED: _Text(
        403,
        _("The portal is not registered for all it needs"),
        _(
            "Brightspace refused one of the scopes the portal asks for. Ask your Brightspace administrator to "
            "declare them all in the portal's registration."
        ),
    ),
    SignInProblem.SCOPE_MISSING: _Text(
        403,
        _("The portal was given too little access"),
        _(
            "Brightspace did not grant: %(scopes)s. Ask your Brightspace administrator to add "
            "this to the portal's registration, then sign in again."
        ),
    ),
    SignInProblem.NO_LONGER_VALID: _Text(
        400,
        _("This sign-in is no longer valid"),
        _("It was started too long ago, in another browser, or has been used already. Please sign in again."),
    ),
    SignInProblem.UNREACHABLE: _Text(
        503,
        _("Brightspace cannot be reached"),
        _("Signing in needs Brightspace, and it does not answer just now. Please try again in a few minutes."),
    ),
    SignInProblem.REFUSED: _Text(
        403,
        _("Brightspace did not complete the sign-in"),
        _("It refused what the portal sent. Please sign in again; if this stays, tell your Brightspace administrator."),
    ),
    SignInProblem.REDIRECT_LOOP: _Text(
        429,
        _("Brightspace ends every sign-in at once"),
        _(
            "It let you sign in several times within a minute and then refused what the portal asked. "
            "Wait a minute and try again; if this stays, tell your Brightspace administrator."
        ),
    ),
}


class SignInFailed(Exception):
    """A sign-in that did not succeed. ``title`` and ``message`` are in the language active when they are read."""

    def __init__(self, problem: SignInProblem, **parameters: object) -> None:
        super().__init__(problem)
        self.problem = problem
        self.parameters = parameters

    @property
    def status(self) -> int:
        """The HTTP status of the error page."""
        return _TEXTS[self.problem].status

    @property
    def title(self) -> str:
        """What happened, in a few words."""
        return gettext(_TEXTS[self.problem].title)

    @property
    def message(self) -> str:
        """What happened, and what the person can do."""
        return gettext(_TEXTS[self.problem].message) % self.parameters
