"""Health checks: ``/healthz`` and ``/readyz``, with each store reachable and unreachable."""

import pytest
from django.conf import settings as site
from django.test import Client
from pytest_django import Settings

from tests.portal.test_secrecy import cache_entries

CLOSED_ADDRESS = "127.0.0.1:9"
ALL_OK = {"database": "ok", "cache": "ok", "broker": "ok"}


@pytest.fixture
def probe() -> Client:
    return Client(SERVER_NAME="10.1.2.3")  # an internal address, as probes use


def test_healthz_answers_without_any_store(probe: Client) -> None:
    response = probe.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_is_ok_when_every_store_answers(probe: Client) -> None:
    response = probe.get("/readyz")

    assert (response.status_code, response.json()) == (200, ALL_OK)


@pytest.mark.django_db
def test_readyz_leaves_nothing_in_the_cache(probe: Client) -> None:
    probe.get("/readyz")

    assert [text for text in cache_entries() if "ready" in text] == []


def test_an_unreachable_database_is_named(probe: Client, caplog: pytest.LogCaptureFixture) -> None:
    response = probe.get("/readyz")  # a test without the database may not touch it

    assert (response.status_code, response.json()["database"]) == (503, "unreachable")
    assert "database is unreachable: " in caplog.text


@pytest.mark.django_db
def test_an_unreachable_cache_is_named(probe: Client, settings: Settings) -> None:
    settings.CACHES = redis_at(CLOSED_ADDRESS)
    response = probe.get("/readyz")

    assert (response.status_code, response.json()) == (503, ALL_OK | {"cache": "unreachable"})


def redis_at(server: str) -> dict[str, dict[str, str]]:
    backend = "portal.cachebackends.redis.FailOpenRedisCache"
    return {"default": {"BACKEND": backend, "LOCATION": f"redis://{server}/5"}}


@pytest.mark.django_db
@pytest.mark.parametrize("url", [f"amqp://{CLOSED_ADDRESS}//", f"redis://{CLOSED_ADDRESS}/0"])
def test_an_unreachable_broker_is_named(probe: Client, settings: Settings, url: str) -> None:
    settings.CELERY_BROKER_URL, settings.CELERY_BROKER_TRANSPORT_OPTIONS = url, {}
    response = probe.get("/readyz")

    assert (response.status_code, response.json()) == (503, ALL_OK | {"broker": "unreachable"})


@pytest.mark.django_db
def test_a_missing_message_folder_is_named(
    probe: Client, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    missing_folder = {"data_folder_in": str(tmp_path_factory.getbasetemp() / "gone")}
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = site.CELERY_BROKER_TRANSPORT_OPTIONS | missing_folder

    assert probe.get("/readyz").json() == ALL_OK | {"broker": "unreachable"}


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_probes_are_answered_to_get_only(probe: Client, address: str, method: str) -> None:
    assert getattr(probe, method)(address).status_code == 405


def test_a_page_is_not_served_under_a_foreign_host_name(probe: Client) -> None:
    assert probe.get("/").status_code == 400


@pytest.mark.django_db
def test_probes_are_answered_over_http_where_the_site_requires_https(probe: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True

    assert [probe.get(address).status_code for address in ("/healthz", "/readyz")] == [200, 200]
    assert Client(SERVER_NAME="localhost").get("/")["Location"] == "https://localhost/"
