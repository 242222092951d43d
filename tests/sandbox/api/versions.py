"""API versions: those the tenant supports by default, and their order."""

from __future__ import annotations

# What the tenant supports, newest last. Newest ones as probed on a live tenant in 2026.
TENANT_VERSIONS: dict[str, tuple[str, ...]] = {
    "lp": tuple(f"1.{minor}" for minor in range(47, 64)),
    "le": tuple(f"1.{minor}" for minor in range(80, 98)),
    "bas": tuple(f"1.{minor}" for minor in range(2, 7)),
    "eP": ("2.4", "2.5"),
    "lr": ("1.2", "1.3"),
}


def version_key(version: str) -> tuple[int, ...]:
    """A sort key by which ``1.9`` comes before ``1.84``."""
    return tuple(int(part) for part in version.split("."))


def is_at_least(version: str, oldest: str) -> bool:
    """Whether ``version`` is ``oldest``, a newer one, or ``unstable``."""
    return version == "unstable" or version_key(version) >= version_key(oldest)
