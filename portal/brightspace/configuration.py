"""The configuration of the HTTP client: where Brightspace is and how it is reached, read from the settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings

API_ROOT = "/d2l/api/"  # where the paths of every product begin


@dataclass(frozen=True, slots=True)
class Configuration:
    """How to reach Brightspace. Times are in seconds; an empty string means "not set".

    ``url`` is scheme and host only. ``versions`` maps a product (``lp``, ``le``, ``bas``) to the version to use,
    whether Brightspace offers it or not.
    """

    url: str
    connect_timeout: float = 3.0
    read_timeout: float = 10.0
    ca_bundle: str = ""
    proxy: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)


def configuration() -> Configuration:
    """The configuration that the settings describe now, read anew at each call."""
    overrides = {
        product: str(getattr(settings, f"BRIGHTSPACE_{product.upper()}_VERSION", "")) for product in ("lp", "le", "bas")
    }
    return Configuration(
        url=str(settings.BRIGHTSPACE_URL).rstrip("/"),
        connect_timeout=float(getattr(settings, "BRIGHTSPACE_CONNECT_SECONDS", 3.0)),
        read_timeout=float(getattr(settings, "BRIGHTSPACE_READ_SECONDS", 10.0)),
        ca_bundle=str(getattr(settings, "BRIGHTSPACE_CA_BUNDLE", "")),
        proxy=str(getattr(settings, "BRIGHTSPACE_PROXY", "")),
        versions={product: version for product, version in overrides.items() if version},
    )
