"""Claiming what is due: rounds and letters, of few and of very many that are not."""

from __future__ import annotations

import itertools
from datetime import timedelta
from functools import partial

from sqlalchemy import Update

from bench.bulk import LONG_AFTER, id_of, settle
from bench.crowd import Crowd, crowds
from bench.filling import OPENS
from bench.goals import GOALS
from bench.ground import Database, Ground
from bench.results import Result, alone, beside
from bench.samples import in_turn, milliseconds
from couples.db import UNSYNCHRONIZED, db, transaction
from couples.mail.models import LetterTime
from couples.mail.sending.claims import take
from couples.surveys.models import Plan
from couples.surveys.rounds.services_clock import claim_due

LEASE = timedelta(minutes=5)
# Before anything else is due, and a day apart.
FIRST = OPENS - timedelta(weeks=40)
_days = itertools.count()


def measure(ground: Ground) -> list[Result]:
    """Measure both claims on each database."""
    return [found for one in ground.databases for found in _on(ground, one)]


def _on(ground: Ground, database: Database) -> list[Result]:
    few, many = crowds(ground, database)
    due, name = ground.size.due, database.name
    takes = {
        f"{kind} {crowd.couples}": partial(crowd.inside, partial(act, crowd, due))
        for kind, act in (("rounds", _rounds), ("letters", _letters))
        for crowd in (few, many)
    }
    for once in takes.values():
        once()  # unmeasured
    samples = in_turn(takes, ground.size.claims)
    found = []
    for kind in ("rounds", "letters"):
        among, of_few = f"{kind} {many.couples}", f"{kind} {few.couples}"
        words = f"claim {due:,} due {kind} of {many.couples:,}"
        found += [
            alone(words, name, samples, among, "ms", GOALS[f"claim {name}"]),
            beside(f"{words} : of {few.couples:,}", name, samples, (among, of_few),
                   GOALS["claim flat"]),
        ]  # fmt: skip
    return found


def _rounds(crowd: Crowd, due: int) -> float:
    """Let so many rounds be due, claim them, put them back; return how long claiming took."""
    now = FIRST + timedelta(days=next(_days))
    # Couples whose rounds open at the same time came from anywhere.
    numbers = range(1, crowd.couples + 1, max(1, crowd.couples // due))
    ids = [id_of("l", number) for number in numbers][:due]
    _put(db.update(Plan).where(Plan.id.in_(ids)), due_at=now)
    settle("plans")
    taken: list[str] = []
    took = milliseconds(lambda: taken.extend(claim_due(now, due)))
    assert len(taken) == due
    _put(db.update(Plan).where(Plan.id.in_(ids)), due_at=LONG_AFTER, claimed_until=None)
    return took


def _letters(crowd: Crowd, due: int) -> float:
    """Do the same with letters, which were posted one after the other."""
    now = FIRST + timedelta(days=next(_days))
    first = next(_days) * due % (crowd.couples - due) + 1
    ids = [id_of("t", number) for number in range(first, first + due)]
    _put(db.update(LetterTime).where(LetterTime.letter_id.in_(ids)), at=now)
    settle("letter_times")
    taken: list[str] = []
    took = milliseconds(lambda: taken.extend(take(now, now + LEASE, due, due)))
    assert len(taken) == due
    _put(db.update(LetterTime).where(LetterTime.letter_id.in_(ids)), at=LONG_AFTER, held=False)
    return took


def _put(statement: Update, **values: object) -> None:
    with transaction():
        db.session.execute(statement.values(**values), execution_options=UNSYNCHRONIZED)
