"""Health checks for monitoring: ``/healthz`` (the process runs) and ``/readyz`` (database, cache and broker answer).

A middleware answers them before the host name is checked and a session is opened: probes use an internal address, and
must report a database that is down instead of failing with it.
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
        view = {"/healthz": alive, "/readyz": ready}.get(request.path_info, self.get_response)
        return view(request)


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as the process runs; no store is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """The state of database, cache and broker by name, ``ok`` or ``unreachable``; 503 if one is unreachable."""
    states = {name: _state(name, check) for name, check in CHECKS.items()}
    return JsonResponse(states, status=200 if set(states.values()) == {"ok"} else 503)


def _state(name: str, check: Callable[[], bool]) -> str:
    try:
        return "ok" if check() else "unreachable"
    except Exception as error:  # drivers raise errors of many kinds; the log names this one
        log.warning("%s is unreachable: %s", name, type(error).__name__)
        return "unreachable"


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _cache() -> bool:
    key = f"portal:ready:{secrets.token_hex(4)}"  # several probes may run at once
    cache.set(key, "value", 10)
    works = bool(cache.get(key) == "value")
    cache.delete(key)
    return works


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
