"""Strict readers of environment variables, used by ``settings.py`` only."""

import ipaddress
import re
import zoneinfo
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import dj_database_url
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

MIN_SECRET_LENGTH = 32
MAX_CACHE_ENTRIES = 200_000
# Many short writers: they queue for the write lock when a transaction begins instead of failing at its first write.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
HOST_NAME = re.compile(r"[a-z0-9_.-]+|[0-9a-f:.]*:[0-9a-f:.]*", re.IGNORECASE)


class Environment:
    """Environment variables, each read as the type that a setting needs.

    A method raises ImproperlyConfigured for a missing or wrong value, with a message that names the variable and never
    shows the value. ``default`` is used where the variable is missing or empty; without one it is required.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables

    def text(self, name: str, default: str | None = None) -> str:
        """The value without surrounding blanks."""
        value = self.variables.get(name, "").strip()
        if value:
            return value
        if default is None:
            raise ImproperlyConfigured(f"{name} is missing: set it in the environment.")
        return default

    def boolean(self, name: str, default: bool = False) -> bool:
        """True for 1, true, yes, on; False for 0, false, no, off."""
        value = self.text(name, "").lower()
        if value and value not in YES | NO:
            raise ImproperlyConfigured(f"{name} must be one of 1, 0, true, false, yes, no, on, off.")
        return value in YES if value else default

    def number(self, name: str, default: float, least: float, most: float) -> float:
        """A number from ``least`` to ``most``."""
        value = self.text(name, str(default))
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not least <= number <= most:
            raise ImproperlyConfigured(f"{name} must be a number from {least:g} to {most:g}.")
        return number

    def one_of(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        """One of ``choices``."""
        value = self.text(name, default)
        if value not in choices:
            raise ImproperlyConfigured(f"{name} must be one of: {', '.join(choices)}.")
        return value

    def words(self, name: str, default: str = "") -> list[str]:
        """A list, separated by commas."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def url(self, name: str, default: str | None = None, path: bool = False) -> SplitResult:
        """A web address, with a path only if ``path`` says so; plain http is accepted on loopback only."""
        value = self.text(name, default)
        try:
            parts = urlsplit(value)
            host, _ = parts.hostname, parts.port
        except ValueError:
            raise ImproperlyConfigured(f"{name} is not an address that can be read.") from None
        if parts.scheme not in {"http", "https"} or not HOST_NAME.fullmatch(host or "") or "@" in parts.netloc:
            raise ImproperlyConfigured(f"{name} must be an address such as https://portal.example.org.")
        if parts.query or parts.fragment:
            raise ImproperlyConfigured(f"{name} must be an address without ? and #.")
        if not path and parts.path not in {"", "/"}:
            raise ImproperlyConfigured(f"{name} must name a host only, without a path.")
        if parts.scheme == "http" and not is_loopback(host or ""):
            raise ImproperlyConfigured(f"{name} must start with https:// (http:// is accepted for loopback only).")
        return parts

    def server(self, name: str, default: str, schemes: tuple[str, ...]) -> str:
        """The address of a server that the portal connects to; its scheme is one of ``schemes``."""
        value = self.text(name, default)
        try:
            parts = urlsplit(value)
            readable = parts.port is None or parts.port > 0
        except ValueError:
            readable = False
        if value and (not readable or parts.scheme not in schemes):
            wanted = " or ".join(f"{scheme}://" for scheme in schemes)
            raise ImproperlyConfigured(f"{name} must be an address that starts with {wanted}.")
        return value

    def matching(self, name: str, default: str, pattern: str, example: str) -> str:
        """A text that matches ``pattern``, or an empty one; ``example`` is for the error message."""
        value = self.text(name, default)
        if value and not re.fullmatch(pattern, value):
            raise ImproperlyConfigured(f"{name} must look like {example}.")
        return value

    def file(self, name: str) -> str:
        """The path of a file that exists; empty if the variable is not set."""
        value = self.text(name, "")
        if value and not Path(value).is_file():
            raise ImproperlyConfigured(f"{name} must name a file that can be read.")
        return value

    def folder(self, name: str, default: str) -> Path:
        """A folder for the site's own data, made if it does not exist."""
        path = Path(self.text(name, default))
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            raise ImproperlyConfigured(f"{name} must name a folder that can be made and written to.") from None
        return path

    def time_zone(self, name: str, default: str) -> str:
        """The name of a time zone in the tz database."""
        value = self.text(name, default)
        try:
            zoneinfo.ZoneInfo(value)
        except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
            raise ImproperlyConfigured(f"{name} must be a time zone's name, such as Europe/London.") from None
        return value

    def secret(self, name: str, default: str | None = None) -> str:
        """A secret of at least 32 characters."""
        value = self.text(name, default)
        if len(value) < MIN_SECRET_LENGTH:
            raise ImproperlyConfigured(f"{name} must have at least {MIN_SECRET_LENGTH} characters.")
        return value

    def fernet_keys(self, name: str, default: str | None = None) -> list[str]:
        """One or more Fernet keys, separated by commas."""
        keys = [key.strip() for key in self.text(name, default).split(",") if key.strip()]
        for position, key in enumerate(keys, start=1):
            try:
                Fernet(key)
            except ValueError:
                raise ImproperlyConfigured(
                    f"{name}: key {position} is not a key; make one with `python manage.py new_token_key`."
                ) from None
        if not keys:
            raise ImproperlyConfigured(f"{name} must name at least one key.")
        return keys

    def database(self, name: str, default: str) -> dict[str, Any]:
        """The address of a database, SQLite or PostgreSQL, as Django's settings describe it."""
        try:
            url = self.text(name, default)
            database: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
        except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError):
            raise ImproperlyConfigured(
                f"{name} must be an address such as sqlite:///file or postgres://user@host/name."
            ) from None
        if database["ENGINE"] == "django.db.backends.sqlite3":
            database["OPTIONS"] = dict(SQLITE_OPTIONS)
        elif database["ENGINE"] == "django.db.backends.postgresql" and database["NAME"]:
            # An unreachable database is an error soon, not a long wait.
            database.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
        else:
            raise ImproperlyConfigured(f"{name} must name SQLite or a database of PostgreSQL.")
        return database

    def cache(self, name: str, default: str) -> dict[str, Any]:
        """``database:``, which site and worker share without a server, or the address of a Redis server."""
        url = self.text(name, default)
        match url.partition(":")[0]:
            case "redis" | "rediss" | "unix" as scheme:
                location = self.server(name, url, (scheme,))
                return {"BACKEND": "portal.cachebackends.redis.FailOpenRedisCache", "LOCATION": location}
            case "database":
                return {
                    "BACKEND": "portal.cachebackends.database.BatchingDatabaseCache",
                    "LOCATION": "portal_cache",
                    "OPTIONS": {"MAX_ENTRIES": MAX_CACHE_ENTRIES, "CULL_FREQUENCY": 4},
                }
            case "locmem":
                options = {"MAX_ENTRIES": MAX_CACHE_ENTRIES}
                return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": options}
        raise ImproperlyConfigured(f"{name} must start with database:, redis:, rediss:, unix: or locmem:.")


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only mean this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
