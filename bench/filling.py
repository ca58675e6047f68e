"""Couples with years of check-ins, written in bulk straight into the tables."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

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

# Twelve questions: overall, six topics, one of the couple's own, and the scale's four items.
LISTED = ("time", "heard", "home", "money", "family", "closeness")
OWN = "did-we-dance-this-week"
ITEMS = ("1", "12", "19", "22")
RHYTHM = Rhythm(1, 3, 18, 6, 18, "UTC")
OPEN, WEEK = timedelta(days=3), timedelta(weeks=1)
HALF_A_YEAR = 26
SEED = 5


@transaction()
def couple_with(rounds: int, now: datetime) -> str:
    """Write one couple with so many weekly rounds of twelve questions; return a session's token."""
    couple_id, people = _pair(now - (rounds + 1) * WEEK)
    topics = [
        Topic(couple_id=couple_id, listed=one, position=place, opened_at=now)
        for place, one in enumerate(LISTED)
    ]
    db.session.add_all(topics)
    db.session.flush()
    first = now - timedelta(days=4) - (rounds - 1) * WEEK
    version_id = _versions(couple_id, people, topics, rounds, first)
    due_at = first + rounds * WEEK
    db.session.add(
        Plan(couple_id=couple_id, version_id=version_id, anchor=first.date(), due_at=due_at)
    )
    chance = random.Random(SEED)  # noqa: S311
    written = [_round(couple_id, version_id, n, first, topics) for n in range(rounds)]
    db.session.execute(db.insert(Round), written)
    answers = [
        _response(one["id"], couple_id, person_id, topics, chance)
        for one in written
        for person_id in people
    ]
    db.session.execute(db.insert(Response), answers)
    return begin_session(people[0], keep=True, now=now)


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


def _versions(
    couple_id: str, people: tuple[str, str], topics: list[Topic], rounds: int, first: datetime
) -> str:
    """Write a version for every half year; return the last one's id."""
    signers = Signer(people[0], "Maya", "disc"), Signer(people[1], "Jonas", "diamond")
    clauses = tuple(
        Clause(one.id, one.listed, "", (), None, "We keep an evening free. " * 6, "", "", "")
        for one in topics
    )
    content = to_plain(Content(signers, clauses, RHYTHM, "", date(2030, 1, 1)))
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
    couple_id: str, version_id: str, number: int, first: datetime, topics: list[Topic]
) -> dict[str, Any]:
    opens_at, round_id = first + number * WEEK, new_id()
    questions: list[dict[str, Any]] = [
        {"id": one.id, "listed": one.listed, "name": "", "promise": "We keep an evening free."}
        for one in topics
    ]
    own = {"id": OWN, "listed": None, "name": "Did we dance?", "promise": "", "own": True}
    questions += [own, {"scale": "csi4"}]
    sealed = _sealed("rounds", "questions_sealed", round_id, couple_id, questions)
    return {
        "id": round_id, "couple_id": couple_id, "version_id": version_id, "number": number + 1,
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


def add_others(couples: int, rounds: int, now: datetime) -> None:
    """Write other couples with as much; their sealed bytes are random, since nobody reads them."""
    with transaction():
        for _one in range(couples):
            couple_id, people = _pair(now)
            made = list(_bare_rounds(couple_id, people, rounds, now))
            db.session.execute(db.insert(Round), [one for one, _answers in made])
            db.session.execute(db.insert(Response), [row for _one, rows in made for row in rows])
            db.session.expunge_all()


def _bare_rounds(
    couple_id: str, people: tuple[str, str], rounds: int, now: datetime
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    version = Version(
        couple_id=couple_id, number=1, content={}, content_hash="", salt="", in_force_at=now,
        review_on=now.date(),
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    noise = bytes(1100)
    for number in range(rounds):
        opens_at, round_id = now - number * WEEK, new_id()
        one = {
            "id": round_id, "couple_id": couple_id, "version_id": version.id,
            "number": number + 1, "opens_at": opens_at, "closes_at": opens_at + OPEN,
            "every_weeks": 1, "questions_sealed": noise, "settled_at": opens_at + OPEN,
        }  # fmt: skip
        answers = [
            {
                "id": new_id(), "round_id": round_id, "couple_id": couple_id,
                "person_id": person_id, "payload_sealed": noise,
            }
            for person_id in people
        ]  # fmt: skip
        yield one, answers


def today() -> datetime:
    """Return this moment, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
