"""What can go wrong when Brightspace is asked, named by what the caller can do about it.

    BrightspaceError
    ├── SignInExpired            no usable token: sign in again
    │   └── TokenRejected        this token was refused: refresh once, then sign in again
    ├── ScopeMissing             the portal was not granted a scope: consent again
    ├── NotPermitted             the person's role in Brightspace does not allow it: ask an administrator
    ├── NotFound                 no such thing, or hidden from this person
    ├── Gone                     it was there and has been withdrawn
    ├── Refused                  Brightspace refused what was entered: change it
    │   └── Conflict             it exists already, or somebody changed it meanwhile
    ├── RateLimited              too many calls: wait until ``retry_at``
    ├── Unavailable              no usable response from Brightspace: try again later
    │   ├── DeadlineExceeded     our own deadline ended first
    │   └── OutcomeUnknown       a write was sent and its outcome is unknown: look before repeating
    ├── UnexpectedResponse       a response that is not what Brightspace documents
    │   └── TruncatedResponse    a response that ended too early: the next one may be whole
    └── Unsupported              this Brightspace does not offer an API version the portal needs

An error holds parameters, never words: its ``message`` is a sentence a manager can read (what is missing, why, what to
do), made in the language that is active where it is shown. It never holds a token, an address or a traceback.
"""

import math
from collections.abc import Mapping
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.brightspace.oddities import Oddity


class BrightspaceError(Exception):
    """Root of the tree. ``retry_at`` (UTC) says when trying again makes sense, if that is known.

    ``retryable`` tells the client that asking the same again within a second may well succeed; ``retry_after`` is the
    number of seconds Brightspace asked to be left alone, if it said so.
    """

    retryable = False
    retry_after: float | None = None

    def __init__(self, *, retry_at: datetime | None = None) -> None:
        super().__init__()
        self.retry_at = retry_at

    def __str__(self) -> str:
        return self.message

    @property
    def message(self) -> str:
        """The error in a manager's words, in the active language."""
        return _("Brightspace did not answer properly. Try again in a few minutes.")


class SignInExpired(BrightspaceError):
    """No usable token is available."""

    @property
    def message(self) -> str:
        return _("Your sign-in with Brightspace has ended. Please sign in again.")


class TokenRejected(SignInExpired):
    """Brightspace answered 401: the access token that was sent is not (or no longer) good."""


class ScopeMissing(BrightspaceError):
    """403: the token lacks a scope. ``scope`` names it where Brightspace did."""

    def __init__(self, scope: str | None = None) -> None:
        super().__init__()
        self.scope = scope

    @property
    def message(self) -> str:
        advice = _(
            "Sign in again and agree to it; if that does not help, ask your Brightspace administrator to add the scope "
            "to the portal's registration."
        )
        if not self.scope:
            return _("The portal was not granted a Brightspace scope that this needs. %(advice)s") % {"advice": advice}
        return _("The portal was not granted the Brightspace scope “%(scope)s” that this needs. %(advice)s") % {
            "scope": self.scope,
            "advice": advice,
        }


class NotPermitted(BrightspaceError):
    """403: the person's role does not allow it. ``permission`` is Brightspace's own name for it."""

    def __init__(self, permission: str | None = None, org_unit_id: int | None = None) -> None:
        super().__init__()
        self.permission = permission
        self.org_unit_id = org_unit_id

    @property
    def message(self) -> str:
        known = {"permission": self.permission, "org_unit": self.org_unit_id}
        advice = _("Your Brightspace administrator can change what a role may do.")
        if self.permission and self.org_unit_id:
            reason = _(
                "Brightspace does not let you see or change this: your role in org unit %(org_unit)s lacks the "
                "permission “%(permission)s”."
            )
        elif self.permission:
            reason = _(
                "Brightspace does not let you see or change this: your role lacks the permission “%(permission)s”."
            )
        elif self.org_unit_id:
            reason = _(
                "Brightspace does not let you see or change this: your role in org unit %(org_unit)s does not allow it."
            )
        else:
            reason = _("Brightspace does not let you see or change this: your role does not allow it.")
        return f"{reason % known} {advice}"


class NotFound(BrightspaceError):
    """404: there is no such thing, or it is hidden from this person."""

    @property
    def message(self) -> str:
        return _(
            "Brightspace does not have this, or does not show it to you. It may have been deleted; check in "
            "Brightspace itself."
        )


class Gone(BrightspaceError):
    """410: it existed and has been withdrawn, a revoked award for example."""

    @property
    def message(self) -> str:
        return _("This was withdrawn in Brightspace and can no longer be used or changed.")


class Refused(BrightspaceError):
    """400, 422 and other 4xx: the input was refused.

    ``detail`` is Brightspace's own reason, made safe to show; ``fields`` maps a field's name to what was wrong with it.
    """

    def __init__(self, detail: str = "", fields: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.detail = detail
        self.fields = dict(fields or {})

    @property
    def message(self) -> str:
        if self.detail:
            return _(
                "Brightspace did not accept this request. It says: %(detail)s Check what was entered and try again."
            ) % {"detail": self.detail}
        return _("Brightspace did not accept this request. Check what was entered and try again.")


class Conflict(Refused):
    """409: it exists already or was changed meanwhile."""


class RateLimited(BrightspaceError):
    """429: the credits that all users of the portal share are spent until ``retry_at``."""

    retryable = True
    retry_at: datetime

    def __init__(self, retry_at: datetime, *, retry_after: float | None = None) -> None:
        super().__init__(retry_at=retry_at)
        self.retry_after = retry_after

    @property
    def message(self) -> str:
        return _(
            "Brightspace is being asked too much at the moment, so this could not be loaded. Try again in %(wait)s."
        ) % {"wait": _seconds_in_words(math.ceil((self.retry_at - datetime.now(UTC)).total_seconds()))}


def _seconds_in_words(seconds: int) -> str:
    if seconds <= 1:
        return _("a moment")
    if seconds < 100:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    minutes = math.ceil(seconds / 60)
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


class Unavailable(BrightspaceError):
    """5xx, no connection, a timeout or a dropped connection.

    ``sent`` says whether the request may have reached Brightspace.
    """

    retryable = True

    def __init__(
        self,
        *,
        sent: bool = True,
        retryable: bool = True,
        retry_after: float | None = None,
        retry_at: datetime | None = None,
    ) -> None:
        super().__init__(retry_at=retry_at)
        self.sent = sent
        self.retryable = retryable
        self.retry_after = retry_after


class DeadlineExceeded(Unavailable):
    """Our own deadline ended before Brightspace had answered."""

    def __init__(self, *, sent: bool = True) -> None:
        super().__init__(sent=sent, retryable=False)

    @property
    def message(self) -> str:
        return _("Brightspace took too long to answer, so this is missing here. Try again in a moment.")


class OutcomeUnknown(Unavailable):
    """A write was sent, and whether Brightspace carried it out is unknown."""

    def __init__(self) -> None:
        super().__init__(retryable=False)

    @property
    def message(self) -> str:
        return _(
            "Brightspace did not confirm this change, so it may or may not have been made. Look in Brightspace before "
            "you repeat it."
        )


class UnexpectedResponse(BrightspaceError):
    """A response that is not what Brightspace documents.

    ``reason`` is for the log: it names a place in the response, never its content.
    """

    def __init__(self, oddity: Oddity = Oddity.NOT_UNDERSTOOD, reason: str = "") -> None:
        super().__init__()
        self.oddity = oddity
        self.reason = reason

    @property
    def message(self) -> str:
        return _(
            "Brightspace sent %(what)s, so this is missing here. Try again later; if it stays, tell your Brightspace "
            "administrator."
        ) % {"what": self.oddity.label}


class TruncatedResponse(UnexpectedResponse):
    """A response that ended before it was complete."""

    retryable = True

    def __init__(self, reason: str = "") -> None:
        super().__init__(Oddity.INCOMPLETE, reason)


class Unsupported(BrightspaceError):
    """This Brightspace does not offer version ``needed`` or newer of ``product``, at most version ``offered``."""

    def __init__(self, product: str, needed: str, offered: str = "") -> None:
        super().__init__()
        self.product = product
        self.needed = needed
        self.offered = offered

    @property
    def message(self) -> str:
        template = _(
            "This Brightspace does not offer version %(needed)s or newer of its “%(product)s” API, which the portal "
            "needs for %(purpose)s. Ask your Brightspace administrator whether the site can be updated."
        )
        if self.offered:
            template = _(
                "This needs version %(needed)s of Brightspace's “%(product)s” API (%(purpose)s), and this Brightspace "
                "offers %(offered)s. Ask your Brightspace administrator whether the site can be updated."
            )
        return template % {**vars(self), "purpose": _purpose_of(self.product)}


def _purpose_of(product: str) -> str:
    return {
        "lp": _("people and enrolments"),
        "le": _("CPD and course content"),
        "bas": _("awards"),
    }.get(product, product)
