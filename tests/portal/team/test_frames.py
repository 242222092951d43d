"""How many of our functions lie between the view and the socket: each must carry something."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.test import Client

from tests.structure import APP, ROOT

MAX_FRAMES = 16
SOURCES = tuple(str(ROOT / folder) for folder in APP)
_watched: list[tuple[bytes, int, list[str]]] = []  # what is waited for, the thread of the view, the frames found


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    """Hears of every request that Python's HTTP library begins to send, in the thread that sends it."""
    if event == "http.client.send" and _watched and isinstance(arguments[1], bytes):
        wanted, view_thread, found = _watched[-1]
        if wanted in arguments[1] and not found:
            sender = _ours(sys._getframe())
            asker = [] if threading.get_ident() == view_thread else _ours(sys._current_frames()[view_thread])
            found += [*asker, *sender]


def _ours(frame: FrameType | None) -> list[str]:
    """The functions of the app on a stack, outermost first."""
    names = []
    while frame is not None:
        if frame.f_code.co_filename.startswith(SOURCES):
            names.append(f"{frame.f_globals['__name__']}.{frame.f_code.co_name}")
        frame = frame.f_back
    return names[::-1]


@contextmanager
def stack_at(request: bytes) -> Iterator[list[str]]:
    """Filled with our functions on the stack when a request with these bytes is sent."""
    found: list[str] = []
    _watched.append((request, threading.get_ident(), found))
    try:
        yield found
    finally:
        _watched.pop()


sys.addaudithook(_audit)


def test_view_and_socket_are_few_frames_apart_on_the_first_paint_of_the_team(maya: Client) -> None:
    with stack_at(b"/auditees/") as stack:
        assert maya.get("/team/").status_code == 200
    from_view = stack[stack.index("portal.team.views.team") :]

    assert from_view[-1] == "portal.brightspace.http.sockets.request"
    assert len(from_view) <= MAX_FRAMES, "\n".join(from_view)
