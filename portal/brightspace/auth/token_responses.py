"""Responses of Brightspace's token endpoint, read and checked. Pure."""

import math
from typing import Any

import requests

from portal.brightspace.errors import RateLimited, Unavailable
from portal.brightspace.http.retries import retry_at

MAX_LIFETIME_SECONDS = 31_536_000  # a year


class TokenResponseLost(Exception):
    """A code or refresh token was sent and may be used up, but the response did not arrive or has no token in it."""


def read_token_response(response: requests.Response) -> dict[str, Any]:
    """The JSON object of a response: it has an ``access_token``, or OAuth's ``error`` code as text.

    Raises RateLimited or Unavailable if the code or refresh token has not been used, TokenResponseLost if it probably
    has.
    """
    if response.status_code == 429:
        raise RateLimited(retry_at(response.headers))
    if response.status_code >= 500:
        raise Unavailable
    fields = _json_object(response)
    if fields.get("error"):
        return fields | {"error": str(fields["error"])}
    token = fields.get("access_token")
    if response.status_code == 200 and isinstance(token, str) and token:
        return _with_lifetime(fields)
    # A web page comes from a proxy or from maintenance in front of the endpoint, which then has not used the token.
    if response.status_code != 200 or "html" in response.headers.get("Content-Type", ""):
        raise Unavailable
    raise TokenResponseLost


def _json_object(response: requests.Response) -> dict[str, Any]:
    try:
        parsed = response.json()
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _with_lifetime(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with ``expires_in`` as a positive number of seconds, or without it if it is none."""
    lifetime = fields.pop("expires_in", None)
    fields.pop("expires_at", None)
    try:
        seconds = float(lifetime) if not isinstance(lifetime, bool) else 0.0
    except (TypeError, ValueError, OverflowError):
        return fields
    if math.isnan(seconds) or seconds <= 0:
        return fields
    return fields | {"expires_in": min(seconds, MAX_LIFETIME_SECONDS)}
