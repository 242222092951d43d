"""The site with the roster provider ``file``, and an admin who is signed in."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.conftest import ADRIAN, SignIn


@pytest.fixture
def file_roster(settings: Settings) -> None:
    settings.PORTAL_ROSTER = "file"


@pytest.fixture
def adrian(file_roster: None, sign_in: SignIn) -> Client:
    return sign_in(ADRIAN)
