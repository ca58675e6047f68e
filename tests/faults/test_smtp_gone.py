"""A mail server that is gone for a while: letters wait, and go when it is back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from couples import clock
from couples.db import db
from couples.mail.models import LetterState, LetterTime, MailServer
from couples.mail.sending.breaker import LONGEST_REST
from couples.surveys.rounds.services_clock import open_due_rounds
from tests.faults.conftest import MakeService
from tests.faults.mailing import all_settled, check_each_once, fates, move_half, seed
from tests.faults.service import answers, wait_until

COUPLES = 100

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]


def rests() -> bool:
    """Whether the workers know that the mail server is out of reach."""
    db.session.rollback()
    row = db.session.get(MailServer, 1)
    return row is not None and row.rests_until is not None


def held() -> bool:
    """Whether letters are in some worker's hands: one that has yet to find out would do so late."""
    db.session.rollback()
    in_hand = db.session.scalar(select(LetterTime.letter_id).where(LetterTime.held).limit(1))
    return in_hand is not None or LetterState.SENDING in fates().values()


def test_C8_letters_wait_for_a_mail_server_that_is_gone(
    sqlite_url: str, service_for: MakeService, tmp_path: Path
) -> None:
    clock_file = tmp_path / "clock"
    service = service_for(sqlite_url, TEST_CLOCK_FILE=str(clock_file))
    addresses = seed(clock.now(), COUPLES)
    open_due_rounds(clock.now())
    move_half(clock.now() + timedelta(hours=2))
    for name in ("worker1", "worker2"):
        service.start_worker(name)
    service.start_clock("clock")
    wait_until(lambda: len(service.recipients()) >= 40, 90, "40 letters")
    service.kill("smtp")
    assert len(service.recipients()) < len(addresses), "it was killed after the work"
    move_half(clock.now())
    wait_until(lambda: rests() and not held(), 60, "the server is left alone, all letters wait")
    service.restart("smtp")
    wait_until(lambda: answers(service.smtp_port), 60, "the mail server listens again")
    clock_file.write_text(str(2 * LONGEST_REST.total_seconds()))
    wait_until(lambda: all_settled(addresses), 120, "every fate on record")

    # Of what each of the workers' threads was saying when the server died nobody knows the fate.
    check_each_once(addresses, service.recipients(), unknown=4)
    assert not rests()
