"""Making the rounds that are due, of many couples with a few statements (rules C1, C2).

All of it happens inside the caller's transaction, with the couples' plans locked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from couples.agreement.services import VersionView, versions_by_ids
from couples.db import db, new_id
from couples.mail import outbox
from couples.mail.letter import settings
from couples.many_rows import among, insert_many, values_of
from couples.surveys import rhythm, rules
from couples.surveys.models import Plan, Response, Round
from couples.surveys.own_questions.services import asked_of
from couples.surveys.readers import Reader, letters_of
from couples.surveys.steps.services import take_all
from couples.surveys.terms import Asked, from_rows, to_rows, topics_of

Window = tuple[datetime, datetime]
Terms = Mapping[str, VersionView]
Readers = Mapping[str, Sequence[Reader]]
# The bare tables: nothing of what is written is wanted back.
ROUNDS = Round.metadata.tables[Round.__tablename__]
RESPONSES = Response.metadata.tables[Response.__tablename__]


@dataclass(frozen=True, slots=True, repr=False)
class Due:
    """One couple whose time has come, and when its round opens and closes."""

    couple_id: str
    terms: VersionView
    number: int
    times: Window


def terms_of_all(plans: Iterable[Plan]) -> dict[str, VersionView]:
    """Return for each couple the version its plan was made from.

    A newer one, just being signed, plans after this.
    """
    wanted = {plan.couple_id: plan.version_id for plan in plans}
    found = versions_by_ids(list(wanted.values()))
    return {couple_id: found[version_id] for couple_id, version_id in wanted.items()}


def make_rounds(
    plans: Sequence[Plan], terms: Terms, readers: Readers, now: datetime
) -> dict[str, Round]:
    """Return for each couple the round that is due, made where it is not there yet.

    After an outage that is the current one only; a couple whose current one is not worth asking
    for any more has none (rule C1).
    """
    last = _last_rounds([plan.couple_id for plan in plans])
    found, missing = {}, []
    for plan in plans:
        its_last, its_terms = last.get(plan.couple_id), terms[plan.couple_id]
        # Not with `plan.due_at`: whoever looks before the clock ticks makes rounds and leaves it.
        latest = rhythm.latest_opening(its_terms.rhythm, plan.anchor, now)
        if its_last is not None and latest is not None and its_last.opens_at >= latest:
            found[plan.couple_id] = its_last
        elif times := rhythm.current_round(its_terms.rhythm, plan.anchor, now):
            number = its_last.number + 1 if its_last else 1
            missing.append(Due(plan.couple_id, its_terms, number, times))
    return {**found, **_made(missing, readers)}


def _last_rounds(couple_ids: Sequence[str]) -> dict[str, Round]:
    """Return the newest round of each couple, however many lie before it."""
    other = aliased(Round)
    newest = select(func.max(other.number)).where(other.couple_id == Plan.couple_id)
    query = (
        select(Round)
        .join(Plan, Plan.couple_id == Round.couple_id)
        .where(among(Plan.couple_id, couple_ids), Round.number == newest.scalar_subquery())
    )
    return {round_.couple_id: round_ for round_ in db.session.scalars(query)}


def _made(missing: Sequence[Due], readers: Readers) -> dict[str, Round]:
    if not missing:
        return {}
    couple_ids = [due.couple_id for due in missing]
    # After the topics the own questions, and last the step from the last talk (rule C2).
    own = asked_of({due.couple_id: due.times[0] for due in missing})
    steps = take_all(couple_ids)
    made = [
        _new_round(due, (*own.get(due.couple_id, ()), *steps.get(due.couple_id, ())))
        for due in missing
    ]
    insert_many(ROUNDS, [values_of(round_) for round_ in made])
    insert_many(
        RESPONSES,
        [_response(round_, one) for round_ in made for one in readers[round_.couple_id]],
    )
    return {round_.couple_id: round_ for round_ in made}


def _new_round(due: Due, beside: Iterable[Asked]) -> Round:
    """Fix the questions and times of a round, for both and until it closes."""
    topics = topics_of(due.terms)
    asked = rules.pick_topics(tuple(topics), _asked_last(due.couple_id, len(topics)))
    return Round(
        couple_id=due.couple_id,
        version_id=due.terms.id,
        number=due.number,
        opens_at=due.times[0],
        closes_at=due.times[1],
        every_weeks=due.terms.rhythm.every_weeks,
        questions=to_rows((*(topics[one] for one in asked), *beside)) + _scale_rows(due.number),
    )


def _scale_rows(number: int) -> list[dict[str, str]]:
    """Return the marker of the published scale where this round asks it."""
    asked = settings().scales and rules.asks_scale(number)
    return [{"scale": rules.SCALE}] if asked else []


def _asked_last(couple_id: str, topics: int) -> dict[str, int | None]:
    """Return the number of the round that asked each topic last, where that decides anything."""
    if topics <= rules.MOST_TOPICS:
        return {}
    # Asked in turn, every topic comes back within this many rounds; older ones decide nothing.
    query = select(Round).where(Round.couple_id == couple_id).order_by(Round.number.desc())
    recent = list(db.session.scalars(query.limit(topics * 2)))
    return {
        topic.id: round_.number
        for round_ in reversed(recent)
        for topic in from_rows(round_.questions)
    }


def _response(round_: Round, reader: Reader) -> dict[str, Any]:
    return {
        "id": new_id(),
        "round_id": round_.id,
        "couple_id": round_.couple_id,
        "person_id": reader.person_id,
        "generation": 0,
        "draft_revision": 0,
    }


def post_letters(rounds: Iterable[Round], readers: Readers, now: datetime) -> None:
    """Post both persons' letters of each round, alike whatever either does."""
    letters = [
        letter
        for round_ in rounds
        for reader in readers[round_.couple_id]
        for letter in letters_of(round_, reader, now)
    ]
    outbox.post_all(letters, now)
