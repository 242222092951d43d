"""Encryption of stored tokens: only the right key, row and column decrypt them."""

import pytest
from cryptography.fernet import Fernet
from pytest_django import Settings

from portal.brightspace.auth import encryption

OLD_KEY, NEW_KEY, FOREIGN_KEY = (Fernet.generate_key().decode() for _ in range(3))


@pytest.fixture(autouse=True)
def _old_key(settings: Settings) -> None:
    settings.TOKEN_KEYS = [OLD_KEY]


def test_a_token_is_decrypted_for_its_person_and_kind() -> None:
    assert encryption.decrypt(7, "access", encryption.encrypt(7, "access", "secret")) == "secret"


def test_the_ciphertext_does_not_show_the_token_and_is_never_the_same() -> None:
    assert "secret" not in encryption.encrypt(7, "access", "secret")
    assert encryption.encrypt(7, "access", "secret") != encryption.encrypt(7, "access", "secret")


@pytest.mark.parametrize(("person_id", "kind"), [(8, "access"), (7, "refresh"), (71, "access")])
def test_a_ciphertext_moved_to_another_row_or_column_is_not_decrypted(person_id: int, kind: str) -> None:
    ciphertext = encryption.encrypt(7, "access", "secret")

    with pytest.raises(encryption.DecryptionFailed):
        encryption.decrypt(person_id, kind, ciphertext)


@pytest.mark.parametrize(
    "change", [lambda text: text[:-4] + "AAA=", lambda text: text[:20], lambda text: "", lambda text: "é"]
)
def test_a_changed_ciphertext_is_not_decrypted(change: object) -> None:
    with pytest.raises(encryption.DecryptionFailed):
        encryption.decrypt(7, "access", change(encryption.encrypt(7, "access", "secret")))  # type: ignore[operator]


def test_an_older_key_decrypts_and_the_first_one_encrypts(settings: Settings) -> None:
    encrypted = encryption.encrypt(7, "access", "secret")
    settings.TOKEN_KEYS = [NEW_KEY, OLD_KEY]
    assert encryption.decrypt(7, "access", encrypted) == "secret"

    rotated = encryption.rotate(encrypted)
    settings.TOKEN_KEYS = [NEW_KEY]
    assert encryption.decrypt(7, "access", rotated) == "secret"


def test_a_missing_key_leads_to_an_error_that_does_not_quote_the_token(settings: Settings) -> None:
    encrypted = encryption.encrypt(7, "access", "secret")
    settings.TOKEN_KEYS = [FOREIGN_KEY]

    with pytest.raises(encryption.DecryptionFailed) as error:
        encryption.decrypt(7, "access", encrypted)
    assert "secret" not in str(error.value)
    with pytest.raises(encryption.DecryptionFailed):
        encryption.rotate(encrypted)
