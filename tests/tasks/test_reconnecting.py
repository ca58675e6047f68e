"""A fault in the client of the queue is no queue that went away."""

from __future__ import annotations

import pytest

from tasks.reconnecting import MOST_FAULTS, SoonBack


def test_a_worker_that_meets_the_same_fault_again_and_again_ends() -> None:
    worker = SoonBack.__new__(SoonBack)
    worker.faults = []
    fault = AttributeError("a channel that is closed")
    for _time in range(MOST_FAULTS):
        worker.on_connection_error_after_connected(fault)
        worker.on_connection_error_after_connected(ConnectionError("gone"))
    with pytest.raises(AttributeError):
        worker.on_connection_error_after_connected(fault)
