"""Responses that a fault puts in the place of the real one."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from email.utils import formatdate
from functools import cache
from time import time

from tests.sandbox.api.responses import ApiError, Response, html_page
from tests.sandbox.faults.registry import Fault, FaultTarget

CHUNK_BYTES = 1_000_000
_BIG_START, _BIG_END = b'{"Next":null,"Objects":["', b'"]}'


def replacement(fault: Fault, target: FaultTarget) -> Response:
    """The response to send instead of doing the work."""
    match fault.kind:
        case "html":
            return html_page(200, "Maintenance", "We will be back shortly.")
        case "redirect":
            location = f"http://{fault.host}{target.path}"
            return Response(b"", 302, {"Location": location}, content_type="")
        case "big":
            return _big(fault)
        case "not_found":
            return ApiError.not_found().response
        case "forbidden":
            return _forbidden(fault)
        case "expired":
            return ApiError.invalid_token().response
        case _:
            return _status(fault)


def _status(fault: Fault) -> Response:
    if fault.status in (502, 503, 504):
        response = html_page(fault.status, "Service Unavailable", "The service is unavailable.")
    else:
        response = ApiError.errors([f"The request failed with {fault.status}."], fault.status).response
    retry_after = fault.retry_after
    if retry_after is None:
        return response
    if retry_after.startswith("date:"):
        retry_after = formatdate(time() + float(retry_after.removeprefix("date:")), usegmt=True)
    return replace(response, headers={"Retry-After": retry_after})


def _forbidden(fault: Fault) -> Response:
    errors = {
        "not_authorized": ApiError.not_authorized(fault.permission),
        "insufficient_scope": ApiError.insufficient_scope("this action"),
        "no_scopes": ApiError.no_scopes(),
        "errors": ApiError.errors(["Forbidden"], 403),
        "html": ApiError.html_403(),
        "empty": ApiError.empty(403),
    }
    return errors[fault.shape].response


def _big(fault: Fault) -> Response:
    """Valid JSON of about ``fault.size`` bytes, streamed; with ``gzip`` small while it travels."""
    chunks = max(1, fault.size // CHUNK_BYTES)
    if fault.gzip:
        return Response(_compressed(chunks), headers={"Content-Encoding": "gzip"})
    length = len(_BIG_START) + chunks * CHUNK_BYTES + len(_BIG_END)
    headers = {} if fault.chunked else {"Content-Length": str(length)}
    return Response(_big_body(chunks), headers=headers)


def _big_body(chunks: int) -> Iterator[bytes]:
    chunk = b"a" * CHUNK_BYTES
    yield _BIG_START
    for _ in range(chunks):
        yield chunk
    yield _BIG_END


@cache
def _compressed(chunks: int) -> bytes:
    compressor = zlib.compressobj(wbits=31)
    return b"".join(compressor.compress(chunk) for chunk in _big_body(chunks)) + compressor.flush()
