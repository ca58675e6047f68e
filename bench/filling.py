"""The couples that are measured: years of check-ins, sealed as the service seals them."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from couples import tokens
from couples.accounts.models import Person
from couples.accounts.services import begin_session
from couples.agreement.document.content import Clause, Content, Signer, to_plain
from couples.agreement.models import Topic
from couples.agreement.rhythm import Rhythm
from couples.agreement.signing.models import Version
from couples.db import db, key_ring, new_id, transaction
from couples.pairing.models import Couple, Membership
from couples.sealing import Place
from couples.surveys.models import Plan, Response, Round
from couples.surveys.rounds.services_clock import open_due_rounds

# Twelve questions: overall, six topics, one of the couple's own, and the scale's four items.
LISTED = ("time", "heard", "home", "money", "family", "closeness")
OWN = "did-we-dance-this-week"
ITEMS = ("1", "12", "19", "22")
# A Thursday, on which rounds open; it has come on every machine that can run this.
OPENS = datetime(2026, 9, 3, 18, tzinfo=UTC)
RHYTHM = Rhythm(1, 3, 18, 6, 18, "UTC")
OPEN, WEEK = timedelta(days=3), timedelta(weeks=1)
HALF_A_YEAR = 26
SEED = 5


@dataclass(frozen=True)
class Filled:
    """One couple that is measured, and a session of one of the two."""

    couple_id: str
    person_id: str
    session: str


@transaction()
def couple_with(rounds: int, now: datetime, rhythm: Rhythm = RHYTHM) -> Filled:
    """Write one couple with so many weekly rounds of twelve questions, the next not due yet."""
    couple_id, people = _pair(now - (rounds + 1) * WEEK)
    topics = _topics(couple_id, now)
    first = now - timedelta(days=4) - (rounds - 1) * WEEK
    version_id = _versions(couple_id, people, topics, rounds, (first, rhythm))
    due_at = first + rounds * WEEK
    plan = Plan(couple_id=couple_id, version_id=version_id, anchor=first.date(), due_at=due_at)
    db.session.add(plan)
    chance = random.Random(SEED)  # noqa: S311
    written = [_round(couple_id, version_id, n, rounds, (first, topics)) for n in range(rounds)]
    answers = [
        _response(one["id"], couple_id, person_id, topics, chance)
        for one in written
        for person_id in people
    ]
    if written:
        db.session.execute(db.insert(Round), written)
        db.session.execute(db.insert(Response), answers)
    return Filled(couple_id, people[0], begin_session(people[0], keep=True, now=now))


def mailed_link(rounds: int, now: datetime) -> str:
    """Write one couple with so many rounds behind it, let the next open; return a link's token."""
    yesterday = now - timedelta(days=1)
    day, hour = yesterday.weekday(), yesterday.hour
    rhythm = replace(RHYTHM, opens_weekday=day, opens_hour=hour, closes_weekday=(day + 3) % 7)
    filled = couple_with(rounds, now - timedelta(days=5), rhythm)
    _let_open(filled.couple_id, yesterday)
    open_due_rounds(now)
    query = db.select(Response).join(Round, Round.id == Response.round_id)
    mine = query.where(Response.person_id == filled.person_id).order_by(Round.number.desc())
    response = db.session.scalars(mine.limit(1)).one()
    return tokens.make("week", response.id, response.generation)


@transaction()
def _let_open(couple_id: str, at: datetime) -> None:
    plan = db.session.scalars(db.select(Plan).where(Plan.couple_id == couple_id)).one()
    plan.due_at, plan.anchor = at, at.date()


@transaction()
def due_couples(count: int, opens_at: datetime) -> list[str]:
    """Write couples whose first round opens at a time, and every week after; return their ids."""
    rhythm = replace(
        RHYTHM, opens_weekday=opens_at.weekday(), closes_weekday=(opens_at + OPEN).weekday()
    )
    found = []
    for _one in range(count):
        couple_id, people = _pair(opens_at - WEEK)
        topics = _topics(couple_id, opens_at)
        version_id = _versions(couple_id, people, topics, 0, (opens_at - WEEK, rhythm))
        db.session.add(
            Plan(
                couple_id=couple_id, version_id=version_id, anchor=opens_at.date(), due_at=opens_at
            )
        )
        found.append(couple_id)
    return found


def _pair(now: datetime) -> tuple[str, tuple[str, str]]:
    couple = Couple(linked_at=now, opened_at=now)
    people = [_person(name, now) for name in ("Maya", "Jonas")]
    db.session.add_all([couple, *people])
    db.session.flush()
    for person, leaf, mark in zip(people, (1, 2), ("disc", "diamond"), strict=True):
        db.session.add(Membership(couple_id=couple.id, person_id=person.id, leaf=leaf, mark=mark))
    return couple.id, (people[0].id, people[1].id)


def _person(name: str, now: datetime) -> Person:
    address = f"{new_id()}@example.org"
    index = key_ring().index(address)
    return Person(
        address_index=index, address=address, name=name, password_hash="",
        language="en",
        zone="Europe/Berlin", created_at=now, started_at=now,
    )  # fmt: skip


def _topics(couple_id: str, now: datetime) -> list[Topic]:
    topics = [
        Topic(couple_id=couple_id, listed=one, position=place, opened_at=now)
        for place, one in enumerate(LISTED)
    ]
    db.session.add_all(topics)
    db.session.flush()
    return topics


def _versions(
    couple_id: str,
    people: tuple[str, str],
    topics: list[Topic],
    rounds: int,
    begin: tuple[datetime, Rhythm],
) -> str:
    """Write a version for every half year; return the last one's id."""
    first, rhythm = begin
    signers = Signer(people[0], "Maya", "disc"), Signer(people[1], "Jonas", "diamond")
    clauses = tuple(
        Clause(one.id, one.listed, "", (), None, "We keep an evening free. " * 6, "", "", "")
        for one in topics
    )
    content = to_plain(Content(signers, clauses, rhythm, "", date(2030, 1, 1)))
    for number in range(max(1, rounds // HALF_A_YEAR)):
        at = first - timedelta(days=3) + number * HALF_A_YEAR * WEEK
        row = Version(
            couple_id=couple_id, number=number + 1, content=content, content_hash=str(number),
            salt="salt", in_force_at=at, review_on=date(2030, 1, 1),
        )  # fmt: skip
        db.session.add(row)
    db.session.flush()
    return row.id


def _round(
    couple_id: str,
    version_id: str,
    place: int,
    rounds: int,
    rest: tuple[datetime, Sequence[Topic]],
) -> dict[str, Any]:
    first, topics = rest
    opens_at, round_id = first + place * WEEK, new_id()
    questions: list[dict[str, Any]] = [
        {"id": one.id, "listed": one.listed, "name": "", "promise": "We keep an evening free."}
        for one in topics
    ]
    own = {"id": OWN, "listed": None, "name": "Did we dance?", "promise": "", "own": True}
    questions += [own, {"scale": "csi4"}]
    sealed = _sealed("rounds", "questions_sealed", round_id, couple_id, questions)
    return {
        "id": round_id, "couple_id": couple_id, "version_id": version_id,
        # The numbers end so that the round after them asks the scale too, however many they are.
        "number": place + 1 + -rounds % 4,
        "opens_at": opens_at, "closes_at": opens_at + OPEN, "every_weeks": 1,
        "questions_sealed": sealed, "settled_at": opens_at + OPEN,
    }  # fmt: skip


def _response(
    round_id: str, couple_id: str, person_id: str, topics: list[Topic], chance: random.Random
) -> dict[str, Any]:
    keys, response_id = ("overall", *(one.id for one in topics), OWN), new_id()
    payload = {
        "answers": {key: chance.randint(1, 7) for key in keys},
        "scale": {item: chance.randint(0, 5) for item in ITEMS},
        "words": "It was a good week.", "words_shared": True, "shared": True,
        "withdrawn": False, "kept": [],
    }  # fmt: skip
    sealed = _sealed("responses", "payload_sealed", response_id, person_id, payload)
    return {
        "id": response_id, "round_id": round_id, "couple_id": couple_id, "person_id": person_id,
        "payload_sealed": sealed,
    }  # fmt: skip


def _sealed(table: str, column: str, row: str, owner: str, value: object) -> bytes:
    plain = json.dumps(value, ensure_ascii=False)
    return key_ring().seal(plain, Place(table, column, row, owner))


def today() -> datetime:
    """Return this moment, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
