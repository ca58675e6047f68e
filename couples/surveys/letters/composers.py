"""The letters that go by the clock, composed when they are sent (rules C6, C7, C8).

Each is asked anew whether it is still wanted: linked, not paused, not stopped, in its time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from couples import tokens
from couples.accounts.models import Person
from couples.agreement.services import version_in_force
from couples.mail.letter import Letter, NotNow, composes, letter_from, settings
from couples.mail.looking import look
from couples.mail.models import UNFINISHED, LetterState, OutboxLetter
from couples.pairing.models import Membership
from couples.surveys import rhythm, rules
from couples.surveys.models import LetterChoices, Response, Round


class Facts(NamedTuple):
    """What decides about one letter and stands in it: its reader's choices, and its round."""

    person_id: str
    name_sealed: bytes
    address_sealed: bytes
    language: str
    zone: str
    choices_id: str
    choices_generation: int
    plain: bool
    reminder: bool
    look_in: bool
    paused_until: datetime | None
    paused_open: bool
    stopped_at: datetime | None
    couple_id: str | None
    opens_at: datetime | None
    closes_at: datetime | None
    cancelled_at: datetime | None
    every_weeks: int | None
    response_id: str | None
    response_generation: int
    skipped_at: datetime | None
    has_answered: bool


# One look for each letter, as columns and built once: this is asked for every letter there is.
LOOK = (
    select(
        Person.id, Person.name_sealed, Person.address_sealed, Person.language, Person.zone,
        LetterChoices.id, LetterChoices.generation, LetterChoices.plain_wording,
        LetterChoices.reminder, LetterChoices.look_in, LetterChoices.paused_until,
        LetterChoices.paused_open, LetterChoices.stopped_at, Membership.couple_id,
        Round.opens_at, Round.closes_at, Round.cancelled_at, Round.every_weeks,
        Response.id, Response.generation, Response.skipped_at, Response.payload_sealed.is_not(None),
    )
    .select_from(Person)
    .join(LetterChoices, LetterChoices.person_id == Person.id)
    .outerjoin(Membership, (Membership.person_id == Person.id) & Membership.ended_at.is_(None))
    .outerjoin(Round, Round.id == bindparam("about"))
    .outerjoin(Response, (Response.round_id == Round.id) & (Response.person_id == Person.id))
    .where(Person.id == bindparam("person"))
)  # fmt: skip
OPENING = select(OutboxLetter.settled_at).where(
    OutboxLetter.key == bindparam("key"),
    OutboxLetter.state.in_([*UNFINISHED, LetterState.SENT, LetterState.UNKNOWN]),
)


def _look(row: OutboxLetter) -> Facts | None:
    """Look everything up anew; None where the reader is gone."""
    found = look(LOOK, {"person": row.person_id, "about": row.about_id})
    return Facts._make(found) if found else None


@composes("open", at_once=True)
def compose_open(row: OutboxLetter, now: datetime) -> Letter | None:
    """Your page is open."""
    facts = _look(row)
    return _about_open_round(row, facts, now) if facts else None


@composes("reminder", at_once=True)
def compose_reminder(row: OutboxLetter, now: datetime) -> Letter | None:
    """The one reminder: to who switched it on and has not answered."""
    facts = _look(row)
    if facts is None or not facts.reminder or facts.has_answered:
        return None
    letter = _about_open_round(row, facts, now)
    return _with_room(letter, row, facts, now) if letter else None


def _with_room(letter: Letter, row: OutboxLetter, facts: Facts, now: datetime) -> Letter | None:
    """Let a reminder that was delayed keep its distance to the letter, the night and the close."""
    sent_at = _opening_sent_at(row, now)
    soonest = max(now, sent_at + rhythm.REMINDER_AFTER_LETTER) if sent_at else now
    at = rhythm.polite_time(soonest, facts.zone)
    if facts.closes_at is None or facts.closes_at - at < rhythm.REMINDER_ROOM:
        return None
    if at > now:
        raise NotNow(at)
    return letter


def _opening_sent_at(row: OutboxLetter, now: datetime) -> datetime | None:
    """Return when the letter went that a reminder comes after; none where it never will.

    One that is still to go, or on its way, goes now at the earliest.
    """
    found = look(OPENING, {"key": row.key.replace(":reminder", ":open")})
    return (found[0] or now) if found else None


def _about_open_round(row: OutboxLetter, facts: Facts, now: datetime) -> Letter | None:
    opens_at, closes_at = facts.opens_at, facts.closes_at
    if opens_at is None or closes_at is None:
        return None
    if facts.response_id is None or facts.skipped_at is not None:
        return None
    _wait_until(opens_at, facts, now)
    if not rules.is_open(opens_at, closes_at, now, facts.cancelled_at):
        return None
    # Computed here, so that no table holds it.
    token = tokens.make("week", facts.response_id, facts.response_generation)
    values = {"weekly": facts.every_weeks == 1, "closes": closes_at}
    return _by_the_clock(row, facts, now, f"/week/{token}", **values)


def _wait_until(at: datetime, facts: Facts, now: datetime) -> None:
    """Put a letter off whose moment lies ahead again: the computer's clock was set back."""
    if now < at and facts.cancelled_at is None:
        raise NotNow(at)


@composes("closed", at_once=True)
def compose_closed(row: OutboxLetter, now: datetime) -> Letter | None:
    """It is open now: the same to both, whether or not anyone answered."""
    facts = _look(row)
    if facts is None or facts.closes_at is None:
        return None
    _wait_until(facts.closes_at, facts, now)
    if not rules.has_closed(facts.closes_at, now, facts.cancelled_at):
        return None
    letter = _by_the_clock(row, facts, now, "/overview", weekly=facts.every_weeks == 1)
    return _in_daytime(letter, facts, now) if letter else None


@composes("look_in", at_once=True)
def compose_look_in(row: OutboxLetter, now: datetime) -> Letter | None:
    """The weekly note of constant text, where it is switched on."""
    facts = _look(row)
    return _by_the_clock(row, facts, now, "/") if facts and facts.look_in else None


@composes("review")
def compose_review(row: OutboxLetter, now: datetime) -> Letter | None:
    """The date of the version in force to read it again; one replaced meanwhile says nothing."""
    terms, facts = version_in_force(row.couple_id or ""), _look(row)
    if facts is None or terms is None or terms.id != row.about_id:
        return None
    return _by_the_clock(row, facts, now, "/doc/review", day=terms.review_on)


def _by_the_clock(
    row: OutboxLetter, facts: Facts, now: datetime, path: str, **values: Any
) -> Letter | None:
    """Compose a letter unless its reader has left, paused or stopped."""
    if not _is_linked(row, facts) or _rests(facts, now):
        return None
    morning = rhythm.late_time(min(row.due_at, now), now, facts.zone)
    if morning > now:
        raise NotNow(morning)
    url, reader = settings().public_url, facts.person_id
    stop_url = f"{url}/stop/{tokens.make('stop', facts.choices_id, facts.choices_generation)}"
    return letter_from(
        row,
        row.kind,
        Person.address.opened(facts.address_sealed, reader, reader),
        facts.language,
        facts.zone,
        one_click_url=stop_url,
        name=Person.name.opened(facts.name_sealed, reader, reader),
        link=f"{url}{path}",
        plain=facts.plain,
        change_url=f"{url}/settings#when",
        pause_url=stop_url,
        stop_url=stop_url,
        **values,
    )


def _is_linked(row: OutboxLetter, facts: Facts) -> bool:
    """Whether the reader still belongs to the couple the letter is about, or to any."""
    return facts.couple_id is not None and row.couple_id in {None, facts.couple_id}


def _rests(facts: Facts, now: datetime) -> bool:
    """Whether the reader has stopped these letters, or pauses."""
    pauses = facts.paused_open or (facts.paused_until is not None and facts.paused_until > now)
    return pauses or facts.stopped_at is not None


def _in_daytime(letter: Letter, facts: Facts, now: datetime) -> Letter:
    """Put a letter off that was delayed into its reader's night; it is due in the morning."""
    morning = rhythm.polite_time(now, facts.zone)
    if morning > now:
        raise NotNow(morning)
    return letter
