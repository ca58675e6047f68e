"""How letters reach one person: theirs alone to set and to see (rules C7, S2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import select

from couples import tokens
from couples.accounts.models import Person
from couples.accounts.services_returned import take_back_complaint
from couples.agreement.rhythm import Rhythm
from couples.db import db, transaction
from couples.errors import NotFound
from couples.mail import outbox
from couples.surveys import rhythm
from couples.surveys.models import LetterChoices, Response, Round
from couples.surveys.readers import Reader, choices_of, letters_of

Break = Literal["week", "two", "open"]
BREAKS: dict[Break, timedelta | None] = {
    "week": timedelta(days=7),
    "two": timedelta(days=14),
    "open": None,
}
BY_THE_CLOCK = frozenset({"open", "reminder", "closed", "look_in", "review"})
# When a look-in letter goes to somebody who has not chosen a day.
LOOK_IN_WEEKDAY, LOOK_IN_HOUR = 6, 18
# Weekly is never twice within a few days, however somebody moves days, hours or zones.
LOOK_IN_APART = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class LettersView:
    """One person's choices; no weekday and hour means: when the round opens."""

    weekday: int | None = None
    hour: int | None = None
    plain_wording: bool = False
    reminder: bool = False
    look_in: bool = False
    paused_until: datetime | None = None
    paused_open: bool = False
    stopped: bool = False
    slower_put_away_at: datetime | None = None

    @property
    def paused(self) -> bool:
        """Whether letters rest just now."""
        return self.paused_open or self.paused_until is not None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person sets in one go."""

    weekday: int | None
    hour: int | None
    plain_wording: bool
    reminder: bool
    look_in: bool


def letters_view(person_id: str, now: datetime) -> LettersView:
    """Return a person's own choices; a pause that is over is none."""
    query = select(LetterChoices).where(LetterChoices.person_id == person_id)
    row = db.session.scalars(query).first()
    return view_of(row, now) if row else LettersView()


def view_of(row: LetterChoices, now: datetime) -> LettersView:
    """Show a row of choices as it counts now."""
    resting = row.paused_until if row.paused_until and row.paused_until > now else None
    return LettersView(
        weekday=row.weekday,
        hour=row.hour,
        plain_wording=row.plain_wording,
        reminder=row.reminder,
        look_in=row.look_in,
        paused_until=resting,
        paused_open=row.paused_open,
        stopped=row.stopped_at is not None,
        slower_put_away_at=row.slower_put_away_at,
    )


@transaction()
def save_letters(person_id: str, wishes: Wishes, now: datetime) -> None:
    """Keep a person's wishes; letters of a round that runs move along if they still wait."""
    row = _lock(person_id)
    row.weekday, row.hour = wishes.weekday, wishes.hour
    row.plain_wording, row.reminder = wishes.plain_wording, wishes.reminder
    row.look_in = wishes.look_in
    _move_along(row, now)


@transaction()
def follow_zone(sender: object = None, *, person_id: str, now: datetime) -> None:
    """Move what still waits to a person's own hours in the zone they have moved to."""
    _move_along(_lock(person_id), now)


def _move_along(row: LetterChoices, now: datetime) -> None:
    zone = _zone(row.person_id)
    row.look_in_due_at = _moved_look_in(row, zone, now)
    _move_letters(Reader(row.person_id, zone, row.weekday, row.hour), now)


def _moved_look_in(row: LetterChoices, zone: str, now: datetime) -> datetime | None:
    """Return the weekly letter's new time; one that went lately puts the next a few days off."""
    old = row.look_in_due_at
    if not row.look_in:
        return None
    if old is not None and old <= now:
        return old
    return next_look_in(row, zone, now if old is None else max(now, old - LOOK_IN_APART))


def _lock(person_id: str) -> LetterChoices:
    choices_of([person_id])
    query = select(LetterChoices).where(LetterChoices.person_id == person_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _zone(person_id: str) -> str:
    return db.session.scalars(select(Person.zone).where(Person.id == person_id)).one()


def next_look_in(row: LetterChoices, zone: str, now: datetime) -> datetime:
    """Return when the weekly letter of this person goes next: on their own day and hour."""
    weekday = LOOK_IN_WEEKDAY if row.weekday is None else row.weekday
    hour = LOOK_IN_HOUR if row.hour is None else row.hour
    # A weekly time on the wall clock is a rhythm of which only the openings count.
    return rhythm.next_opening(Rhythm(1, weekday, hour, weekday, hour, zone), now, None)


def _move_letters(reader: Reader, now: datetime) -> None:
    query = select(Round).join(Response, Response.round_id == Round.id)
    mine = query.where(Response.person_id == reader.person_id, Round.cancelled_at.is_(None))
    for round_ in db.session.scalars(mine.where(Round.opens_at <= now, Round.closes_at > now)):
        for letter in letters_of(round_, reader, now):
            outbox.move(letter.key, letter.due_at or now, now)


@transaction()
def pause(person_id: str, length: Break, now: datetime) -> None:
    """Rest every letter that goes by the clock, and nothing else; nobody is told.

    Signed in, it is the later wish of somebody who had stopped them: it takes the stop's place.
    """
    row, rest = _lock(person_id), BREAKS[length]
    row.paused_open = rest is None
    row.paused_until = now + rest if rest else None
    row.stopped_at = None


@transaction()
def resume(person_id: str) -> None:
    """End a pause and an unsubscription: letters go by the clock again."""
    # The complaint first: who takes one locks it before these choices.
    take_back_complaint(person_id)
    row = _lock(person_id)
    row.paused_open, row.paused_until, row.stopped_at = False, None, None


@transaction()
def start_again(_sender: object, *, person_id: str) -> None:
    """End the stop that a complaint was taken for; a pause stays what it was."""
    _lock(person_id).stopped_at = None


@transaction()
def stop_unwanted(
    _sender: object, *, kind: str, person_id: str | None, now: datetime, **_letter: object
) -> None:
    """Take a letter by the clock that its mailbox called unwanted as its unsubscribe button."""
    if person_id is None or kind not in BY_THE_CLOCK:
        return
    row = _lock(person_id)
    row.stopped_at = row.stopped_at or now


@transaction()
def stop_by_token(token: str, now: datetime) -> None:
    """Stop every letter that goes by the clock; a token that means nobody changes nothing."""
    row = _by_token(token)
    if row is not None and row.stopped_at is None:
        row.stopped_at = now


@transaction()
def pause_by_token(token: str, length: Break, now: datetime) -> None:
    """Pause from a letter's link; a token that means nobody changes nothing.

    Nor does one whose letters have stopped: a stop is undone signed in only, never by a letter.
    """
    row = _by_token(token)
    if row is not None and row.stopped_at is None:
        pause(row.person_id, length, now)


def _by_token(token: str) -> LetterChoices | None:
    try:
        row_id, generation = tokens.read("stop", token)
    except NotFound:
        return None
    query = select(LetterChoices).where(LetterChoices.id == row_id).with_for_update()
    row = db.session.scalars(query).first()
    return row if row is not None and row.generation == generation else None
