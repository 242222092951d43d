"""Fixtures: a server on a real socket that can misbehave, and clients of it."""

from collections.abc import Callable, Iterator

import pytest

from portal.brightspace.configuration import Configuration
from portal.brightspace.http.client import Client, OnResponse
from portal.brightspace.http.deadline import Deadline
from tests.portal.brightspace.http.raw_server import RawServer

MakeClient = Callable[..., Client]


@pytest.fixture
def server() -> Iterator[RawServer]:
    with RawServer() as running:
        yield running


@pytest.fixture
def make_client(server: RawServer) -> MakeClient:
    def make(
        token: str = "token-of-ana",
        seconds: float = 20.0,
        read_timeout: float = 10.0,
        url: str | None = None,
        on_response: OnResponse | None = None,
    ) -> Client:
        return Client(
            token=token,
            deadline=Deadline.after(seconds),
            configuration=Configuration(url=url or server.url, connect_timeout=3.0, read_timeout=read_timeout),
            on_response=on_response,
        )

    return make


@pytest.fixture
def client(make_client: MakeClient) -> Client:
    return make_client()
