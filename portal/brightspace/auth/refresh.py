"""One refresh of one pair of tokens at Brightspace's token endpoint, never sent twice."""

from collections.abc import Mapping
from typing import Any

import requests
from authlib.integrations.base_client.errors import OAuthError

from portal.brightspace.auth import oauth
from portal.brightspace.auth.token_responses import TokenResponseLost
from portal.brightspace.errors import SignInExpired, Unavailable
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.http.sockets import trace_send

# A chain of tokens ends with these: the token is used up, or was granted less than the portal now asks for.
_END = {"invalid_grant", "invalid_scope"}


def refresh(refresh_token: str, scope: str) -> Mapping[str, Any]:
    """Trade a refresh token for a new pair of the same ``scope``.

    Raises SignInExpired if Brightspace refuses the token, TokenResponseLost if it may have used the token up and
    its answer did not arrive, Down or RateLimited if it did not take the request up.
    """
    session = oauth.oauth_session()
    try:
        with session, trace_send() as trace, Deadline.after(oauth.REFRESH_SECONDS).enforced():
            endpoint = session.metadata["token_endpoint"]
            return dict(session.refresh_token(endpoint, refresh_token=refresh_token, scope=scope or oauth.scopes()))
    except (requests.RequestException, OSError) as error:
        raise (TokenResponseLost if trace.sent else Unavailable) from error
    except OAuthError as problem:
        if problem.error in _END:
            raise SignInExpired from problem
        # Anything else is about the site's registration, not about the person's token.
        oauth.log_refusal(problem)
        raise Unavailable from problem
