"""The settings: wrong values in the environment are refused, right ones make a secure site."""

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    """The environment of a production site."""
    return {
        "PORTAL_PUBLIC_URL": "https://portal.example.org",
        "PORTAL_SECRET_KEY": "uQ2-eR7_kP9-wL4_xV8-nB3_tZ6-mD1_sF5-hJ0_yC2-gA7_oI4-",
        "PORTAL_TOKEN_KEYS": KEY,
        "PORTAL_DATA_DIR": str(tmp_path),
        "DATABASE_URL": "postgres://portal:pass-word@db.example.org:5432/portal",
        "CACHE_URL": "redis://cache.example.org:6379/0",
        "CELERY_BROKER_URL": "amqps://user:pass-word@broker.example.org//",
        "BRIGHTSPACE_URL": "https://tenant.brightspace.example",
        "BRIGHTSPACE_CLIENT_ID": "client-id",
        "BRIGHTSPACE_CLIENT_SECRET": "client-secret",
    }


def settings_for(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> dict[str, Any]:
    """The settings that an environment with only these variables leads to."""
    for name in os.environ:
        if name.startswith(("PORTAL_", "BRIGHTSPACE_", "DATABASE_", "CACHE_", "CELERY_")):
            monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "portal" / "settings.py"))


WRONG_VALUES = {
    "PORTAL_SECRET_KEY": ["", "too-short-a-secret"],
    "PORTAL_SECRET_KEY_FALLBACKS": ["too-short-a-secret"],
    "PORTAL_TOKEN_KEYS": ["", ",", "not-a-key", f"{KEY},not-a-key", KEY[:-2]],
    "PORTAL_PUBLIC_URL": [
        "",
        "portal.example.net",
        "//portal.example.net",
        "ftp://portal.example.net",
        "https://",
        "https://portal.example.net:port",
        "https://portal.example.net:99999",
        "https://[::1",
        "https://user@portal.example.net",
        "https://user:pass-word@portal.example.net",
        "https://portal.example.net/path",
        "https://portal.example.net?query",
        "https://portal.example.net#part",
        "https://portal example.org",
        "http://portal.example.net",
        "http://10.0.0.1",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "http://0.0.0.0:8000",
    ],
    "PORTAL_DEBUG": ["maybe", "2", "1"],
    "PORTAL_ROSTER": ["managers", "Auditors"],
    "PORTAL_TIME_ZONE": ["Mars/Olympus", "../../etc/passwd", "Africa"],
    "PORTAL_SESSION_HOURS": ["0", "-1", "soon", "nan", "inf", "1e9"],
    "PORTAL_PAGE_SECONDS": ["0", "3600", "8s"],
    "PORTAL_BACKGROUND_SHARE": ["0", "1.5"],
    "PORTAL_CPD_UNIT": ["hours"],
    "PORTAL_LOG": ["loud"],
    "PORTAL_DATA_DIR": ["/proc/no-such-folder", "/dev/null/folder"],
    "DATABASE_URL": [
        "nonsense",
        "mysql://user:pass-word@host/name",
        "postgres://user:pass-word@host:port/name",
        "oracle://",
    ],
    "CACHE_URL": ["nonsense", "memcached://host:11211", "redis://host:port/0", "redis//host"],
    "CELERY_BROKER_URL": ["nonsense", "sqs://key:pass-word@", "amqp://user:pass-word@host:port//", "http://host"],
    "BRIGHTSPACE_URL": ["", "tenant.brightspace.example", "http://tenant.brightspace.example", "https://tenant/d2l"],
    "BRIGHTSPACE_AUTHORIZE_URL": ["nonsense", "http://auth.example.org/auth", "https://a:pass-word@auth.example.org/"],
    "BRIGHTSPACE_TOKEN_URL": ["nonsense", "http://auth.example.org/token"],
    "BRIGHTSPACE_CLIENT_ID": ["", "   "],
    "BRIGHTSPACE_CLIENT_SECRET": [""],
    "BRIGHTSPACE_CLIENT_AUTH": ["jwt"],
    "BRIGHTSPACE_SCOPES": ['say "please"', "core:*:*\tother", "größe"],
    "BRIGHTSPACE_CONNECT_SECONDS": ["0", "never"],
    "BRIGHTSPACE_READ_SECONDS": ["0", "86400"],
    "BRIGHTSPACE_CA_BUNDLE": ["/no/such/file.pem"],
    "BRIGHTSPACE_PROXY": ["proxy.example.org:3128", "socks5://proxy.example.org", "http://proxy.example.org:port"],
    "BRIGHTSPACE_LE_VERSION": ["latest", "1", "1.84.1", "v1.84", "../1.84"],
    "BRIGHTSPACE_LP_VERSION": ["unstable"],
    "BRIGHTSPACE_BAS_VERSION": ["1,6"],
    "BRIGHTSPACE_CREDITS_A_MINUTE": ["0", "many"],
}
EACH_WRONG_VALUE = [(name, value) for name, values in WRONG_VALUES.items() for value in values]


@pytest.mark.parametrize(("name", "value"), EACH_WRONG_VALUE)
def test_a_wrong_value_is_refused_by_its_variable_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, production: dict[str, str], name: str, value: str
) -> None:
    with pytest.raises(ImproperlyConfigured) as error:
        settings_for(monkeypatch, production | {name: value})

    message = str(error.value)
    assert message.startswith(name)
    assert message.endswith(".")
    assert len(value) < 9 or value not in message
    assert "pass-word" not in message
    assert error.value.__suppress_context__ or error.value.__context__ is None


@pytest.mark.parametrize("roster", ["attributes", "org_unit"])
@pytest.mark.parametrize("value", ["", "all", "-1", "²"])
def test_a_roster_of_an_org_unit_needs_its_number(
    monkeypatch: pytest.MonkeyPatch, production: dict[str, str], roster: str, value: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^PORTAL_ROSTER_ORG_UNIT "):
        settings_for(monkeypatch, production | {"PORTAL_ROSTER": roster, "PORTAL_ROSTER_ORG_UNIT": value})


def test_a_wrong_value_ends_every_command_with_its_message(production: dict[str, str]) -> None:
    wrong = production | {"DATABASE_URL": "mysql://user:pass-word@host/name", "PATH": os.environ["PATH"]}
    command = [sys.executable, "manage.py", "check"]
    ended = subprocess.run(command, cwd=ROOT, env=wrong, capture_output=True, text=True, check=False)

    assert ended.returncode != 0
    assert ended.stderr.splitlines()[-1].endswith("DATABASE_URL must name SQLite or a database of PostgreSQL.")
    assert "pass-word" not in ended.stdout + ended.stderr


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8700", "http://localhost", "http://[::1]:8000", "http://127.8.8.8/"]
)
def test_plain_http_is_accepted_on_loopback(
    monkeypatch: pytest.MonkeyPatch, production: dict[str, str], address: str
) -> None:
    settings = settings_for(monkeypatch, production | {"PORTAL_PUBLIC_URL": address})

    assert settings["PORTAL_PUBLIC_URL"] == address.rstrip("/")
    assert settings["SESSION_COOKIE_SECURE"] is False
    assert settings["SECURE_HSTS_SECONDS"] == 0


def test_https_makes_cookies_secure_and_is_required(
    monkeypatch: pytest.MonkeyPatch, production: dict[str, str]
) -> None:
    settings = settings_for(monkeypatch, production)

    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert settings["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert settings["SECURE_HSTS_SECONDS"] == 31_536_000
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["DEBUG"] is False


def test_the_public_address_is_read_as_browsers_write_it(
    monkeypatch: pytest.MonkeyPatch, production: dict[str, str]
) -> None:
    settings = settings_for(monkeypatch, production | {"PORTAL_PUBLIC_URL": " https://Portal.Example.ORG/ "})

    assert settings["PORTAL_PUBLIC_URL"] == "https://portal.example.org"
    assert settings["ALLOWED_HOSTS"] == ["portal.example.org"]


def test_debug_mode_needs_brightspaces_variables_only(
    monkeypatch: pytest.MonkeyPatch, production: dict[str, str]
) -> None:
    own = {name: value for name, value in production.items() if name.startswith(("BRIGHTSPACE_", "PORTAL_DATA"))}
    settings = settings_for(monkeypatch, own | {"PORTAL_DEBUG": "on"})

    assert settings["PORTAL_PUBLIC_URL"] == "http://127.0.0.1:8700"
    assert settings["DATABASES"]["default"]["ENGINE"] == "django.db.backends.sqlite3"


def test_the_deployment_checks_of_django_find_nothing(production: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    environment = production | {"PATH": os.environ["PATH"]}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "no issues" in ended.stdout
