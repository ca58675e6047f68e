"""Rule C8 against real processes: two clocks, three workers, and workers killed at work."""  # noqa: N999

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from couples import clock
from couples.app import create_app
from couples.db import db, transaction
from couples.mail import outbox
from couples.mail.models import LetterState, OutboxLetter
from couples.settings import Settings
from tests.faults import composer
from tests.faults.service import Service, wait_until

COUPLES = 200
WORKERS = ("worker1", "worker2", "worker3")
CLOCKS = ("clock1", "clock2")
SHORT = {"LEASE_SECONDS": "4", "VISIBILITY_SECONDS": "4", "TICK_SECONDS": "1"}
UNFINISHED = (LetterState.PENDING, LetterState.CLAIMED, LetterState.SENDING)

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]


@transaction()
def seed(now: datetime) -> set[str]:
    """Make one letter due for each person of every couple; return the addresses."""
    persons = [f"p{couple}-{leaf}" for couple in range(COUPLES) for leaf in (1, 2)]
    wishes = [
        outbox.Post(kind=composer.KIND, key=f"once:{person}", person_id=person)
        for person in persons
    ]
    outbox.post_all(wishes, now)
    return {f"{person}@example.org" for person in persons}


def fates() -> dict[str, LetterState]:
    """Return what the outbox says about each address."""
    db.session.rollback()
    rows = db.session.query(OutboxLetter.person_id, OutboxLetter.state)
    return {f"{person}@example.org": state for person, state in rows}


@pytest.fixture
def settings(database_url: str, settings_for: Callable[..., Settings]) -> Iterator[Settings]:
    """Return the settings that every process of the test shares."""
    settings = settings_for(database_url)
    app = create_app(settings)
    with app.app_context():
        yield settings
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def service(settings: Settings, tmp_path: Path) -> Iterator[Service]:
    """Return the running service: mail server, queue, two clocks, three workers."""
    environ = {
        "SECRET_KEY": settings.secret_key,
        "SEALING_KEYS": settings.sealing.text(),
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(settings.data_dir),
        **SHORT,
    }
    folder = tmp_path / "service"
    folder.mkdir()
    service = Service(folder, environ)
    try:
        for name in WORKERS:
            service.start_worker(name, composer.__name__)
        for name in CLOCKS:
            service.start_clock(name)
        yield service
    finally:
        service.stop()


def test_C8_once_means_once(service: Service) -> None:
    addresses = seed(clock.now())
    for worker, after in zip(WORKERS, (40, 120, 200), strict=True):
        wait_until(lambda: len(service.recipients()) >= after, 90, f"{after} letters")  # noqa: B023
        service.kill(worker)
        assert len(service.recipients()) < len(addresses), "it was killed after the work"
        service.restart(worker)
    wait_until(lambda: not set(fates().values()) & set(UNFINISHED), 120, "every fate on record")

    taken, found = Counter(service.recipients()), fates()
    assert set(found) == addresses
    for address in addresses:
        if found[address] is LetterState.UNKNOWN:
            assert taken[address] <= 1
        else:
            assert (found[address], taken[address]) == (LetterState.SENT, 1)
    # A worker sends one letter at a time on each of its two threads.
    assert sum(state is LetterState.UNKNOWN for state in found.values()) <= 2 * len(WORKERS)
