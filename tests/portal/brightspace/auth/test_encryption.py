"""Tokens at rest: only the right key, row and column open them."""

import pytest
from cryptography.fernet import Fernet
from pytest_django import Settings

from portal.brightspace.auth import encryption

OLD, NEW, FOREIGN = (Fernet.generate_key().decode() for _ in range(3))


@pytest.fixture(autouse=True)
def _old_key(settings: Settings) -> None:
    settings.TOKEN_KEYS = [OLD]


def test_what_was_sealed_can_be_opened_by_its_owner() -> None:
    assert encryption.decrypt(7, "access", encryption.encrypt(7, "access", "secret")) == "secret"


def test_the_token_cannot_be_read_in_what_is_stored() -> None:
    assert "secret" not in encryption.encrypt(7, "access", "secret")
    assert encryption.encrypt(7, "access", "secret") != encryption.encrypt(7, "access", "secret")


@pytest.mark.parametrize(("person_id", "kind"), [(8, "access"), (7, "refresh"), (71, "access")])
def test_a_value_moved_to_another_row_or_column_opens_nothing(person_id: int, kind: str) -> None:
    sealed = encryption.encrypt(7, "access", "secret")

    with pytest.raises(encryption.DecryptionFailed):
        encryption.decrypt(person_id, kind, sealed)


@pytest.mark.parametrize(
    "change", [lambda text: text[:-4] + "AAA=", lambda text: text[:20], lambda text: "", lambda text: "é"]
)
def test_a_changed_value_opens_nothing(change: object) -> None:
    with pytest.raises(encryption.DecryptionFailed):
        encryption.decrypt(7, "access", change(encryption.encrypt(7, "access", "secret")))  # type: ignore[operator]


def test_an_older_key_still_opens_and_the_first_one_seals(settings: Settings) -> None:
    before = encryption.encrypt(7, "access", "secret")
    settings.TOKEN_KEYS = [NEW, OLD]
    assert encryption.decrypt(7, "access", before) == "secret"

    after = encryption.rotate(before)
    settings.TOKEN_KEYS = [NEW]
    assert encryption.decrypt(7, "access", after) == "secret"


def test_a_key_that_is_gone_is_told_without_the_token(settings: Settings) -> None:
    before = encryption.encrypt(7, "access", "secret")
    settings.TOKEN_KEYS = [FOREIGN]

    with pytest.raises(encryption.DecryptionFailed) as broken:
        encryption.decrypt(7, "access", before)
    assert "secret" not in str(broken.value)
    with pytest.raises(encryption.DecryptionFailed):
        encryption.rotate(before)
