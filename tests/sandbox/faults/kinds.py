"""The kinds of fault by name, with their options."""

from __future__ import annotations

# The work is not done: another response is sent in its place.
REPLACING = {
    "status": "another status: status=…, retry_after=… (seconds, text, or date:SECONDS)",
    "html": "200 with a web page instead of JSON",
    "redirect": "302 to the same path on another host: host=…",
    "big": "a huge valid JSON body, streamed: size=…, gzip=…, chunked=…",
    "not_found": "404",
    "forbidden": "403: shape=not_authorized|insufficient_scope|no_scopes|errors|html|empty",
    "expired": "401 as for an expired token",
}
# The work is done and its response corrupted.
CORRUPTING = {
    "cut_json": "valid HTTP, JSON cut in half",
    "empty": "the right status, no body",
    "wrong_type": "JSON of another shape",
}
# The response is right, its transmission is not.
TRANSMISSION = {
    "drop": "connection closed without a response, before the work",
    "drop_after": "work done, connection closed without a response",
    "truncated": "Content-Length larger than the body, then closed",
    "drip": "body one byte every delay_ms",
    "drip_headers": "headers one byte every delay_ms",
    "close_silently": "a good response, then the kept-alive connection is closed",
}
# Any number of these adds up, also with one of the above.
ADDITIVE = {
    "slow": "delay_ms before the work",
    "next_elsewhere": "the host in Next becomes host",
    "next_relative": "Next without scheme and host",
    "no_milliseconds": "dates without milliseconds",
    "extra": "unknown fields and unknown enum values",
    "set_cookie": "the response sets a cookie named after the caller: cookie=…",
}
FORBIDDEN_SHAPES = (
    "not_authorized",
    "insufficient_scope",
    "no_scopes",
    "errors",
    "html",
    "empty",
)
# At most one of these applies to a request.
EXCLUSIVE = {**REPLACING, **CORRUPTING, **TRANSMISSION}
KINDS = {**EXCLUSIVE, **ADDITIVE}
