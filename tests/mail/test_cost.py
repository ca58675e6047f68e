"""What a letter costs is counted, since no time in a test says anything: statements, commits.

How long these take beside their floors is `./run bench`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask

from couples.db import is_postgres
from couples.mail.carrying.transport import SmtpTransport
from couples.mail.models import LetterState
from couples.mail.sending import claims
from couples.mail.sending.delivery import deliver
from couples.surveys.rounds.services_clock import open_due_rounds
from tests.cast import link, make_person
from tests.counting import asked, commits, plan_of
from tests.mail.conftest import post, states
from tests.mail.peer import ScriptedPeer
from tests.surveys.agreed import INSIDE, OPENS, sign

LEASE = timedelta(minutes=5)


WITHOUT = ("seqscan", "bitmapscan")


def couples(count: int, at: datetime) -> None:
    """Make couples whose round is open, so that both of each have a letter waiting."""
    for number in range(count):
        pair = [make_person(f"{leaf}{number}{at:%f}", at) for leaf in ("anna", "berit")]
        sign(link(pair[0], pair[1], at), at)
    open_due_rounds(OPENS)


def test_a_letter_more_costs_one_commit_and_two_or_three_statements(
    database_app: Flask, peer: ScriptedPeer
) -> None:
    found = []
    for place, number in enumerate((1, 1, 3)):
        couples(number, OPENS - timedelta(days=1, microseconds=place))
        with commits() as written, asked() as questions:
            counts = deliver(lambda: INSIDE, SmtpTransport(peer.url))
        assert counts.settled == {LetterState.SENT: 2 * number}
        found.append((len(written), len(questions.given)))
    # Four letters more: what became of the one before, whether this one is wanted, that it begins.
    # PostgreSQL is told the first and the last in one.
    _first, few, many = found
    assert (many[0] - few[0], many[1] - few[1]) == (4, (2 if is_postgres() else 3) * 4)


def test_a_claim_writes_to_the_narrow_table_alone(database_app: Flask, now: datetime) -> None:
    for person in ("maya", "jonas"):
        post("plain", person, now)
    with asked() as questions:
        assert len(claims.take(now, now + LEASE)) == 2
    assert len(questions.given) == 2, "whether anything is urgent, and the claim"
    assert not [one for one, _values in questions.given if "letters" in one]
    assert set(states().values()) == {LetterState.CLAIMED}


@pytest.mark.parametrize("urgent", [False, True])
def test_a_claim_finds_what_is_due_by_an_index(
    database_app: Flask, now: datetime, urgent: bool
) -> None:
    post("reset" if urgent else "plain", "maya", now)
    with asked() as found:
        claims.take(now, now + LEASE)
    plans = [plan_of(*one, WITHOUT) for one in found.given]
    for plan in plans:
        assert "INDEX ix_letter_times_" in plan or "using ix_letter_times_" in plan
        assert "Seq Scan" not in plan
        assert "SCAN letter_times\n" not in plan
    # PostgreSQL is free to take either index where so few rows are in both.
    if not is_postgres():
        assert ("ix_letter_times_urgent" in plans[1]) is urgent
    for plan in plans[1:]:
        # And found again by where it lies: no index of ids is gone through.
        assert ("Tid Scan" if is_postgres() else "USING INTEGER PRIMARY KEY") in plan


def test_an_idle_tick_asks_one_question_of_an_index(
    database_app: Flask, now: datetime, peer: ScriptedPeer
) -> None:
    post("plain", "maya", now + timedelta(hours=1), due_at=now + timedelta(hours=1))
    with asked() as found, commits() as written:
        deliver(lambda: now, SmtpTransport(peer.url))
    assert len(found.given) == 1
    assert not written
    assert "ix_letter_times_at" in plan_of(*found.given[0], WITHOUT)
