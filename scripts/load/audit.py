"""Afterwards: is every answer there whose page said so, and did every letter go once?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from couples.db import db
from couples.mail.models import UNFINISHED, LetterState, LetterTime, OutboxLetter
from couples.surveys.answering.services import questions_of
from couples.surveys.models import Response, Round
from load.client import EXPECTED
from load.mix import ANSWERED
from load.world import World, addresses

SAVED = EXPECTED[ANSWERED]
NOBODY_KNOWS = (LetterState.SENDING, LetterState.UNKNOWN)


def lost_answers(world: World, pressed: Iterable[dict[str, Any]]) -> tuple[int, int, list[str]]:
    """Return how many answers were said to be saved, of how many people, and what is wrong.

    What is stored must be the last that was said to be saved, or one sent after it of which nobody
    was told what became.
    """
    by_whom: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for press in sorted(pressed, key=lambda one: one["at"]):
        by_whom[press["who"]].append(press)
    found, saved = [], 0
    for who, presses in by_whom.items():
        told = [place for place, one in enumerate(presses) if one["status"] == SAVED]
        saved += len(told)
        possible = [one["given"] for one in presses[told[-1] if told else 0 :]]
        stored = stored_answers(world.responses[who])
        if stored not in possible and (told or stored):
            found.append(f"response {world.responses[who]} holds none of what was sent last")
    return saved, len(by_whom), found


def stored_answers(response_id: str) -> dict[str, str]:
    """Return what a response holds, as the mailed page would send it."""
    db.session.rollback()
    response = db.session.get_one(Response, response_id)
    round_ = db.session.get_one(Round, response.round_id)
    answers = (response.payload or {}).get("answers", {})
    asked = [one for one in questions_of(round_) if one in answers]
    return {f"q{place}": str(answers[one]) for place, one in enumerate(asked)}


def being_sent() -> int:
    """Return how many letters are being said to the mail server."""
    db.session.rollback()
    begun = select(db.func.count(OutboxLetter.id)).where(OutboxLetter.state == LetterState.SENDING)
    return db.session.scalar(begun) or 0


def letters_due(now: datetime) -> int:
    """Return how many letters were to go by now and still can."""
    db.session.rollback()
    # Of what is being sent when its worker is cut off nobody will ever know more.
    can = OutboxLetter.state.in_(UNFINISHED) & (OutboxLetter.state != LetterState.SENDING)
    due = select(db.func.count(OutboxLetter.id)).where(OutboxLetter.due_at <= now, can)
    return db.session.scalar(due) or 0


def waiting(now: datetime) -> list[str]:
    """Return in words what is known of letters that were to go by now and have not gone yet."""
    db.session.rollback()
    query = select(OutboxLetter, LetterTime).outerjoin(LetterTime)
    query = query.where(OutboxLetter.state.in_(UNFINISHED), OutboxLetter.due_at <= now)
    return [
        f"{row.kind} {row.state} due {row.due_at:%X}"
        + (f", again {time.at:%X}{', held' * time.held}" if time else ", no time")
        for row, time in db.session.execute(query)
    ]


def wrong_letters(recipients: Iterable[str], unknown: int) -> tuple[Counter[str], list[str]]:
    """Return the letters by what became of them, and what is wrong: so many may be unknown."""
    db.session.rollback()
    taken, address_of, found = Counter(recipients), addresses(), []
    states: Counter[str] = Counter()
    for letter in db.session.scalars(select(OutboxLetter).where(OutboxLetter.kind == "open")):
        count = taken[address_of[letter.person_id or ""]]
        states[letter.state] += 1
        most = 1 if letter.state in {LetterState.SENT, *NOBODY_KNOWS} else 0
        least = int(letter.state is LetterState.SENT)
        if not least <= count <= most:
            found.append(f"letter {letter.id} is {letter.state} and was taken {count} times")
    lost = sum(states[state] for state in NOBODY_KNOWS)
    if lost > unknown:
        found.append(f"{lost} letters of which nobody knows, at most {unknown}")
    given_up = (LetterState.DEAD, LetterState.SUPPRESSED)
    found += [f"{states[state]} letters {state}" for state in given_up if states[state]]
    return states, found


def doubled(recipients: Iterable[str]) -> int:
    """Return how many letters went to somebody who had theirs already: each is written one."""
    return sum(count - 1 for count in Counter(recipients).values())


def seconds_until_letters(fault_end: datetime) -> float | None:
    """Return after how many seconds the first letter went again; none where none was to go."""
    db.session.rollback()
    sent = select(db.func.min(OutboxLetter.settled_at)).where(
        OutboxLetter.settled_at > fault_end, OutboxLetter.state == LetterState.SENT
    )
    first = db.session.scalar(sent)
    return (first - fault_end).total_seconds() if first else None


def seconds_until_caught_up(fault_end: datetime) -> float | None:
    """Return after how many seconds all letters had gone that were due before a fault's end."""
    db.session.rollback()
    late = select(db.func.max(OutboxLetter.settled_at)).where(
        OutboxLetter.due_at <= fault_end, OutboxLetter.settled_at > fault_end
    )
    last = db.session.scalar(late)
    return (last - fault_end).total_seconds() if last else None
