import pytest
from django.core.cache import cache

from portal.brightspace.auth import tokens
from portal.brightspace.gateway import Caller
from tests.conftest import CallerOf
from tests.contract.watch import Watch
from tests.sandbox.server import Sandbox


@pytest.fixture
def caller_as(db: None, sandbox: Sandbox, watch: Watch) -> CallerOf:
    """Somebody with a token, without the long way through the front door: that is tested elsewhere."""
    cache.clear()

    def caller(person_id: int) -> Caller:
        token = sandbox.control.issue_access_token(person_id)
        tokens.store(person_id, {"access_token": token, "expires_in": 3600})
        watch.forget()
        return Caller(person_id)

    return caller
