"""Errors of signing in, each with a title and a message for the person: what happened, and what to do."""


class SignInFailed(Exception):
    """A sign-in that did not succeed. ``status`` is the HTTP status of its page."""

    def __init__(self, status: int, title: str, message: str) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.message = message

    @classmethod
    def without(cls, missing: list[str]) -> "SignInFailed":
        """The error for scopes that were not granted."""
        return cls(
            403,
            "The portal was given too little access",
            f"Brightspace did not grant: {', '.join(missing)}. Ask your Brightspace administrator to add "
            "this to the portal's registration, then sign in again.",
        )


DENIED = (
    403,
    "You did not agree",
    "The portal shows your team with your own access to Brightspace, so it needs your agreement. "
    "Nothing was stored. You can sign in again whenever you like.",
)
SCOPE_REFUSED = (
    403,
    "The portal is not registered for all it needs",
    "Brightspace refused one of the scopes the portal asks for. Ask your Brightspace administrator to "
    "declare them all in the portal's registration.",
)
TOO_LATE = (
    400,
    "This sign-in is no longer valid",
    "It was started too long ago, in another browser, or has been used already. Please sign in again.",
)
NO_ANSWER = (
    503,
    "Brightspace cannot be reached",
    "Signing in needs Brightspace, and it does not answer just now. Please try again in a few minutes.",
)
REFUSED = (
    403,
    "Brightspace did not complete the sign-in",
    "It refused what the portal sent. Please sign in again; if this stays, tell your Brightspace administrator.",
)

IN_CIRCLES = (
    429,
    "Brightspace ends every sign-in at once",
    "It let you sign in several times within a minute and then refused what the portal asked. "
    "Wait a minute and try again; if this stays, tell your Brightspace administrator.",
)
