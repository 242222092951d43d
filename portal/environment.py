"""Strict readers of environment variables, for ``settings.py`` alone."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


class Environment:
    """Reads variables by name; a wrong value raises one sentence that names the variable, never its value."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables

    def text(self, name: str, default: str | None = None) -> str:
        value = self.variables.get(name, "").strip()
        if value:
            return value
        if default is None:
            raise ImproperlyConfigured(f"{name} is missing: set it in the environment.")
        return default

    def boolean(self, name: str, default: bool = False) -> bool:
        value = self.text(name, "").lower()
        if value and value not in YES | NO:
            raise ImproperlyConfigured(f"{name} must be one of 1, 0, true, false, yes, no, on, off.")
        return value in YES if value else default

    def number(self, name: str, default: float, least: float, most: float) -> float:
        value = self.text(name, str(default))
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not least <= number <= most:
            raise ImproperlyConfigured(f"{name} must be a number from {least:g} to {most:g}.")
        return number

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in choices:
            raise ImproperlyConfigured(f"{name} must be one of: {', '.join(choices)}.")
        return value

    def words(self, name: str, default: str = "") -> list[str]:
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def url(self, name: str, default: str | None = None, path: bool = False) -> SplitResult:
        """An http(s) address; plain http on loopback only, so that no token crosses a network in the clear."""
        value = self.text(name, default)
        try:
            parts = urlsplit(value)
            host, _ = parts.hostname, parts.port
        except ValueError:
            raise ImproperlyConfigured(f"{name} is not an address that can be read.") from None
        if parts.scheme not in {"http", "https"} or not host or parts.username or parts.query or parts.fragment:
            raise ImproperlyConfigured(f"{name} must be an address such as https://portal.example.org.")
        if not path and parts.path not in {"", "/"}:
            raise ImproperlyConfigured(f"{name} must name a host only, without a path.")
        if parts.scheme == "http" and not is_loopback(host):
            raise ImproperlyConfigured(f"{name} must start with https:// (http:// is accepted for loopback only).")
        return parts

    def fernet_keys(self, name: str, default: str | None = None) -> list[str]:
        keys = [key.strip() for key in self.text(name, default).split(",") if key.strip()]
        for position, key in enumerate(keys, start=1):
            try:
                Fernet(key)
            except ValueError:
                raise ImproperlyConfigured(
                    f"{name}: key {position} is not a key; make one with `python manage.py new_token_key`."
                ) from None
        return keys


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only mean this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
