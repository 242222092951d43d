"""Compares the calls that a sandbox receives, and its responses, with the API documents.

A request is compared only if its response is a success; others were refused. The sandbox hands over its responses
before it applies faults, so what a fault does is no violation. Fields that the documents do not have are allowed if a
test or a seed has added them to a person or a record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.contract.documents import ACTIONS_BY_NAME, DocumentedAction
from tests.contract.json_types import type_violations
from tests.sandbox.api.calls import Call
from tests.sandbox.api.multipart import is_multipart, parts_of
from tests.sandbox.api.responses import ApiError, Response

PAGING_PARAMETERS = {"bookmark", "offset", "limit", "pageSize", "userBookmark"}
A_FILE, PERHAPS_A_FILE = "a file", ", perhaps a file"
# Switches of the sandbox under which it responds as some real sites do, but not as the documents say.
UNDOCUMENTED_SWITCHES = {"module_structure": "brief"}


class ContractObserver:
    """An observer for a sandbox. Collects its calls, and how they and their responses violate the API documents.

    ``check_requests`` is False for tests that send wrong requests on purpose: then only responses are compared.
    """

    def __init__(self, *, check_requests: bool = True) -> None:
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self._check_requests = check_requests

    def __call__(self, call: Call, response: Response) -> None:
        self.calls.append(call)
        self.violations += exchange_violations(call, response, check_request=self._check_requests)

    def clear(self) -> None:
        """Clear the calls and the violations."""
        self.calls.clear()
        self.violations.clear()

    def report(self) -> str:
        """The violations, each once, one a line."""
        return "\n".join(dict.fromkeys(self.violations))


def exchange_violations(call: Call, response: Response, *, check_request: bool = True) -> list[str]:
    """How a call and its response differ from the document of the action; empty for a path that no document has."""
    action = ACTIONS_BY_NAME.get(f"{call.method} {call.route}")
    switches = call.world.switches
    if action is None or any(getattr(switches, name) == value for name, value in UNDOCUMENTED_SWITCHES.items()):
        return []
    found = [*_status(action, call, response.status)]
    if 200 <= response.status < 300:
        sent = [*_query(action, call), *_body(action, call)] if check_request else []
        found += [f"sent {each}" for each in sent]
        found += [f"answered {each}" for each in _response(action, call, response)]
    return [f"{action.name}: {each}" for each in found]


def _status(action: DocumentedAction, call: Call, status: int) -> Iterator[str]:
    """A 400 is allowed for a wrong body, also where the document does not list it."""
    listed = {int(each) for each in action.statuses.split()} or {status}
    if status not in listed and not (status == 400 and any(_body(action, call))):
        yield f"status {status} is not among {action.statuses}"


def _query(action: DocumentedAction, call: Call) -> Iterator[str]:
    is_list = action.response.startswith(("page of", "list of"))
    for name in call.query:
        if name not in action.query.split() and not (is_list and name in PAGING_PARAMETERS):
            yield f"query parameter {name} is unknown"


def _body(action: DocumentedAction, call: Call) -> Iterator[str]:
    block = action.body.removesuffix(PERHAPS_A_FILE)
    has_parts = is_multipart(call)
    if has_parts and action.body == block != A_FILE:
        yield "a multipart body where none is taken"
    elif has_parts:
        yield from _multipart(block, call)
    elif block == A_FILE:
        yield "no multipart body"
    elif block:
        yield from _json(block, call.body, call.version)
    elif call.body:
        yield "a body where none is taken"


def _multipart(block: str, call: Call) -> Iterator[str]:
    try:
        parts = parts_of(call)
    except ApiError:
        yield "no whole multipart body"
        return
    if block != A_FILE:
        yield from _json(block, parts[0].content, call.version)
        parts = parts[1:]
    if [part.name for part in parts] != ["file"]:
        yield "a file part that is not called file"


def _json(block: str, data: bytes, version: str) -> list[str]:
    try:
        return type_violations(json.loads(data), block, version)
    except ValueError:
        return ["no JSON"]


def _response(action: DocumentedAction, call: Call, response: Response) -> Iterator[str]:
    if action.response == "file":
        if "json" in response.content_type or not (isinstance(response.value, bytes) or response.is_stream):
            yield "no file"
    elif action.response:
        value = json.loads(response.value) if isinstance(response.value, bytes) else response.value
        found = type_violations(value, action.response, call.version)
        allowed = call.world.unknown_fields() if found else set()
        yield from (each for each in found if each.removesuffix(": is unknown").rpartition(".")[2] not in allowed)
    elif response.body() != b"":
        yield "something where nothing is documented"
