"""Fault injection: runs a request's work under the faults that match it."""

from __future__ import annotations

from collections.abc import Callable

from tests.sandbox.api.responses import Response
from tests.sandbox.faults.corruption import corrupted
from tests.sandbox.faults.kinds import REPLACING
from tests.sandbox.faults.registry import Fault, FaultTarget
from tests.sandbox.faults.replacement import replacement
from tests.sandbox.faults.transmission import TransmissionFaults


def with_faults(
    faults: list[Fault],
    target: FaultTarget,
    transmission: TransmissionFaults,
    work: Callable[[], Response],
    pause: Callable[[float], object],
) -> Response:
    """The response of ``work``, or what the faults make of it. ``pause`` sleeps for milliseconds."""
    for fault in faults:
        if fault.kind == "slow":
            pause(fault.delay_ms)
        transmission.add(fault)
    if any(fault.kind == "drop" for fault in faults):
        return Response.empty()
    replacing = next((fault for fault in faults if fault.kind in REPLACING), None)
    if replacing is not None:
        if replacing.after_work:
            work()
        return replacement(replacing, target)
    response = work()
    for fault in faults:
        response = corrupted(fault, target, response)
    return response
