"""Encryption of stored tokens, by Fernet with the keys of ``PORTAL_TOKEN_KEYS``; the first key encrypts, all decrypt.

Person and kind are encrypted together with the token: a value copied to another row or column cannot be decrypted.
"""

import json
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class DecryptionFailed(Exception):
    """A stored token cannot be decrypted: no key fits, or it belongs to another row or column."""


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(person_id: int, kind: str, token: str) -> str:
    """Encrypt one person's token of a kind (``access`` or ``refresh``)."""
    text = json.dumps([person_id, kind, token])
    return _fernet(tuple(settings.TOKEN_KEYS)).encrypt(text.encode()).decode()


def decrypt(person_id: int, kind: str, ciphertext: str) -> str:
    """The token that ``encrypt`` was given with the same person and kind. Raises DecryptionFailed."""
    try:
        text = _fernet(tuple(settings.TOKEN_KEYS)).decrypt(ciphertext.encode())
    except InvalidToken:
        raise DecryptionFailed(kind) from None
    encrypted_id, encrypted_kind, token = json.loads(text)
    if (encrypted_id, encrypted_kind) != (person_id, kind):
        raise DecryptionFailed(kind)
    return str(token)


def rotate(ciphertext: str) -> str:
    """The same token encrypted with the first key. Raises DecryptionFailed."""
    try:
        return _fernet(tuple(settings.TOKEN_KEYS)).rotate(ciphertext.encode()).decode()
    except InvalidToken:
        raise DecryptionFailed("stored token") from None
