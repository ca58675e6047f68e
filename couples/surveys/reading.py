"""Rounds read as bare columns: five years of them with one query, and no object for any row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, literal, null, select

from couples.db import db, key_ring
from couples.sealing import Place
from couples.surveys.models import Plan, Response, Round
from couples.surveys.terms import Asked, from_rows

Payload = dict[str, Any] | None
Both = tuple[Payload, Payload]
# Tables, not mapped classes: the database's rows come as they are.
_plans, _rounds = Plan.__table__.c, Round.__table__.c
_mine_table, _theirs_table = Response.__table__.alias(), Response.__table__.alias()
_mine, _theirs = _mine_table.c, _theirs_table.c


class Found(NamedTuple):
    """One round with both responses as the tables hold them; what is not there is none."""

    due_at: datetime | None
    id: str
    couple_id: str
    number: int
    opens_at: datetime
    closes_at: datetime
    # Whether it ran to its close, or still runs: one the end of the link took with it does not.
    stands: bool
    every_weeks: int
    questions_sealed: bytes
    my_id: str
    my_payload: bytes | None
    skipped: bool
    their_id: str | None
    their_person: str | None
    their_payload: bytes | None


# What `rules.has_closed` and `rules.is_open` ask of the end of a link, answered by the database:
# hundreds of moments need not be made of what it holds.
_stands = _rounds.cancelled_at.is_(None) | (_rounds.closes_at <= _rounds.cancelled_at)
_OF_ROUND = (
    _rounds.id, _rounds.couple_id, _rounds.number, _rounds.opens_at, _rounds.closes_at, _stands,
    _rounds.every_weeks, _rounds.questions_sealed, _mine.id, _mine.payload_sealed,
    _mine.skipped_at.is_not(None),
)  # fmt: skip


# Made once, filled in each time: building it would take as long as asking.
_my_own = _mine.person_id == bindparam("person_id")
# Of a round that is open nothing of the partner's is even read.
_opened = (_theirs.person_id != bindparam("person_id")) & (_rounds.closes_at <= bindparam("now"))
_WITH_PLAN = (
    select(_plans.due_at, *_OF_ROUND, _theirs.id, _theirs.person_id, _theirs.payload_sealed)
    .outerjoin(
        Round.__table__,
        (_rounds.couple_id == _plans.couple_id) & (_rounds.opens_at <= bindparam("now")),
    )
    .outerjoin(_mine_table, (_mine.round_id == _rounds.id) & _my_own)
    .outerjoin(_theirs_table, (_theirs.round_id == _rounds.id) & _opened)
    .where(_plans.couple_id == bindparam("couple_id"))
    .order_by(_rounds.opens_at.desc())
)
_OF_LAST_LINK = (
    select(literal(None), *_OF_ROUND, null(), null(), null())
    .join(_mine_table, _mine.round_id == _rounds.id)
    .where(_my_own, _rounds.opens_at <= bindparam("now"))
    .order_by(_rounds.opens_at.desc())
)


def with_plan(couple_id: str, person_id: str, now: datetime) -> tuple[datetime | None, list[Found]]:
    """Return when the next round opens, and a person's rounds, the newest first."""
    asked = {"couple_id": couple_id, "person_id": person_id, "now": now}
    found = [Found._make(row) for row in db.session.execute(_WITH_PLAN, asked).all()]
    rounds = [one for one in found if one.my_id and one.stands]
    return found[0].due_at if found else None, rounds


def of_last_link(person_id: str, now: datetime) -> list[Found]:
    """Return the rounds of somebody's last couple, the newest first, with nothing of the other."""
    asked = {"person_id": person_id, "now": now}
    found = [Found._make(row) for row in db.session.execute(_OF_LAST_LINK, asked).all()]
    return [one for one in found if one.couple_id == found[0].couple_id and one.stands]


def payloads(found: Sequence[Found], person_id: str) -> list[Both]:
    """Return (mine, theirs) of each round, unsealed; parsed in one piece, which is faster."""
    unseal, plain = key_ring().unseal, []
    for one in found:
        my, their = one.my_payload, one.their_payload
        plain.append(unseal(my, _place(one.my_id, person_id)) if my else "null")
        place = _place(one.their_id or "", one.their_person or "")
        plain.append(unseal(their, place) if their else "null")
    opened: list[Payload] = json.loads(f"[{','.join(plain)}]")
    return list(zip(opened[::2], opened[1::2], strict=True))


def mine(found: Found, person_id: str) -> Payload:
    """Return what a person's own response to one round holds."""
    return _unsealed(found.my_payload, found.my_id, person_id)


def theirs(found: Found) -> Payload:
    """Return what the partner's response to one round holds that has closed."""
    return _unsealed(found.their_payload, found.their_id or "", found.their_person or "")


def asked_in(found: Found, known: dict[str, tuple[Asked, ...]]) -> tuple[Asked, ...]:
    """Return what a round asks beside overall, in order.

    Most rounds of a couple ask the same: it is read once for those that share what is `known`.
    """
    place = Place(Round.__tablename__, "questions_sealed", found.id, found.couple_id)
    plain = key_ring().unseal(found.questions_sealed, place)
    if plain not in known:
        known[plain] = from_rows(json.loads(plain))
    return known[plain]


def _unsealed(sealed: bytes | None, row_id: str, owner: str) -> Payload:
    opened: Payload = (
        json.loads(key_ring().unseal(sealed, _place(row_id, owner))) if sealed else None
    )
    return opened


def _place(row_id: str, owner: str) -> Place:
    return Place(Response.__tablename__, "payload_sealed", row_id, owner)
