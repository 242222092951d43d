"""What can go wrong when Brightspace is asked, named by what the caller can do about it.

    BrightspaceError
    ├── SignInExpired        no usable token: sign in again
    │   └── TokenRejected    this token was refused: refresh once, then sign in again
    ├── ScopeMissing         the portal was not granted a scope: consent again
    ├── NotPermitted         the person's role in Brightspace does not allow it: ask an administrator
    ├── NotFound             no such thing, or hidden from this person
    ├── Gone                 it was there and has been withdrawn
    ├── Refused              Brightspace refused what was entered: change it
    │   └── Conflict         it exists already, or somebody changed it meanwhile
    ├── RateLimited          too many calls: wait until ``retry_at``
    ├── Down                 no usable reply from Brightspace: try again later
    │   ├── DeadlineExceeded        our own deadline ended first
    │   └── Unclear          a write was sent and its outcome is unknown: look before repeating
    ├── UnexpectedResponse           a reply that is not what Brightspace documents
    │   └── TruncatedResponse         a reply that ended too early: the next one may be whole
    └── Unsupported          this Brightspace does not offer the API versions the portal needs

Every error carries a message a manager can read: what is missing, why, what to do. It never holds
a token, an address or a traceback.
"""

import math
from collections.abc import Mapping
from datetime import UTC, datetime


class BrightspaceError(Exception):
    """Root of the tree. ``retry_at`` (UTC) says when trying again makes sense, if that is known.

    ``retryable`` tells the client that asking the same again within a second may well succeed;
    ``retry_after`` is the number of seconds Brightspace asked to be left alone, if it said so.
    """

    retryable = False
    retry_after: float | None = None

    def __init__(self, message: str, *, retry_at: datetime | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.retry_at = retry_at


class SignInExpired(BrightspaceError):
    """No usable token is at hand."""

    def __init__(
        self,
        message: str = "Your sign-in with Brightspace has ended. Please sign in again.",
    ) -> None:
        super().__init__(message)


class TokenRejected(SignInExpired):
    """Brightspace answered 401: the access token that was sent is not (or no longer) good."""


class ScopeMissing(BrightspaceError):
    """403: the token lacks a scope. ``scope`` names it where Brightspace did."""

    def __init__(self, scope: str | None = None) -> None:
        named = f" “{scope}”" if scope else ""
        super().__init__(
            f"The portal was not granted the Brightspace scope{named} that this needs. Sign in "
            "again and agree to it; if that does not help, ask your Brightspace administrator "
            "to add the scope to the portal's registration."
        )
        self.scope = scope


class NotPermitted(BrightspaceError):
    """403: the person's role does not allow it. ``permission`` is Brightspace's own name for it."""

    def __init__(self, permission: str | None = None, org_unit_id: int | None = None) -> None:
        where = f" in org unit {org_unit_id}" if org_unit_id else ""
        which = (
            f"your role{where} lacks the permission “{permission}”"
            if permission
            else f"your role{where} does not allow it"
        )
        super().__init__(
            f"Brightspace does not let you see or change this: {which}. Your Brightspace administrator "
            "can change what a role may do."
        )
        self.permission = permission
        self.org_unit_id = org_unit_id


class NotFound(BrightspaceError):
    """404: there is no such thing, or it is hidden from this person."""

    def __init__(self) -> None:
        super().__init__(
            "Brightspace does not have this, or does not show it to you. It may have been "
            "deleted; check in Brightspace itself."
        )


class Gone(BrightspaceError):
    """410: it existed and has been withdrawn, a revoked award for example."""

    def __init__(self) -> None:
        super().__init__("This was withdrawn in Brightspace and can no longer be used or changed.")


class Refused(BrightspaceError):
    """400, 422 and other 4xx: the input was refused.

    ``detail`` is Brightspace's own reason, made safe to show; ``fields`` maps a field's name to
    what was wrong with it.
    """

    def __init__(self, detail: str = "", fields: Mapping[str, str] | None = None) -> None:
        reason = f" It says: {detail}" if detail else ""
        super().__init__(f"Brightspace did not accept this request.{reason} Check what was entered and try again.")
        self.detail = detail
        self.fields = dict(fields or {})


class Conflict(Refused):
    """409: it exists already or was changed meanwhile."""


class RateLimited(BrightspaceError):
    """429: the credits all portal users share are spent until ``retry_at``."""

    retryable = True

    def __init__(self, retry_at: datetime, *, retry_after: float | None = None) -> None:
        super().__init__(
            "Brightspace is being asked too much at the moment, so this could not be loaded. "
            f"Try again in {_from_now(retry_at)}.",
            retry_at=retry_at,
        )
        self.retry_after = retry_after


def _from_now(moment: datetime) -> str:
    seconds = math.ceil((moment - datetime.now(UTC)).total_seconds())
    if seconds <= 1:
        return "a moment"
    return f"{seconds} seconds" if seconds < 100 else f"{math.ceil(seconds / 60)} minutes"


class Unavailable(BrightspaceError):
    """5xx, no connection, a timeout or a dropped connection.

    ``sent`` says whether the request may have reached Brightspace.
    """

    retryable = True

    def __init__(
        self,
        message: str = "Brightspace did not answer properly. Try again in a few minutes.",
        *,
        sent: bool = True,
        retryable: bool = True,
        retry_after: float | None = None,
        retry_at: datetime | None = None,
    ) -> None:
        super().__init__(message, retry_at=retry_at)
        self.sent = sent
        self.retryable = retryable
        self.retry_after = retry_after


class DeadlineExceeded(Unavailable):
    """Our own deadline ended before Brightspace had answered."""

    def __init__(self, *, sent: bool = True) -> None:
        super().__init__(
            "Brightspace took too long to answer, so this is missing here. Try again in a moment.",
            sent=sent,
            retryable=False,
        )


class OutcomeUnknown(Unavailable):
    """A write was sent, and whether Brightspace carried it out is unknown."""

    def __init__(self) -> None:
        super().__init__(
            "Brightspace did not confirm this change, so it may or may not have been made. "
            "Look in Brightspace before you repeat it.",
            retryable=False,
        )


class UnexpectedResponse(BrightspaceError):
    """A reply that is not what Brightspace documents: a web page, a redirect, too large, misshapen.

    ``reason`` is for the log: it names a place in the reply, never its content.
    """

    def __init__(self, what: str = "an answer the portal cannot read", reason: str = "") -> None:
        super().__init__(
            f"Brightspace sent {what}, so this is missing here. Try again later; if it stays, "
            "tell your Brightspace administrator."
        )
        self.reason = reason


class TruncatedResponse(UnexpectedResponse):
    """A reply that ended before it was complete."""

    retryable = True

    def __init__(self, reason: str = "") -> None:
        super().__init__("an incomplete answer", reason)


class Unsupported(BrightspaceError):
    """This Brightspace does not offer an API version the portal can work with."""
