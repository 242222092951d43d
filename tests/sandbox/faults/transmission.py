"""Faults of a response's transmission, which the HTTP server carries out."""

from __future__ import annotations

from dataclasses import dataclass

from tests.sandbox.faults.registry import Fault


@dataclass
class TransmissionFaults:
    """How one response is transmitted wrongly; by default not at all."""

    drop: bool = False
    truncate: bool = False
    close_silently: bool = False
    body_byte_ms: float = 0
    header_byte_ms: float = 0

    @property
    def ends_connection(self) -> bool:
        """Whether the connection cannot be used for another request."""
        return self.drop or self.truncate or self.close_silently

    def add(self, fault: Fault) -> None:
        """Adds what a fault does to the transmission; other kinds of fault do nothing."""
        self.drop |= fault.kind in ("drop", "drop_after")
        self.truncate |= fault.kind == "truncated"
        self.close_silently |= fault.kind == "close_silently"
        if fault.kind == "drip":
            self.body_byte_ms = fault.delay_ms
        if fault.kind == "drip_headers":
            self.header_byte_ms = fault.delay_ms
