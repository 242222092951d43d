"""Best-effort messages to the worker, sent by a thread of their own: no page waits for the broker.

A message may be lost, with the process that holds it or because the broker cannot be reached. What must arrive is not
sent this way.
"""

import logging
import os
import queue
import threading
from contextlib import suppress
from dataclasses import dataclass

from kombu.exceptions import OperationalError

from portal.celery import app

log = logging.getLogger(__name__)
MAX_QUEUED_MESSAGES = 1_000
EXPIRY_SECONDS = 300


@dataclass(frozen=True)
class _Message:
    task: str
    arguments: tuple[int, ...]
    pause_seconds: float


class _Outbox:
    """The messages of this process that wait to be sent, and the thread that sends them."""

    def __init__(self) -> None:
        self._messages: queue.Queue[_Message] = queue.Queue(MAX_QUEUED_MESSAGES)
        self._lock = threading.Lock()
        self._sender: threading.Thread | None = None

    def put(self, message: _Message) -> None:
        with suppress(queue.Full):
            self._messages.put_nowait(message)
        with self._lock:
            if self._sender is None:
                self._sender = threading.Thread(target=self._send_all, daemon=True, name="background-messages")
                self._sender.start()

    def _send_all(self) -> None:
        while True:
            _send(self._messages.get())


def send_best_effort(task: str, *arguments: int, pause: float = 0.0) -> None:
    """Ask the worker to run the task of this name with these ids, not before ``pause`` seconds from now."""
    _outbox.put(_Message(task, arguments, pause))


def _send(message: _Message) -> None:
    expires = message.pause_seconds + EXPIRY_SECONDS
    try:
        app.send_task(
            message.task, message.arguments, countdown=message.pause_seconds, expires=expires, ignore_result=True
        )
    except (OperationalError, OSError) as error:
        log.warning("The worker cannot be reached (%s); pages fetch for themselves.", type(error).__name__)
    except Exception:  # a broker's driver may raise anything, and the next message needs this thread
        log.exception("A message to the worker could not be sent.")


def _replace_outbox() -> None:
    """Start with an empty outbox in a forked child, which has none of its parent's threads."""
    global _outbox
    _outbox = _Outbox()


_outbox = _Outbox()
os.register_at_fork(after_in_child=_replace_outbox)
