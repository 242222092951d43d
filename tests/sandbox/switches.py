"""Behaviours of the server that no document settles, as switches; README.md lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args, get_type_hints


@dataclass
class ServerSwitches:
    """How sign-in, refusals and rate limiting behave."""

    no_credential: Literal["403_html", "401"] = "403_html"
    refresh_reuse: Literal["reject", "revoke_family"] = "reject"
    refresh_tokens: bool = True
    consent_prompt: bool = True
    access_token_seconds: int = 3600
    refresh_token_seconds: int = 30 * 24 * 3600
    code_seconds: int = 60
    pkce: Literal["when_sent", "required", "ignored"] = "when_sent"
    not_found: Literal["problem", "errors", "html", "empty"] = "problem"
    forbidden: Literal["problem", "errors", "html", "empty"] = "problem"
    credit_limit: int = 50_000
    credit_window_seconds: float = 60.0
    credits_per_call: int = 10
    credit_headers: bool = True
    rate_limiting: bool = True


def apply(target: object, changes: Mapping[str, Any]) -> None:
    """Sets the named switches on a dataclass of switches, or none of them.

    ValueError names a switch that does not exist or a value it cannot take.
    """
    hints = get_type_hints(type(target))
    for name, value in changes.items():
        if name not in hints:
            raise ValueError(f"there is no switch {name}")
        _check(name, value, hints[name])
    for name, value in changes.items():
        setattr(target, name, value)


def names(target: Any) -> set[str]:
    """The names of all switches of a dataclass of switches."""
    return {item.name for item in fields(target)}


def _check(name: str, value: object, hint: Any) -> None:
    if choices := get_args(hint):
        if value not in choices:
            raise ValueError(f"{name} is one of {', '.join(map(str, choices))}, not {value!r}")
        return
    accepted = (int, float) if hint is float else (hint,)
    if type(value) not in accepted:
        raise ValueError(f"{name} takes a {hint.__name__}, not {value!r}")
