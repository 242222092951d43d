"""A client that calls a sandbox's API as any person, without sockets."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug import Request
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from tests.contract.observer import ContractObserver
from tests.sandbox.api.responses import Response
from tests.sandbox.faults.transmission import TransmissionFaults
from tests.sandbox.http.api_dispatcher import ApiDispatcher
from tests.sandbox.oauth.registration import Registration
from tests.sandbox.oauth.token_store import AccessToken
from tests.sandbox.seeds import seed
from tests.sandbox.state import State
from tests.sandbox.switches import ServerSwitches
from tests.sandbox.world import World

TODAY = date(2026, 11, 21)
HOST = "http://sandbox.test"


@dataclass(frozen=True)
class Reply:
    """A response with its JSON decoded; ``value`` is bytes when it is no JSON."""

    status: int
    value: Any
    headers: dict[str, str]


class ApiClient:
    """A sandbox of its own; every call names the person who makes it.

    AssertionError when a response is not as its API document says.
    """

    def __init__(self, scale: str | int = "demo", today: date = TODAY) -> None:
        self._watch = ContractObserver(check_requests=False)
        self.state = State(lambda: seed(scale, today), Registration(ServerSwitches()), observer=self._watch)
        self._dispatcher = ApiDispatcher(self.state)

    @property
    def world(self) -> World:
        """The data of the sandbox."""
        return self.state.world

    def get(self, caller: int | None, path: str, **query: Any) -> Reply:
        """GET ``/d2l/api/`` + path."""
        return self.send("GET", caller, path, query=query)

    def send(
        self,
        method: str,
        caller: int | None,
        path: str,
        *,
        body: Any = None,
        query: dict[str, Any] | None = None,
        data: bytes | None = None,
        content_type: str | None = None,
    ) -> Reply:
        """Sends ``body`` as JSON, or ``data`` as it is; without a token when ``caller`` is None."""
        builder = EnvironBuilder(
            path=f"/d2l/api/{path.partition('?')[0]}",
            method=method,
            base_url=HOST,
            query_string=query or path.partition("?")[2],
            headers=Headers() if caller is None else Headers({"Authorization": f"Bearer {self._token(caller)}"}),
            data=data if body is None else json.dumps(body),
            content_type=content_type,
        )
        entry = self.state.log.begin(method, path, "")
        response = self._dispatcher.respond(Request(builder.get_environ()), entry, TransmissionFaults())
        assert not self._watch.violations, self._watch.report()
        return Reply(response.status, _decoded(response), dict(response.headers))

    def pages(self, caller: int, path: str, **query: Any) -> Iterator[list[Any]]:
        """The objects of every page of an object list."""
        reply = self.get(caller, path, **query)
        while True:
            assert reply.status == 200, reply
            yield reply.value["Objects"]
            if reply.value["Next"] is None:
                return
            reply = self.get(caller, path_of(reply.value["Next"]))

    def result_set_pages(self, caller: int, path: str, **query: Any) -> Iterator[list[Any]]:
        """The items of every page of a paged result set."""
        bookmark, has_more = "", True
        while has_more:
            reply = self.get(caller, path, bookmark=bookmark, **query)
            assert reply.status == 200, reply
            yield reply.value["Items"]
            paging = reply.value["PagingInfo"]
            bookmark, has_more = paging["Bookmark"], paging["HasMoreItems"]

    def _token(self, caller: int) -> str:
        text = f"token-of-{caller}"
        if self.state.tokens.access(text) is None:
            token = AccessToken(text, "client", caller, frozenset({"core:*:*"}), time.time() + 3600, text)
            self.state.tokens.add(token, None)
        return text


def path_of(url: str) -> str:
    """The path below ``/d2l/api/`` of an absolute address that the sandbox gave."""
    prefix = f"{HOST}/d2l/api/"
    assert url.startswith(prefix), url
    return url.removeprefix(prefix)


def _decoded(response: Response) -> Any:
    body = response.body()
    return json.loads(body) if "json" in response.content_type else body
