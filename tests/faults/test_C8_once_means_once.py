"""Rule C8 against real processes: two clocks, three workers, and workers killed at work."""  # noqa: N999

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from couples import clock
from couples.accounts.models import Person
from couples.agreement.rhythm import Rhythm
from couples.app import create_app
from couples.db import db, transaction
from couples.mail.models import LetterState, OutboxLetter
from couples.settings import Settings
from couples.surveys.models import Round
from tests.cast import link, make_person
from tests.faults.service import Service, wait_until
from tests.surveys.agreed import sign

COUPLES = 200
WORKERS = ("worker1", "worker2", "worker3")
CLOCKS = ("clock1", "clock2")
SHORT = {"LEASE_SECONDS": "4", "VISIBILITY_SECONDS": "4", "TICK_SECONDS": "1"}
UNFINISHED = (LetterState.PENDING, LetterState.CLAIMED, LetterState.SENDING)

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]


def rhythm_open_now(now: datetime) -> Rhythm:
    """Return a weekly rhythm whose round opened an hour ago and stays open for two days."""
    opened = now - timedelta(hours=1)
    return Rhythm(1, opened.weekday(), opened.hour, (opened.weekday() + 2) % 7, opened.hour, "UTC")


@transaction()
def seed(now: datetime) -> set[str]:
    """Make couples whose round is due; return the addresses of their persons."""
    rhythm, signed_at = rhythm_open_now(now), now - timedelta(days=9)
    for couple in range(COUPLES):
        persons = [make_person(f"p{couple}-{leaf}", signed_at, "UTC") for leaf in (1, 2)]
        sign(link(persons[0], persons[1], signed_at), signed_at, rhythm)
    return {f"p{couple}-{leaf}@example.org" for couple in range(COUPLES) for leaf in (1, 2)}


def fates() -> dict[str, LetterState]:
    """Return what the outbox says about each address."""
    db.session.rollback()
    query = select(Person, OutboxLetter.state).join(
        OutboxLetter, OutboxLetter.person_id == Person.id
    )
    rows = db.session.execute(query.where(OutboxLetter.kind == "open"))
    return {person.address: state for person, state in rows}


def all_settled() -> bool:
    """Whether every person's letter exists and its fate is on record."""
    found = fates()
    return len(found) == 2 * COUPLES and not set(found.values()) & set(UNFINISHED)


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
            service.start_worker(name)
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
    wait_until(all_settled, 120, "every fate on record")

    assert db.session.scalar(select(func.count(Round.id))) == COUPLES, "a round a couple"
    taken, found = Counter(service.recipients()), fates()
    assert set(found) == addresses
    for address in addresses:
        if found[address] is LetterState.UNKNOWN:
            assert taken[address] <= 1
        else:
            assert (found[address], taken[address]) == (LetterState.SENT, 1)
    # A worker sends one letter at a time on each of its two threads.
    assert sum(state is LetterState.UNKNOWN for state in found.values()) <= 2 * len(WORKERS)
