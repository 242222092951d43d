"""Where Brightspace is and how it is reached; the one place here that looks at the settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Configuration:
    """How to reach one Brightspace. Times in seconds; empty strings mean "not set".

    ``url`` is scheme and host only. ``versions`` maps a product (``lp``, ``le``, ``bas``) to the
    version to use instead of the one found by asking.
    """

    url: str
    connect_timeout: float = 3.0
    read_timeout: float = 10.0
    ca_bundle: str = ""
    proxy: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)


def configuration() -> Configuration:
    """The configuration the settings describe now; not kept, so that a changed setting counts."""
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
