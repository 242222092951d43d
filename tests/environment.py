"""Environment variables of the tests, a plugin that is loaded before Django reads its settings."""

import os
import tempfile

from hypothesis import settings

os.environ.update(
    PORTAL_PUBLIC_URL="http://localhost",
    PORTAL_SECRET_KEY="tests-only-tests-only-tests-only-tests-only-tests-only",
    PORTAL_TOKEN_KEYS="dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=",
    PORTAL_DATA_DIR=tempfile.mkdtemp(prefix="portal-tests-"),
    BRIGHTSPACE_URL="http://127.0.0.1:9",
    BRIGHTSPACE_AUTHORIZE_URL="http://127.0.0.1:9/oauth2/auth",
    BRIGHTSPACE_TOKEN_URL="http://127.0.0.1:9/core/connect/token",
    BRIGHTSPACE_CLIENT_ID="portal",
    BRIGHTSPACE_CLIENT_SECRET="portal-secret",
    CELERY_BROKER_URL="filesystem://",
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)
if os.environ.get("CACHE_URL", "").startswith("redis:"):
    # Each test process has a Redis database of its own: they clear their caches.
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    os.environ["CACHE_URL"] = f"{os.environ['CACHE_URL'].rpartition('/')[0]}/{8 + number % 8}"
# The time that an example takes depends on the machine.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")
