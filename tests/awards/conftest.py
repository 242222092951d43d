import pytest
from django.core.cache import cache

from portal.brightspace.auth import tokens
from portal.brightspace.gateway import Gateway
from tests.conftest import GatewayFor
from tests.contract.watch import Watch
from tests.sandbox.server import Sandbox


@pytest.fixture
def caller_as(db: None, sandbox: Sandbox, watch: Watch) -> GatewayFor:
    """Somebody with a token, without the long way through the front door: that is tested elsewhere."""
    cache.clear()

    def caller(person_id: int) -> Gateway:
        token = sandbox.control.issue_access_token(person_id)
        tokens.store(person_id, {"access_token": token, "expires_in": 3600})
        watch.clear()
        return Gateway(person_id)

    return caller
