"""One refresh of one pair of tokens at Brightspace's token endpoint, never sent twice."""

from collections.abc import Mapping
from typing import Any

import requests

from portal.brightspace import oauth
from portal.brightspace.deadline import Deadline
from portal.brightspace.decipher import retry_at
from portal.brightspace.errors import Down, RateLimited, SignInExpired


class RefreshLost(Exception):
    """Brightspace may have used up the refresh token and its answer did not arrive: the chain is lost."""


def refresh(refresh_token: str) -> Mapping[str, Any]:
    """Trade a refresh token for a new pair.

    Raises SignInExpired if Brightspace refuses the token, RefreshLost if the answer was lost, Down or
    RateLimited if Brightspace said that it did not take the request up.
    """
    session = oauth.session()
    session.register_compliance_hook("refresh_token_response", _understood)
    try:
        with session, Deadline.after(oauth.REFRESH_SECONDS).obeyed():
            token = session.refresh_token(
                session.metadata["token_endpoint"],
                refresh_token=refresh_token,
                scope=oauth.scopes(),
            )
    except requests.ConnectTimeout as error:
        raise Down from error
    except requests.ConnectionError as error:
        raise Down if _never_sent(error) else RefreshLost from error
    except (requests.RequestException, OSError) as error:
        raise RefreshLost from error
    except oauth.OAuthProblem as problem:
        raise _meaning(problem) from problem
    if not token.get("access_token"):
        raise RefreshLost
    return dict(token)


def _understood(response: requests.Response) -> requests.Response:
    if response.status_code == 429:
        raise RateLimited(retry_at(response.headers))
    if response.status_code >= 500:
        raise Down
    try:
        readable = isinstance(response.json(), dict)
    except ValueError:
        readable = False
    if not readable:
        raise RefreshLost
    return response


def _meaning(problem: Exception) -> Exception:
    """``invalid_grant`` ends the chain; anything else is the site's registration, not the person's token."""
    if getattr(problem, "error", "") == "invalid_grant":
        return SignInExpired()
    return Down()


def _never_sent(error: requests.ConnectionError) -> bool:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return type(reason).__name__ in {
        "NewConnectionError",
        "NameResolutionError",
        "ConnectTimeoutError",
    }
