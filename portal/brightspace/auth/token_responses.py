"""What an answer of Brightspace's token endpoint means; pure."""

import math
from typing import Any

import requests

from portal.brightspace.errors import RateLimited, Unavailable
from portal.brightspace.http.responses import retry_at

MAX_LIFETIME_SECONDS = 31_536_000  # seconds


class TokenResponseLost(Exception):
    """Brightspace may have used up what was sent, and its answer did not arrive or cannot be used."""


def read_token_response(response: requests.Response) -> dict[str, Any]:
    """The answer's JSON object: an ``access_token``, or OAuth's ``error`` as text.

    Raises RateLimited or Down if what was sent was not taken up, TokenResponseLost if it probably was.
    """
    if response.status_code == 429:
        raise RateLimited(retry_at(response.headers))
    if response.status_code >= 500:
        raise Unavailable
    answer = _object(response)
    if answer.get("error"):
        return answer | {"error": str(answer["error"])}
    token = answer.get("access_token")
    if response.status_code == 200 and isinstance(token, str) and token:
        return _with_a_life(answer)
    # A page in the way of the endpoint, of a proxy or of somebody at maintenance, has used nothing up.
    if response.status_code != 200 or "html" in response.headers.get("Content-Type", ""):
        raise Unavailable
    raise TokenResponseLost


def _object(response: requests.Response) -> dict[str, Any]:
    try:
        answer = response.json()
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _with_a_life(answer: dict[str, Any]) -> dict[str, Any]:
    """``expires_in`` as a sensible number of seconds, or left out where Brightspace did not give one."""
    told = answer.pop("expires_in", None)
    answer.pop("expires_at", None)
    try:
        seconds = float(told) if not isinstance(told, bool) else 0.0
    except (TypeError, ValueError, OverflowError):
        return answer
    if math.isnan(seconds) or seconds <= 0:
        return answer
    return answer | {"expires_in": min(seconds, MAX_LIFETIME_SECONDS)}
