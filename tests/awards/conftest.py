"""Fixtures of the awards tests."""

import pytest
from django.core.cache import cache

from portal.brightspace.auth import tokens
from portal.brightspace.gateway import Gateway
from tests.conftest import GatewayFor
from tests.contract.observer import ContractObserver
from tests.sandbox.server import Sandbox


@pytest.fixture
def gateway_for(db: None, sandbox: Sandbox, watch: ContractObserver) -> GatewayFor:
    """A gateway for a person whose token is stored directly, which is quicker than signing in."""
    cache.clear()

    def made(person_id: int) -> Gateway:
        token = sandbox.control.issue_access_token(person_id)
        tokens.store(person_id, {"access_token": token, "expires_in": 3600})
        watch.clear()
        return Gateway(person_id)

    return made
