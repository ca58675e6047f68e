"""Rounds in two worlds: before a close, all that may differ is what will not open (rule C5)."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from sqlalchemy import select

from couples.db import db
from couples.pairing.services import couple_of
from couples.surveys.models import Response, Round
from tests import histories
from tests.histories import Answer, Given
from tests.two_worlds.twins import Twin, Twins


def settle(twins: Twins, author: str, watcher: str, how_long: timedelta, random: Random) -> None:
    """Let the author's answers of a round that closes by then open the same in both worlds."""
    for round_id, questions, has_scale in _closing(twins, author, how_long):
        theirs = _answers(twins.plain, watcher, round_id)
        mine = histories.random_answer(random, questions, has_scale, author)
        other = histories.otherwise(random, theirs, mine, questions, has_scale, "Other")
        for twin, answer in ((twins.plain, mine), (twins.other, other)):
            with twin.app.app_context():
                histories.store(twin.person(author), {round_id: answer})


def _closing(twins: Twins, author: str, how_long: timedelta) -> list[tuple[str, list[str], bool]]:
    """Return the rounds that are open now and closed by then, with their questions."""
    with twins.plain.app.app_context():
        couple = couple_of(twins.plain.person(author))
        query = select(Round).where(Round.couple_id == couple.id, Round.closes_at > twins.now)
        rows = db.session.scalars(query.where(Round.closes_at <= twins.now + how_long)).all()
        return [(row.id, _questions(row), _has_scale(row)) for row in rows]


def _questions(row: Round) -> list[str]:
    return ["overall", *(str(one["id"]) for one in row.questions if "id" in one)]


def _has_scale(row: Round) -> bool:
    return any("scale" in one for one in row.questions)


def _answers(twin: Twin, name: str, round_id: str) -> Answer:
    """Return what the other has answered, as it would open."""
    with twin.app.app_context():
        query = select(Response).where(Response.round_id == round_id)
        row = db.session.scalars(query.where(Response.person_id == twin.person(name))).first()
        kept = dict(row.payload or {}) if row else {}
        if not kept:
            return None
        return Given(
            numbers=dict(kept["answers"]),
            scale=dict(kept["scale"]),
            words=kept["words"],
            words_shared=kept["words_shared"],
            shared=bool(kept["shared"]),
            withdrawn=kept["withdrawn"],
            kept=frozenset(kept["kept"]),
        )
