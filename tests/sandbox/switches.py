"""Switches for behaviours that no document settles; README.md lists them with their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args, get_type_hints


@dataclass
class ServerSwitches:
    """How sign-in, error responses and rate limiting behave."""

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


@dataclass(slots=True)
class WorldSwitches:
    """How the actions of the API behave."""

    cpd_line: Literal["whole", "direct"] = "whole"
    managers_edit_cpd: bool = True
    no_target: Literal["zeros", "404"] = "zeros"
    target_dates: Literal["within", "instead"] = "within"
    completions_shape: Literal["array", "page"] = "array"
    attributes_shape: Literal["by_id", "by_name", "object", "bare"] = "by_id"
    managers_read_attributes: bool = True
    page_size: int = 100
    module_structure: Literal["full", "brief"] = "full"
    user_access: Literal["user_id", "identifier"] = "user_id"
    due_items: Literal["dated", "ahead"] = "dated"
    award_reissue: Literal["never", "after_expiry"] = "never"
    classlist_cannot_earn: Literal["404", "403"] = "404"
    award_rank: Literal["shared", "distinct"] = "shared"
    library_in_use: Literal["refuse", "delete"] = "refuse"
    classlist_sort_field: Literal["AwardCount", "FirstName", "LastName", "CreditScore"] = "AwardCount"
    classlist_sort_ascending: bool = False
    profile_integration: bool = True


def set_all(switches: object, changes: Mapping[str, Any]) -> None:
    """Sets the switches named, or none of them.

    ValueError names a switch that does not exist or a value it cannot take.
    """
    types = get_type_hints(type(switches))
    for name, value in changes.items():
        if name not in types:
            raise ValueError(f"there is no switch {name}")
        _validate(name, value, types[name])
    for name, value in changes.items():
        setattr(switches, name, value)


def names(switches: Any) -> set[str]:
    """The names of all switches of a dataclass of switches."""
    return {item.name for item in fields(switches)}


def _validate(name: str, value: object, expected_type: Any) -> None:
    if accepted_values := get_args(expected_type):
        if value not in accepted_values:
            raise ValueError(f"{name} is one of {', '.join(map(str, accepted_values))}, not {value!r}")
        return
    accepted_types = (int, float) if expected_type is float else (expected_type,)
    if type(value) not in accepted_types:
        raise ValueError(f"{name} takes a {expected_type.__name__}, not {value!r}")
