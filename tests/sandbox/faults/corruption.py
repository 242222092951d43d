"""Changes that a fault makes to a good response."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from tests.sandbox.api.responses import Response
from tests.sandbox.faults.registry import Fault, FaultTarget

ENUM_FIELDS = {
    "ActivityType",
    "AwardType",
    "CompletionType",
    "ItemType",
    "RecordStateId",
    "TypeIdentifier",
}
_DATE = re.compile(r"(U?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d{3}(Z?)")


def corrupted(fault: Fault, target: FaultTarget, response: Response) -> Response:
    """The response as the fault changes it; unchanged for kinds that do not change responses."""
    if fault.kind == "set_cookie":
        cookie = f"{fault.cookie}=of-{target.caller}; Path=/; HttpOnly"
        return replace(response, headers={**response.headers, "Set-Cookie": cookie})
    if fault.kind == "empty":
        return replace(response, value=b"")
    if fault.kind == "cut_json":
        body = response.body()
        return replace(response, value=body[: len(body) // 2])
    if "json" not in response.content_type or not 200 <= response.status < 300:
        return response
    value = response.value if not isinstance(response.value, bytes) else json.loads(response.value)
    return replace(response, value=_corrupted_json(fault, value))


def _corrupted_json(fault: Fault, value: Any) -> Any:
    match fault.kind:
        case "wrong_type":
            return {"Unexpected": True} if isinstance(value, list) else [["unexpected"]]
        case "extra":
            return _with_unknown(value)
        case "no_milliseconds":
            return _without_milliseconds(value)
        case "next_elsewhere" | "next_relative":
            return _with_other_next(fault, value)
        case _:
            return value


def _with_unknown(value: Any) -> Any:
    """JSON with an unknown field in each object and unknown values in enum fields."""
    if isinstance(value, list):
        return [_with_unknown(item) for item in value]
    if not isinstance(value, dict):
        return value
    changed = {name: _unknown_enum_value(name, item) for name, item in value.items()}
    return {**changed, "SandboxUnknown": {"Nested": [1, "two", None]}}


def _unknown_enum_value(name: str, value: Any) -> Any:
    if name in ENUM_FIELDS and value is not None:
        return "SandboxUnknown" if isinstance(value, str) else 99
    return _with_unknown(value)


def _without_milliseconds(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_milliseconds(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_milliseconds(item) for name, item in value.items()}
    if isinstance(value, str) and (found := _DATE.fullmatch(value)):
        return found[1] + found[2]
    return value


def _with_other_next(fault: Fault, value: Any) -> Any:
    next_url = value.get("Next") if isinstance(value, dict) else None
    if not next_url:
        return value
    parts = urlsplit(next_url)
    if fault.kind == "next_relative":
        return {**value, "Next": f"{parts.path}?{parts.query}"}
    return {**value, "Next": parts._replace(netloc=fault.host).geturl()}
