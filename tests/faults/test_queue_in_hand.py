"""A worker with a task in hand outlives its queue, and says what it did once the queue is back."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from couples import clock
from couples.surveys.rounds.services_clock import open_due_rounds
from tests.faults.conftest import MakeService
from tests.faults.mailing import all_settled, check_each_once, seed
from tests.faults.service import wait_until
from tests.servers import SmtpPeer

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120)]
# Long enough for the worker to notice that its queue is gone, and to be done before it is back.
IN_HAND, AWAY = 3.0, 8.0


class Slow(SmtpPeer):
    """A mail server that takes its time over the first letter."""

    has_begun = False

    async def handle_DATA(self, *said: Any) -> str:
        """Answer late, once."""
        if not self.has_begun:
            self.has_begun = True
            await asyncio.sleep(IN_HAND)
        return await super().handle_DATA(*said)


def test_C8_a_worker_with_a_task_in_hand_outlives_its_queue(
    postgres_url: str, service_for: MakeService
) -> None:
    service, peer = service_for(postgres_url), Slow()
    service.environ = {**service.environ, "SMTP_URL": peer.url}
    addresses = seed(clock.now(), 2)
    open_due_rounds(clock.now())
    try:
        service.start_worker("worker")
        service.start_clock("clock")
        wait_until(lambda: peer.has_begun, 60, "a letter in hand")
        service.stop_queue()
        time.sleep(AWAY)
        service.start_queue()
        # It is back, and works: the clock's next message reaches it.
        wait_until(lambda: all_settled(addresses), 60, "every fate on record")
        time.sleep(AWAY)
        assert service.running["worker"].poll() is None, service.said("worker")
        check_each_once(addresses, peer.recipients, unknown=0)
    finally:
        peer.stop()
