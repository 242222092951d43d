"""Encryption of tokens at rest: MultiFernet with the keys of ``PORTAL_TOKEN_KEYS``, the first one encrypts.

The ciphertext names its person and kind, so a value copied to another row or column opens nothing.
"""

import json
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class DecryptionFailed(Exception):
    """A stored token cannot be opened: made with a key that is gone, or moved from another row."""


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(person_id: int, kind: str, token: str) -> str:
    """Encrypt one person's token of a kind (``access`` or ``refresh``)."""
    text = json.dumps([person_id, kind, token])
    return _fernet(tuple(settings.TOKEN_KEYS)).encrypt(text.encode()).decode()


def decrypt(person_id: int, kind: str, sealed: str) -> str:
    """Decrypt; raises DecryptionFailed rather than ever handing back something else."""
    try:
        text = _fernet(tuple(settings.TOKEN_KEYS)).decrypt(sealed.encode())
    except InvalidToken:
        raise DecryptionFailed(kind) from None
    owner, sealed_kind, token = json.loads(text)
    if (owner, sealed_kind) != (person_id, kind):
        raise DecryptionFailed(kind)
    return str(token)


def rotate(sealed: str) -> str:
    """Encrypt again with the first key."""
    try:
        return _fernet(tuple(settings.TOKEN_KEYS)).rotate(sealed.encode()).decode()
    except InvalidToken:
        raise DecryptionFailed("stored token") from None
