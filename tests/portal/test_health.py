"""What probes are told: the process is alive; database, cache and broker are within reach, each by name."""

import pytest
from django.conf import settings as site
from django.test import Client
from pytest_django import Settings

from tests.portal.test_secrecy import everything_kept

CLOSED = "127.0.0.1:9"
WELL = {"database": "ok", "cache": "ok", "broker": "ok"}


@pytest.fixture
def probe() -> Client:
    return Client(SERVER_NAME="10.1.2.3")  # by number, as probes do


def test_the_process_is_alive_without_asking_for_anything(probe: Client) -> None:
    answer = probe.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_all_is_well(probe: Client) -> None:
    answer = probe.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, WELL)


@pytest.mark.django_db
def test_a_probe_leaves_nothing_behind_in_the_cache(probe: Client) -> None:
    probe.get("/readyz")

    assert [text for text in everything_kept() if "ready" in text] == []


def test_a_database_that_is_gone_is_named(probe: Client, caplog: pytest.LogCaptureFixture) -> None:
    answer = probe.get("/readyz")  # a test without the database may not touch it

    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")
    assert "database is unreachable: " in caplog.text


@pytest.mark.django_db
def test_a_cache_that_is_gone_is_named(probe: Client, settings: Settings) -> None:
    settings.CACHES = redis_at(CLOSED)
    answer = probe.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, WELL | {"cache": "unreachable"})


def redis_at(server: str) -> dict[str, dict[str, str]]:
    backend = "portal.cachebackends.redis.FailOpenRedisCache"
    return {"default": {"BACKEND": backend, "LOCATION": f"redis://{server}/5"}}


@pytest.mark.django_db
@pytest.mark.parametrize("url", [f"amqp://{CLOSED}//", f"redis://{CLOSED}/0"])
def test_a_broker_that_is_gone_is_named(probe: Client, settings: Settings, url: str) -> None:
    settings.CELERY_BROKER_URL, settings.CELERY_BROKER_TRANSPORT_OPTIONS = url, {}
    answer = probe.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, WELL | {"broker": "unreachable"})


@pytest.mark.django_db
def test_a_folder_of_messages_that_is_gone_is_named(
    probe: Client, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    gone = {"data_folder_in": str(tmp_path_factory.getbasetemp() / "gone")}
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = site.CELERY_BROKER_TRANSPORT_OPTIONS | gone

    assert probe.get("/readyz").json() == WELL | {"broker": "unreachable"}


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_probes_only_look(probe: Client, address: str, method: str) -> None:
    assert getattr(probe, method)(address).status_code == 405


def test_a_page_is_not_served_under_a_name_that_is_not_ours(probe: Client) -> None:
    assert probe.get("/").status_code == 400


@pytest.mark.django_db
def test_probes_come_in_over_plain_http_where_the_site_insists_on_https(probe: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True

    assert [probe.get(address).status_code for address in ("/healthz", "/readyz")] == [200, 200]
    assert Client(SERVER_NAME="localhost").get("/")["Location"] == "https://localhost/"
