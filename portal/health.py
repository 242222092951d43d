"""For whoever watches the site: is the process alive, and are the things it needs within reach?

Answered before anything looks at the host name or the session: probes come from inside, to an address
the site does not go by, and want to know of a database that is gone, not to fail with it.
"""

import logging
import secrets
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from kombu.connection import Connection

log = logging.getLogger(__name__)


class HealthCheckMiddleware:
    """Answers ``/healthz`` and ``/readyz``; everything else goes on to the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = {"/healthz": alive, "/readyz": ready}.get(request.path_info, self.get_response)
        return answer(request)


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Database, cache and broker, each by name; 503 if one is out of reach."""
    found = {name: _reachable(name, check) for name, check in CHECKS.items()}
    return JsonResponse(found, status=200 if set(found.values()) == {"ok"} else 503)


def _reachable(name: str, check: Callable[[], bool]) -> str:
    try:
        return "ok" if check() else "unreachable"
    except Exception as error:  # whatever a driver raises, the answer is the same and the log has the kind
        log.warning("%s is unreachable: %s", name, type(error).__name__)
        return "unreachable"


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _cache() -> bool:
    key = f"portal:ready:{secrets.token_hex(4)}"  # its own, as several may ask at once
    cache.set(key, "here", 10)
    found = bool(cache.get(key) == "here")
    cache.delete(key)
    return found


def _broker() -> bool:
    if settings.CELERY_BROKER_URL.startswith("filesystem:"):
        folder = Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"])
        probe = folder / f".ready-{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
        return True
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    with Connection(settings.CELERY_BROKER_URL, connect_timeout=1, transport_options=options) as link:  # type: ignore[no-untyped-call]
        link.ensure_connection(max_retries=1, interval_start=0, timeout=1)
    return True


CHECKS: dict[str, Callable[[], bool]] = {"database": _database, "cache": _cache, "broker": _broker}
