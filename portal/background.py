"""Hints to the worker: sent by a thread of their own, so that no page ever waits for the broker.

A hint may be lost: with the process that holds it, or because the broker cannot be reached. Whoever needs
a message to arrive must not send it this way.
"""

import logging
import os
import queue
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from kombu.exceptions import OperationalError

import portal.celery  # noqa: F401  # without it a task is published to a default broker

log = logging.getLogger(__name__)
MAX_QUEUED = 1_000
USEFUL_SECONDS = 300


@dataclass(frozen=True)
class _Message:
    task: Any
    arguments: tuple[int, ...]
    pause: float


class _Outbox:
    def __init__(self) -> None:
        self._hints: queue.Queue[_Message] = queue.Queue(MAX_QUEUED)
        self._lock = threading.Lock()
        self._sender: threading.Thread | None = None

    def put(self, send_best_effort: _Message) -> None:
        with suppress(queue.Full):
            self._hints.put_nowait(send_best_effort)
        with self._lock:
            if self._sender is None:
                self._sender = threading.Thread(target=self._send_all, daemon=True, name="hints")
                self._sender.start()

    def _send_all(self) -> None:
        while True:
            _send(self._hints.get())


def send_best_effort(task: Any, *arguments: int, pause: float = 0.0) -> None:
    """Ask the worker to run ``task`` with these ids, not before ``pause`` seconds from now."""
    _outbox.put(_Message(task, arguments, pause))


def _send(send_best_effort: _Message) -> None:
    expires = send_best_effort.pause + USEFUL_SECONDS
    try:
        send_best_effort.task.apply_async(
            send_best_effort.arguments, countdown=send_best_effort.pause, expires=expires, ignore_result=True
        )
    except (OperationalError, OSError) as error:
        log.warning("The worker cannot be reached (%s); pages fetch for themselves.", type(error).__name__)
    except Exception:  # a broker's driver may raise anything, and whoever sends the next hint needs this thread
        log.exception("A hint to the worker could not be sent.")


def _forget_thread() -> None:
    """A forked child has none of its parent's threads."""
    global _outbox
    _outbox = _Outbox()


_outbox = _Outbox()
os.register_at_fork(after_in_child=_forget_thread)
