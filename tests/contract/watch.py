"""Judges what the portal sends to the stand-in, and what the stand-in answers, by the documents.

Only what is answered with success was accepted, so only then the request is judged. What faults make of an answer
is not: the stand-in hands over its answers before any fault befalls them. Fields the documents do not know are
allowed where a test or a seed has given them to a person or a record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.contract.documents import BY_NAME, Documented
from tests.contract.kinds import check
from tests.sandbox.api.calls import Call
from tests.sandbox.api.multipart import is_multipart, parts_of
from tests.sandbox.api.responses import ApiError, Response

CURSORS = {"bookmark", "offset", "limit", "pageSize", "userBookmark"}
A_FILE, PERHAPS_A_FILE = "a file", ", perhaps a file"
# What a test can make the stand-in do although the documents say otherwise: tenants have been seen to.
BEYOND_THE_DOCUMENTS = {"module_structure": "brief"}


class Watch:
    """To be given to a stand-in as its observer; collects what it saw and what was wrong with it.

    ``of_services`` judges requests too: not those of tests that try out what the stand-in puts up with.
    """

    def __init__(self, *, of_services: bool = True) -> None:
        self.calls: list[Call] = []
        self.deviations: list[str] = []
        self._of_services = of_services

    def __call__(self, call: Call, answer: Response) -> None:
        self.calls.append(call)
        self.deviations += judge(call, answer, of_services=self._of_services)

    def clear(self) -> None:
        """Begin anew."""
        self.calls.clear()
        self.deviations.clear()

    def told(self) -> str:
        """What was wrong, one deviation a line, each once."""
        return "\n".join(dict.fromkeys(self.deviations))


def judge(call: Call, answer: Response, *, of_services: bool = True) -> list[str]:
    """Every deviation of one exchange from its document; none for an address no document has."""
    action = BY_NAME.get(f"{call.method} {call.route}")
    switches = call.world.switches
    if action is None or any(getattr(switches, name) == value for name, value in BEYOND_THE_DOCUMENTS.items()):
        return []
    found = [*_status(action, call, answer.status)]
    if 200 <= answer.status < 300:
        sent = [*_query(action, call), *_body(action, call)] if of_services else []
        found += [f"sent {each}" for each in sent]
        found += [f"answered {each}" for each in _answer(action, call, answer)]
    return [f"{action.name}: {each}" for each in found]


def _status(action: Documented, call: Call, status: int) -> Iterator[str]:
    """Some actions list no 400; a body that is not the block they take is refused with one all the same."""
    listed = {int(each) for each in action.statuses.split()} or {status}
    if status not in listed and not (status == 400 and any(_body(action, call))):
        yield f"status {status} is not among {action.statuses}"


def _query(action: Documented, call: Call) -> Iterator[str]:
    is_list = action.answers.startswith(("page of", "list of"))
    for name in call.query:
        if name not in action.query.split() and not (is_list and name in CURSORS):
            yield f"query parameter {name} is unknown"


def _body(action: Documented, call: Call) -> Iterator[str]:
    block = action.takes.removesuffix(PERHAPS_A_FILE)
    has_parts = is_multipart(call)
    if has_parts and action.takes == block != A_FILE:
        yield "a multipart body where none is taken"
    elif has_parts:
        yield from _parts(block, call)
    elif block == A_FILE:
        yield "no multipart body"
    elif block:
        yield from _json(block, call.body, call.version)
    elif call.body:
        yield "a body where none is taken"


def _parts(block: str, call: Call) -> Iterator[str]:
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
        return check(json.loads(data), block, version)
    except ValueError:
        return ["no JSON"]


def _answer(action: Documented, call: Call, answer: Response) -> Iterator[str]:
    if action.answers == "file":
        if "json" in answer.content_type or not (isinstance(answer.value, bytes) or answer.is_stream):
            yield "no file"
    elif action.answers:
        value = json.loads(answer.value) if isinstance(answer.value, bytes) else answer.value
        deviations = check(value, action.answers, call.version)
        allowed = call.world.unknown_fields() if deviations else set()
        yield from (each for each in deviations if each.removesuffix(": is unknown").rpartition(".")[2] not in allowed)
    elif answer.body() != b"":
        yield "something where nothing is documented"
