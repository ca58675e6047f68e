"""To whom letters that go by the clock are addressed, and how each wants them (rule C7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from couples.accounts.models import Person
from couples.db import db, insert, new_id
from couples.mail.outbox import Post
from couples.pairing.models import Membership
from couples.surveys import rhythm
from couples.surveys.models import LetterChoices, Round

CLOSED_LASTS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reader:
    """One person as the clock sees them: their own zone, day and hour."""

    person_id: str
    zone: str
    weekday: int | None
    hour: int | None


def readers_of(couple_id: str) -> list[Reader]:
    """Return the two of a living couple; whoever has chosen nothing yet gets the defaults' row."""
    query = (
        db.select(
            Person.id, Person.zone, LetterChoices.id, LetterChoices.weekday, LetterChoices.hour
        )
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(LetterChoices, LetterChoices.person_id == Person.id)
        .where(Membership.couple_id == couple_id, Membership.ended_at.is_(None))
        .order_by(Membership.leaf)
    )
    rows = db.session.execute(query).all()
    missing = [person_id for person_id, _zone, choices_id, *_time in rows if choices_id is None]
    if missing:
        add_defaults(missing)
    return [Reader(person_id, zone, *chosen) for person_id, zone, _id, *chosen in rows]


def choices_of(person_ids: Iterable[str]) -> dict[str, LetterChoices]:
    """Return everybody's choices by person; missing rows are added with the defaults."""
    wanted = list(person_ids)
    found = _stored(wanted)
    missing = [person_id for person_id in wanted if person_id not in found]
    if not missing:
        return found
    add_defaults(missing)
    return _stored(wanted)


def _stored(person_ids: list[str]) -> dict[str, LetterChoices]:
    query = db.select(LetterChoices).where(LetterChoices.person_id.in_(person_ids))
    return {row.person_id: row for row in db.session.scalars(query)}


def add_defaults(person_ids: Iterable[str]) -> None:
    """Add the rows of people who have chosen nothing; one added meanwhile stays as it is."""
    statement = insert(LetterChoices).on_conflict_do_nothing(index_elements=["person_id"])
    nothing_chosen = {
        "plain_wording": False, "reminder": False, "look_in": False, "paused_open": False,
        "generation": 0,
    }  # fmt: skip
    rows = [{"id": new_id(), "person_id": one, **nothing_chosen} for one in person_ids]
    db.session.execute(statement, rows)


def letters_of(round_: Round, reader: Reader, now: datetime) -> list[Post]:
    """Return the letters of one round to one person, each with its time.

    The reminder's row is there whether or not it is switched on: that is asked when it is sent,
    as everything else is, so that no row tells of a choice.
    """
    opens_at, closes_at = round_.opens_at, round_.closes_at
    meant_at = rhythm.letter_time(opens_at, closes_at, reader.weekday, reader.hour, reader.zone)
    letter_at = rhythm.late_time(meant_at, now, reader.zone)
    letters = [_letter("open", round_, reader, letter_at, closes_at, meant_at)]
    remind_at = rhythm.reminder_time(opens_at, closes_at, letter_at, reader.zone)
    if remind_at is not None:
        meant_at = rhythm.reminder_time(opens_at, closes_at, meant_at, reader.zone) or meant_at
        letters.append(_letter("reminder", round_, reader, remind_at, closes_at, meant_at))
    polite = rhythm.polite_time(closes_at, reader.zone)
    letters.append(_letter("closed", round_, reader, polite, closes_at + CLOSED_LASTS, polite))
    return letters


def _letter(
    kind: str,
    round_: Round,
    reader: Reader,
    due_at: datetime,
    not_after: datetime,
    meant_at: datetime,
) -> Post:
    return Post(
        kind=kind,
        key=f"round:{round_.id}:{reader.person_id}:{kind}",
        person_id=reader.person_id,
        about_id=round_.id,
        couple_id=round_.couple_id,
        due_at=due_at,
        not_after=not_after,
        meant_at=meant_at,
    )
