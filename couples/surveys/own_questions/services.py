"""Suggesting a question of the couple's own, saying yes to it, and retiring it (rule C2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from couples.db import db, transaction
from couples.errors import NotFound
from couples.many_rows import among
from couples.pairing.services import CoupleView, PersonMark, couple_of, locked_couple
from couples.surveys.models import OwnQuestion
from couples.surveys.own_questions.refusals import (
    AlreadyThere,
    EnoughInUse,
    EnoughSuggested,
    OwnQuestionOfMine,
    QuestionGone,
    QuestionInUse,
    QuestionWaiting,
)
from couples.surveys.terms import Asked

MOST_IN_USE = 2
MOST_WAITING = 2
LONGEST = 200


@dataclass(frozen=True, slots=True, repr=False)
class QuestionView:
    """One question as both see it; `mine` tells who suggested it."""

    id: str
    words: str
    author: PersonMark
    mine: bool


@dataclass(frozen=True, slots=True, repr=False)
class Questions:
    """The couple's own questions: those that are asked, and those that wait for a yes."""

    partner: PersonMark
    in_use: tuple[QuestionView, ...]
    waiting: tuple[QuestionView, ...]

    @property
    def has_room(self) -> bool:
        """Whether one more may be asked."""
        return len(self.in_use) < MOST_IN_USE

    @property
    def may_suggest(self) -> bool:
        """Whether one more may wait for a yes."""
        return len(self.waiting) < MOST_WAITING


def questions(person_id: str) -> Questions:
    """Return the couple's own questions."""
    couple = couple_of(person_id)
    rows = _living(couple.id)
    return Questions(
        couple.partner,
        tuple(_view(couple, row) for row in rows if row.agreed_at),
        tuple(_view(couple, row) for row in rows if not row.agreed_at),
    )


def _living(couple_id: str) -> list[OwnQuestion]:
    living = OwnQuestion.couple_id == couple_id, OwnQuestion.retired_at.is_(None)
    query = select(OwnQuestion).where(*living).order_by(OwnQuestion.made_at, OwnQuestion.id)
    # What was read before waiting for the couple is old: another act may have come first.
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _view(couple: CoupleView, row: OwnQuestion) -> QuestionView:
    mine = row.author_id == couple.me.person_id
    return QuestionView(row.id, row.words, couple.me if mine else couple.partner, mine)


@transaction()
def suggest(person_id: str, words: str, now: datetime) -> None:
    """Lay a question before the other; the same words once more, from a second tab, are once."""
    couple = locked_couple(person_id)
    rows = _living(couple.id)
    there = next((row for row in rows if row.words.casefold() == words.casefold()), None)
    if there is not None:
        if there.author_id == person_id and not there.agreed_at:
            return
        raise AlreadyThere
    if len([row for row in rows if not row.agreed_at]) >= MOST_WAITING:
        raise EnoughSuggested
    mine = {"couple_id": couple.id, "author_id": person_id}
    db.session.add(OwnQuestion(**mine, words=words, made_at=now))


@transaction()
def use(person_id: str, question_id: str, now: datetime) -> None:
    """Say yes to the other's question; from the next round on it is asked."""
    couple = locked_couple(person_id)
    question = _question_of(couple, question_id)
    if question.author_id == person_id:
        raise OwnQuestionOfMine
    if question.retired_at:
        raise QuestionGone
    if question.agreed_at:
        return
    if len([row for row in _living(couple.id) if row.agreed_at]) >= MOST_IN_USE:
        raise EnoughInUse
    question.agreed_at = now


@transaction()
def put_away(person_id: str, question_id: str, now: datetime) -> None:
    """Take one's own suggestion back, or put the other's away."""
    question = _question_of(locked_couple(person_id), question_id)
    if question.agreed_at:
        raise QuestionGone if question.retired_at else QuestionInUse
    question.retired_at = question.retired_at or now


@transaction()
def retire(person_id: str, question_id: str, now: datetime) -> None:
    """Stop asking a question from the next round on; either may, alone, and answers stay."""
    question = _question_of(locked_couple(person_id), question_id)
    if not question.agreed_at:
        raise QuestionGone if question.retired_at else QuestionWaiting
    question.retired_at = question.retired_at or now


def _question_of(couple: CoupleView, question_id: str) -> OwnQuestion:
    """Return a question of this couple, as it is while the couple is locked."""
    query = select(OwnQuestion).where(
        OwnQuestion.id == question_id, OwnQuestion.couple_id == couple.id
    )
    found = db.session.scalars(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound
    return found


def asked_of(opens_at: Mapping[str, datetime]) -> dict[str, tuple[Asked, ...]]:
    """Return for each couple the questions that its round asks, which opens at that moment."""
    query = select(OwnQuestion).where(
        among(OwnQuestion.couple_id, opens_at), OwnQuestion.agreed_at.is_not(None)
    )
    found: dict[str, list[Asked]] = {}
    for row in db.session.scalars(query.order_by(OwnQuestion.agreed_at, OwnQuestion.id)):
        if _is_in_use(row, opens_at[row.couple_id]):
            asked = Asked(row.id, None, row.words, "", own=True)
            found.setdefault(row.couple_id, []).append(asked)
    # Never more than two, even where the computer's clock was set back between two acts.
    return {couple_id: tuple(rows[:MOST_IN_USE]) for couple_id, rows in found.items()}


def _is_in_use(row: OwnQuestion, at: datetime) -> bool:
    is_agreed = row.agreed_at is not None and row.agreed_at <= at
    return is_agreed and (row.retired_at is None or row.retired_at > at)
