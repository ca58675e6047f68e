"""Rule C8 against real processes: two clocks, three workers, and workers killed at work."""  # noqa: N999

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from couples import clock
from couples.db import db
from couples.surveys.models import Round
from tests.faults.conftest import MakeService
from tests.faults.mailing import all_settled, check_each_once, seed
from tests.faults.service import wait_until

COUPLES = 200
WORKERS = ("worker1", "worker2", "worker3")
CLOCKS = ("clock1", "clock2")

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]


def test_C8_once_means_once(database_url: str, service_for: MakeService) -> None:
    service = service_for(database_url)
    for name in WORKERS:
        service.start_worker(name)
    for name in CLOCKS:
        service.start_clock(name)
    addresses = seed(clock.now(), COUPLES)
    for worker, after in zip(WORKERS, (40, 120, 200), strict=True):
        wait_until(lambda: len(service.recipients()) >= after, 90, f"{after} letters")  # noqa: B023
        service.kill(worker)
        assert len(service.recipients()) < len(addresses), "it was killed after the work"
        service.restart(worker)
    wait_until(lambda: all_settled(addresses), 120, "every fate on record")

    assert db.session.scalar(select(func.count(Round.id))) == COUPLES, "a round a couple"
    # A worker sends one letter at a time on each of its two threads.
    check_each_once(addresses, service.recipients(), unknown=2 * len(WORKERS))
