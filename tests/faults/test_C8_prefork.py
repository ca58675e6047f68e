"""Rule C8 where a child of the worker dies and the worker itself lives on."""  # noqa: N999

from __future__ import annotations

from datetime import timedelta

import psutil
import pytest

from couples import clock
from couples.surveys.rounds.services_clock import open_due_rounds
from tests.faults.conftest import MakeService
from tests.faults.mailing import all_settled, check_each_once, move_half, seed
from tests.faults.service import Service, wait_until

COUPLES = 50

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]


def children(service: Service) -> list[psutil.Process]:
    """Return the processes of the worker's pool."""
    found: list[psutil.Process] = psutil.Process(service.running["worker"].pid).children()
    return found


def test_C8_a_killed_child_of_the_pool_neither_loses_nor_repeats(
    postgres_url: str, service_for: MakeService
) -> None:
    service = service_for(postgres_url)
    addresses = seed(clock.now(), COUPLES)
    open_due_rounds(clock.now())
    move_half(clock.now() + timedelta(hours=2))
    service.start_worker("worker", pool="prefork")
    service.start_clock("clock")
    wait_until(lambda: len(service.recipients()) >= 20, 90, "20 letters")
    killed = children(service)
    for child in killed:
        child.kill()
    assert len(service.recipients()) < len(addresses), "they were killed after the work"
    move_half(clock.now())
    wait_until(lambda: all_settled(addresses), 120, "every fate on record")

    assert service.running["worker"].poll() is None
    assert len(killed) == 2 and not set(killed) & set(children(service))
    check_each_once(addresses, service.recipients(), unknown=len(killed))
