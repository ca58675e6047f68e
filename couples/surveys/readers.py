"""To whom letters that go by the clock are addressed, and how each wants them (rule C7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from couples.accounts.models import Person
from couples.db import db, insert, new_id
from couples.mail.outbox import Post
from couples.many_rows import among
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
    return readers_of_all([couple_id])[couple_id]


def readers_of_all(couple_ids: Collection[str]) -> dict[str, list[Reader]]:
    """Return the same of many couples; nobody of one that has ended."""
    found: dict[str, list[Reader]] = {couple_id: [] for couple_id in couple_ids}
    rows = _reading(found)
    missing = [person_id for _couple, person_id, _zone, choices, *_t in rows if choices is None]
    if missing:
        add_defaults(missing)
    for couple_id, person_id, zone, _choices, *chosen in rows:
        found[couple_id].append(Reader(person_id, zone, *chosen))
    return found


def _reading(couple_ids: Collection[str]) -> Sequence[Any]:
    columns = (
        Membership.couple_id,
        Person.id,
        Person.zone,
        LetterChoices.id,
        LetterChoices.weekday,
        LetterChoices.hour,
    )
    query = (
        db.select(*columns)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(LetterChoices, LetterChoices.person_id == Person.id)
        .where(among(Membership.couple_id, couple_ids), Membership.ended_at.is_(None))
        .order_by(Membership.leaf)
    )
    return db.session.execute(query).all()


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
        key=key_of(kind, round_.id, reader),
        person_id=reader.person_id,
        about_id=round_.id,
        couple_id=round_.couple_id,
        due_at=due_at,
        not_after=not_after,
        meant_at=meant_at,
    )


def key_of(kind: str, round_id: str, reader: Reader) -> str:
    """Return what makes a letter about a round unique (rule C8)."""
    return f"round:{round_id}:{reader.person_id}:{kind}"
