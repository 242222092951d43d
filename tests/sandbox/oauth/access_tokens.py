"""Access tokens as Brightspace writes them: RS256 JWTs with its claims."""

from __future__ import annotations

import time
import uuid
from functools import cache

from joserfc import jwt
from joserfc.jwk import RSAKey

ISSUER = "https://api.brightspace.com/auth"
AUDIENCE = "https://api.brightspace.com/auth/token"
TENANT_ID = str(uuid.uuid5(uuid.NAMESPACE_URL, "https://sandbox.invalid/tenant"))


@cache
def signing_key() -> RSAKey:
    """The key of this process, made when first needed because making it is slow."""
    return RSAKey.generate_key(2048, {"kid": str(uuid.uuid4()), "use": "sig"})


def access_token(person_id: int, client_id: str, scope: str, seconds: int) -> str:
    """A signed token for one person that is valid for ``seconds`` from now."""
    key = signing_key()
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "exp": now + seconds,
        "nbf": now,
        "sub": str(person_id),
        "tenantid": TENANT_ID,
        "azp": client_id,
        "scope": scope,
        "jti": str(uuid.uuid4()),
    }
    return jwt.encode({"typ": "JWT", "alg": "RS256", "kid": key.kid}, claims, key)
