"""What a request suffers: delays, other answers, spoiled answers, mishandled bytes."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.utils import formatdate
from functools import cache
from time import time
from typing import Any
from urllib.parse import urlsplit

from tests.sandbox.answers import Answer, Refusal, html_page
from tests.sandbox.faults import INSTEAD, Fault, Target
from tests.sandbox.wire import Wire

PIECE = 1_000_000
ENUMS = {
    "ActivityType",
    "AwardType",
    "CompletionType",
    "ItemType",
    "RecordStateId",
    "TypeIdentifier",
}
_DATE = re.compile(r"(U?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d{3}(Z?)")


def suffer(
    faults: list[Fault],
    target: Target,
    wire: Wire,
    work: Callable[[], Answer],
    pause: Callable[[float], object],
) -> Answer:
    """Does the work under the given faults. ``pause`` sleeps for milliseconds."""
    for fault in faults:
        if fault.kind == "slow":
            pause(fault.delay_ms)
        _mishandle(fault, wire)
    instead = next((fault for fault in faults if fault.kind in INSTEAD), None)
    if any(fault.kind == "drop" for fault in faults):
        return Answer.empty()
    if instead is not None:
        if instead.after_work:
            work()
        return _instead(instead, target)
    answer = work()
    for fault in faults:
        answer = _change(fault, target, answer)
    return answer


def _mishandle(fault: Fault, wire: Wire) -> None:
    wire.drop |= fault.kind in ("drop", "drop_after")
    wire.truncate |= fault.kind == "truncated"
    wire.close_silently |= fault.kind == "close_silently"
    if fault.kind == "drip":
        wire.body_byte_ms = fault.delay_ms
    if fault.kind == "drip_headers":
        wire.header_byte_ms = fault.delay_ms


def _instead(fault: Fault, target: Target) -> Answer:
    match fault.kind:
        case "html":
            return html_page(200, "Maintenance", "We will be back shortly.")
        case "redirect":
            where = f"http://{fault.host}{target.path}"
            return Answer(b"", 302, {"Location": where}, content_type="")
        case "big":
            return _big(fault)
        case "not_found":
            return Refusal.not_found().answer
        case "forbidden":
            return _forbidden(fault)
        case "expired":
            return Refusal.invalid_token().answer
        case _:
            return _status(fault)


def _status(fault: Fault) -> Answer:
    if fault.status in (502, 503, 504):
        answer = html_page(fault.status, "Service Unavailable", "The service is unavailable.")
    else:
        answer = Refusal.errors([f"The request failed with {fault.status}."], fault.status).answer
    if fault.retry_after is None:
        return answer
    after = fault.retry_after
    if after.startswith("date:"):
        after = formatdate(time() + float(after.removeprefix("date:")), usegmt=True)
    return replace(answer, headers={"Retry-After": after})


def _forbidden(fault: Fault) -> Answer:
    refusals = {
        "not_authorized": Refusal.not_authorized(fault.permission),
        "insufficient_scope": insufficient_scope("this action"),
        "no_scopes": no_scopes(),
        "errors": Refusal.errors(["Forbidden"], 403),
        "html": Refusal.html_403(),
        "empty": Refusal.empty(403),
    }
    return refusals[fault.shape].answer


def insufficient_scope(route: str) -> Refusal:
    """403 for a token without any of the scopes an action lists."""
    return Refusal(Answer({"Error": f"Insufficient scope to call {route}"}, 403))


def no_scopes() -> Refusal:
    """403 for an action without scopes when the token lacks the general fallback."""
    return Refusal.errors(["No scopes defined for specified requests."], 403)


def _big(fault: Fault) -> Answer:
    pieces = max(1, fault.size // PIECE)
    if fault.gzip:
        packed = _packed(pieces)
        return Answer(packed, headers={"Content-Encoding": "gzip"})
    length = sum(len(piece) for piece in _ends()) + pieces * PIECE
    headers = {} if fault.chunked else {"Content-Length": str(length)}
    return Answer(_pieces(pieces), headers=headers)


def _ends() -> tuple[bytes, bytes]:
    return b'{"Next":null,"Objects":["', b'"]}'


def _pieces(pieces: int) -> Iterator[bytes]:
    first, last = _ends()
    filling = b"a" * PIECE
    yield first
    for _ in range(pieces):
        yield filling
    yield last


@cache
def _packed(pieces: int) -> bytes:
    packer = zlib.compressobj(wbits=31)
    return b"".join(packer.compress(piece) for piece in _pieces(pieces)) + packer.flush()


def _change(fault: Fault, target: Target, answer: Answer) -> Answer:
    if fault.kind == "set_cookie":
        cookie = f"{fault.cookie}=of-{target.caller}; Path=/; HttpOnly"
        return replace(answer, headers={**answer.headers, "Set-Cookie": cookie})
    if fault.kind == "empty":
        return replace(answer, value=b"")
    if fault.kind == "cut_json":
        body = answer.body()
        return replace(answer, value=body[: len(body) // 2])
    if "json" not in answer.content_type or not 200 <= answer.status < 300:
        return answer
    value = answer.value if not isinstance(answer.value, bytes) else json.loads(answer.value)
    return replace(answer, value=_changed(fault, value))


def _changed(fault: Fault, value: Any) -> Any:
    match fault.kind:
        case "wrong_type":
            return {"Unexpected": True} if isinstance(value, list) else [["unexpected"]]
        case "extra":
            return _with_extra(value)
        case "no_milliseconds":
            return _without_milliseconds(value)
        case "next_elsewhere" | "next_relative":
            return _with_other_next(fault, value)
        case _:
            return value


def _with_extra(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_extra(item) for item in value]
    if not isinstance(value, dict):
        return value
    changed = {name: _unknown(name, item) for name, item in value.items()}
    return {**changed, "SandboxUnknown": {"Nested": [1, "two", None]}}


def _unknown(name: str, value: Any) -> Any:
    if name in ENUMS and value is not None:
        return "SandboxUnknown" if isinstance(value, str) else 99
    return _with_extra(value)


def _without_milliseconds(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_milliseconds(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_milliseconds(item) for name, item in value.items()}
    if isinstance(value, str) and (found := _DATE.fullmatch(value)):
        return found[1] + found[2]
    return value


def _with_other_next(fault: Fault, value: Any) -> Any:
    following = value.get("Next") if isinstance(value, dict) else None
    if not following:
        return value
    parts = urlsplit(following)
    if fault.kind == "next_relative":
        return {**value, "Next": f"{parts.path}?{parts.query}"}
    return {**value, "Next": parts._replace(netloc=fault.host).geturl()}
