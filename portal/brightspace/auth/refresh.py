"""The refresh of a pair of tokens at Brightspace's token endpoint, sent exactly once."""

from collections.abc import Mapping
from typing import Any

import requests
from authlib.integrations.base_client.errors import OAuthError

from portal.brightspace.auth import oauth
from portal.brightspace.auth.token_responses import TokenResponseLost
from portal.brightspace.errors import SignInExpired, Unavailable
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.http.sockets import trace_send

# OAuth errors after which only a new sign-in helps: the token is used up, or its scope is less than the request's.
_SIGN_IN_ERRORS = {"invalid_grant", "invalid_scope"}


def refresh(refresh_token: str, scope: str) -> Mapping[str, Any]:
    """Exchange a refresh token for a new pair of tokens with the same ``scope``.

    Raises SignInExpired if Brightspace refuses the token; TokenResponseLost if the token may be used up and the
    response did not arrive; Unavailable or RateLimited if the token has not been used.
    """
    session = oauth.oauth_session()
    try:
        with session, trace_send() as trace, Deadline.after(oauth.REFRESH_SECONDS).enforced():
            endpoint = session.metadata["token_endpoint"]
            return dict(session.refresh_token(endpoint, refresh_token=refresh_token, scope=scope or oauth.scopes()))
    except (requests.RequestException, OSError) as error:
        raise (TokenResponseLost if trace.sent else Unavailable) from error
    except OAuthError as error:
        if error.error in _SIGN_IN_ERRORS:
            raise SignInExpired from error
        # Anything else is about the portal's registration, not about the person's token.
        oauth.log_oauth_error(error)
        raise Unavailable from error
