"""The letters that go by the clock, composed when they are sent (rules C6, C7, C8).

Each is asked anew whether it is still wanted: linked, not paused, not stopped, in its time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from couples import tokens
from couples.accounts.models import Person
from couples.agreement.services import version_in_force
from couples.db import db
from couples.mail.letter import Letter, NotNow, composes, letter_from, settings
from couples.mail.models import UNFINISHED, LetterState, OutboxLetter
from couples.pairing.services import couple_or_none
from couples.surveys import rhythm, rules
from couples.surveys.letters.services import view_of
from couples.surveys.models import LetterChoices, Response, Round


@composes("open")
def compose_open(row: OutboxLetter, now: datetime) -> Letter | None:
    """Your page is open."""
    return _about_open_round(row, now)


@composes("reminder")
def compose_reminder(row: OutboxLetter, now: datetime) -> Letter | None:
    """The one reminder: to who switched it on and has not answered."""
    choices = _choices(row.person_id)
    if choices is None or not choices.reminder:
        return None
    response = _response(row)
    if response is None or response.payload_sealed is not None:
        return None
    letter = _about_open_round(row, now)
    return _with_room(letter, row, now) if letter else None


def _with_room(letter: Letter, row: OutboxLetter, now: datetime) -> Letter | None:
    """Let a reminder that was delayed keep its distance to the letter, the night and the close."""
    zone = db.session.get_one(Person, row.person_id).zone
    closes_at = db.session.get_one(Round, row.about_id).closes_at
    sent_at = _opening_sent_at(row, now)
    soonest = max(now, sent_at + rhythm.REMINDER_AFTER_LETTER) if sent_at else now
    at = rhythm.polite_time(soonest, zone)
    if closes_at - at < rhythm.REMINDER_ROOM:
        return None
    if at > now:
        raise NotNow(at)
    return letter


def _opening_sent_at(row: OutboxLetter, now: datetime) -> datetime | None:
    """Return when the letter went that a reminder comes after; none where it never will.

    One that is still to go, or on its way, goes now at the earliest.
    """
    query = select(OutboxLetter.settled_at).where(
        OutboxLetter.key == row.key.replace(":reminder", ":open"),
        OutboxLetter.state.in_([*UNFINISHED, LetterState.SENT, LetterState.UNKNOWN]),
    )
    found = db.session.execute(query).first()
    return (found[0] or now) if found else None


def _about_open_round(row: OutboxLetter, now: datetime) -> Letter | None:
    round_, response = db.session.get(Round, row.about_id), _response(row)
    if round_ is None or response is None or response.skipped_at is not None:
        return None
    _wait_until(round_.opens_at, round_, now)
    if not rules.is_open(round_.opens_at, round_.closes_at, now, round_.cancelled_at):
        return None
    # Computed here, so that no table holds it.
    token = tokens.make("week", response.id, response.generation)
    values = {"weekly": round_.every_weeks == 1, "closes": round_.closes_at}
    return _by_the_clock(row, now, f"/week/{token}", **values)


def _wait_until(at: datetime, round_: Round, now: datetime) -> None:
    """Put a letter off whose moment lies ahead again: the computer's clock was set back."""
    if now < at and round_.cancelled_at is None:
        raise NotNow(at)


def _response(row: OutboxLetter) -> Response | None:
    query = select(Response).where(Response.round_id == row.about_id)
    return db.session.scalars(query.where(Response.person_id == row.person_id)).first()


@composes("closed")
def compose_closed(row: OutboxLetter, now: datetime) -> Letter | None:
    """It is open now: the same to both, whether or not anyone answered."""
    round_ = db.session.get(Round, row.about_id)
    if round_ is not None:
        _wait_until(round_.closes_at, round_, now)
    if round_ is None or not rules.has_closed(round_.closes_at, now, round_.cancelled_at):
        return None
    letter = _by_the_clock(row, now, "/overview", weekly=round_.every_weeks == 1)
    return _in_daytime(letter, row, now)


@composes("look_in")
def compose_look_in(row: OutboxLetter, now: datetime) -> Letter | None:
    """The weekly note of constant text, where it is switched on."""
    choices = _choices(row.person_id)
    if choices is None or not choices.look_in:
        return None
    return _by_the_clock(row, now, "/")


@composes("review")
def compose_review(row: OutboxLetter, now: datetime) -> Letter | None:
    """The date of the version in force to read it again; one replaced meanwhile says nothing."""
    terms = version_in_force(row.couple_id or "")
    if terms is None or terms.id != row.about_id:
        return None
    return _by_the_clock(row, now, "/doc/review", day=terms.review_on)


def _by_the_clock(row: OutboxLetter, now: datetime, path: str, **values: Any) -> Letter | None:
    """Compose a letter unless its reader has left, paused or stopped."""
    person = db.session.get(Person, row.person_id)
    choices = _choices(row.person_id)
    if person is None or choices is None or not _is_linked(row, person):
        return None
    view = view_of(choices, now)
    if view.paused or view.stopped:
        return None
    morning = rhythm.late_time(min(row.due_at, now), now, person.zone)
    if morning > now:
        raise NotNow(morning)
    url = settings().public_url
    stop_url = f"{url}/stop/{tokens.make('stop', choices.id, choices.generation)}"
    return letter_from(
        row,
        row.kind,
        person.address,
        person.language,
        person.zone,
        one_click_url=stop_url,
        name=person.name,
        link=f"{url}{path}",
        plain=choices.plain_wording,
        change_url=f"{url}/settings#when",
        pause_url=stop_url,
        stop_url=stop_url,
        **values,
    )


def _in_daytime(letter: Letter | None, row: OutboxLetter, now: datetime) -> Letter | None:
    """Put a letter off that was delayed into its reader's night; it is due in the morning."""
    person = db.session.get(Person, row.person_id)
    if letter is None or person is None:
        return None
    morning = rhythm.polite_time(now, person.zone)
    if morning > now:
        raise NotNow(morning)
    return letter


def _choices(person_id: str | None) -> LetterChoices | None:
    query = select(LetterChoices).where(LetterChoices.person_id == person_id)
    return db.session.scalars(query).first()


def _is_linked(row: OutboxLetter, person: Person) -> bool:
    """Whether the reader still belongs to the couple the letter is about, or to any."""
    couple = couple_or_none(person.id)
    return couple is not None and row.couple_id in {None, couple.id}
