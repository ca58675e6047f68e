"""Many couples whose letters are due, and what must have become of them in the end."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from couples.accounts.models import Person
from couples.agreement.rhythm import Rhythm
from couples.db import db, transaction
from couples.mail.models import UNFINISHED, LetterState, OutboxLetter
from couples.mail.sending.claims import LETTERS, move_time
from tests.cast import link, make_person
from tests.surveys.agreed import sign


def zone_at_noon(now: datetime) -> str:
    """Return a time zone where it is noon: at night nobody gets a letter that can wait."""
    ahead = 12 - now.hour
    # These names count westwards.
    return f"Etc/GMT{-ahead:+d}" if ahead else "UTC"


def rhythm_open_now(now: datetime, zone: str) -> Rhythm:
    """Return a weekly rhythm whose round opened an hour ago and stays open for two days."""
    opened = now.astimezone(ZoneInfo(zone)) - timedelta(hours=1)
    return Rhythm(1, opened.weekday(), opened.hour, (opened.weekday() + 2) % 7, opened.hour, zone)


@transaction()
def seed(now: datetime, couples: int) -> set[str]:
    """Make couples whose round is due; return the addresses of their persons."""
    zone = zone_at_noon(now)
    rhythm, signed_at = rhythm_open_now(now, zone), now - timedelta(days=9)
    for couple in range(couples):
        persons = [make_person(f"p{couple}-{leaf}", signed_at, zone) for leaf in (1, 2)]
        sign(link(persons[0], persons[1], signed_at), signed_at, rhythm)
    return {f"p{couple}-{leaf}@example.org" for couple in range(couples) for leaf in (1, 2)}


@transaction()
def move_half(at: datetime) -> None:
    """Let half of the letters on the open round go at this instant, if they have not gone yet.

    What was put off by hours is left when the first half begins to go, however busy the machine.
    """
    all_of_them = select(LETTERS.c.id).where(LETTERS.c.kind == "open").order_by(LETTERS.c.id)
    ids = db.session.scalars(all_of_them).all()
    move_time(LETTERS.c.id.in_(ids[::2]), at)


def fates() -> dict[str, LetterState]:
    """Return what the outbox says about each address's letter on the open round."""
    db.session.rollback()
    query = select(Person, OutboxLetter.state).join(
        OutboxLetter, OutboxLetter.person_id == Person.id
    )
    rows = db.session.execute(query.where(OutboxLetter.kind == "open"))
    return {person.address: state for person, state in rows}


def all_settled(addresses: set[str]) -> bool:
    """Whether every person's letter exists and its fate is on record."""
    found = fates()
    return set(found) == addresses and not set(found.values()) & set(UNFINISHED)


def check_each_once(addresses: set[str], recipients: list[str], unknown: int) -> None:
    """Fail unless each was sent once, or is on record as unknown: so many at most (rule C8)."""
    taken, found = Counter(recipients), fates()
    assert set(found) == addresses
    for address in addresses:
        if found[address] is LetterState.UNKNOWN:
            assert taken[address] <= 1
        else:
            assert (found[address], taken[address]) == (LetterState.SENT, 1)
    assert sum(state is LetterState.UNKNOWN for state in found.values()) <= unknown
