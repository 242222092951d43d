"""Calls to the stand-in's API through its gateway, as any person, without sockets."""

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

from tests.contract.watch import Watch
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
    """A status, a decoded JSON value (or bytes), and the headers."""

    status: int
    value: Any
    headers: dict[str, str]


class Api:
    """One stand-in; every call names the person who makes it. AssertionError for what no API document has."""

    def __init__(self, scale: str | int = "demo", today: date = TODAY) -> None:
        self._watch = Watch(of_services=False)
        self.state = State(lambda: seed(scale, today), Registration(ServerSwitches()), observer=self._watch)
        self._dispatcher = ApiDispatcher(self.state)

    @property
    def world(self) -> World:
        """The data behind the calls."""
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
        """Any method; ``body`` goes out as JSON, ``data`` as it is."""
        headers = Headers()
        if caller is not None:
            headers["Authorization"] = f"Bearer {self._token(caller)}"
        builder = EnvironBuilder(
            path=f"/d2l/api/{path.partition('?')[0]}",
            method=method,
            base_url=HOST,
            query_string=query or path.partition("?")[2],
            headers=headers,
            data=data if body is None else json.dumps(body),
            content_type=content_type,
        )
        entry = self.state.log.begin(method, path, "")
        answer = self._dispatcher.respond(Request(builder.get_environ()), entry, TransmissionFaults())
        assert not self._watch.deviations, self._watch.told()
        return Reply(answer.status, _decoded(answer), dict(answer.headers))

    def pages(self, caller: int, path: str, **query: Any) -> Iterator[list[Any]]:
        """The objects of every page, following absolute Next addresses."""
        reply = self.get(caller, path, **query)
        while True:
            assert reply.status == 200, reply
            yield reply.value["Objects"]
            if reply.value["Next"] is None:
                return
            prefix = f"{HOST}/d2l/api/"
            assert reply.value["Next"].startswith(prefix)
            reply = self.get(caller, reply.value["Next"].removeprefix(prefix))

    def sets(self, caller: int, path: str, **query: Any) -> Iterator[list[Any]]:
        """The items of every page of a PagedResultSet."""
        bookmark, more = "", True
        while more:
            reply = self.get(caller, path, bookmark=bookmark, **query)
            assert reply.status == 200, reply
            yield reply.value["Items"]
            paging = reply.value["PagingInfo"]
            bookmark, more = paging["Bookmark"], paging["HasMoreItems"]

    def _token(self, caller: int) -> str:
        text = f"token-of-{caller}"
        if self.state.tokens.access(text) is None:
            token = AccessToken(text, "client", caller, frozenset({"core:*:*"}), time.time() + 3600, text)
            self.state.tokens.add(token, None)
        return text


def _decoded(answer: Response) -> Any:
    body = answer.body()
    return json.loads(body) if "json" in answer.content_type else body
