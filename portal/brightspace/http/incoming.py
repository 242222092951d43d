"""A response on its way in: its body read on demand, within the deadline and up to a size."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

import requests
import urllib3

from portal.brightspace.errors import DeadlineExceeded, TruncatedResponse, Unavailable, UnexpectedResponse
from portal.brightspace.http.deadline import Deadline
from portal.brightspace.oddities import Oddity

MAX_BODY_BYTES = 8 * 1024 * 1024
MAX_ERROR_BODY_BYTES = 64 * 1024
TIMER_TOLERANCE_SECONDS = 0.02
_CHUNK_BYTES = 64 * 1024


class IncomingResponse:
    """A response whose headers have arrived. The body is read on demand, up to a limit."""

    def __init__(self, response: requests.Response, deadline: Deadline) -> None:
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self._raw: urllib3.HTTPResponse = response.raw
        self._deadline = deadline

    def read(self) -> bytes:
        """The whole body of a 2xx; of an error at most 64 KB, and what could be read of them."""
        if 200 <= self.status < 300:
            return b"".join(self.chunks(MAX_BODY_BYTES))
        parts: list[bytes] = []
        if self.status >= 400:
            with suppress(Unavailable, UnexpectedResponse):  # the status is enough to raise an error
                parts.extend(self.chunks(MAX_ERROR_BODY_BYTES))
        self.close()
        return b"".join(parts)

    def chunks(self, limit: int | None = None) -> Iterator[bytes]:
        """The decoded body in chunks, up to ``limit`` bytes; afterwards the connection is released.

        Raises UnexpectedResponse above the limit, TruncatedResponse for a body that ends early, Unavailable,
        DeadlineExceeded.
        """
        total = 0
        try:
            while chunk := self._next_chunk():
                total += len(chunk)
                if limit is not None and total > limit:
                    raise UnexpectedResponse(Oddity.TOO_LARGE)
                yield chunk
        finally:
            self.close()

    def _next_chunk(self) -> bytes:
        try:
            return self._raw.read1(_CHUNK_BYTES, decode_content=True)
        except urllib3.exceptions.ReadTimeoutError as error:
            raise timed_out(self._deadline, sent=True) from error
        except urllib3.exceptions.DecodeError as error:
            raise UnexpectedResponse(reason="content encoding") from error
        except urllib3.exceptions.HTTPError as error:
            raise TruncatedResponse("connection ended inside the body") from error

    def close(self) -> None:
        """Release the connection if the body has been read, else close it; may be called again."""
        self._raw.close()


def timed_out(deadline: Deadline, *, sent: bool) -> Unavailable:
    # A socket may time out slightly before the deadline.
    return DeadlineExceeded(sent=sent) if deadline.remaining() < TIMER_TOLERANCE_SECONDS else Unavailable(sent=sent)
