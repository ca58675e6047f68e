"""Clearing the air: one calm talk, once, only when both want it (rules S2, S3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing.services import CoupleView, PersonMark, couple_of, locked_couple
from couples.preparing import rules
from couples.preparing.models import Airing
from couples.preparing.refusals import BothOpen, NothingOwned, NotOpen, NotStarted, WordsFolded


@dataclass(frozen=True, slots=True, repr=False)
class AirLeaf:
    """One side of what has opened."""

    person: PersonMark
    words: str


@dataclass(frozen=True, slots=True, repr=False)
class AirPage:
    """Where it stands for one person, with their own words; the leaves once both are open."""

    couple: CoupleView
    state: rules.State
    # Whether the line that tells of the other's wish is still to be seen.
    tells: bool
    words: str
    revision: int
    saved_at: datetime | None
    leaves: tuple[AirLeaf, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class WordsKept:
    """Words were saved; the revision to send next time."""

    revision: int


@dataclass(frozen=True, slots=True, repr=False)
class WordsClash:
    """A second tab saved first: its words, to choose from (rule A9)."""

    words: str
    revision: int


@dataclass(frozen=True, slots=True, repr=False)
class _Talk:
    """Both parts as rows; the other's may not be there yet."""

    couple: CoupleView
    mine: Airing
    theirs: Airing | None

    @property
    def parts(self) -> tuple[rules.Part, rules.Part]:
        return _part(self.mine), _part(self.theirs)

    @property
    def state(self) -> rules.State:
        return rules.state_of(*self.parts)


def air(person_id: str) -> AirPage:
    """Return the page of clearing the air, or raise NotFound once this person has closed it."""
    talk = _talk(couple_of(person_id))
    if talk.state == "closed":
        raise NotFound
    mine = talk.mine
    return AirPage(
        talk.couple,
        talk.state,
        rules.tells_of_wish(*talk.parts),
        mine.words or "",
        mine.revision,
        mine.saved_at,
        _leaves(talk) if talk.state == "open" else (),
    )


@transaction()
def want(person_id: str, now: datetime) -> None:
    """Say that one would like to; with the other's wish it has started."""
    mine = _locked(person_id).mine
    mine.wants_at = mine.wants_at or now
    db.session.add(mine)


@transaction()
def take_wish_back(person_id: str) -> None:
    """Let it be as before; nobody stays ready for a talk that has stopped."""
    talk = _locked(person_id)
    if talk.state == "open":
        raise BothOpen
    if talk.mine.wants_at is None:
        return
    talk.mine.wants_at = None
    for row in filter(None, (talk.mine, talk.theirs)):
        row.ready_at = None


@transaction()
def put_away(person_id: str, now: datetime) -> None:
    """Let the line that tells of the other's wish never come back; nobody is told."""
    mine = _locked(person_id).mine
    mine.put_away_at = mine.put_away_at or now
    db.session.add(mine)


@transaction()
def save_words(person_id: str, words: str, revision: int, now: datetime) -> WordsKept | WordsClash:
    """Keep one's words; where another tab was first, return its words instead (rule A9)."""
    talk = _locked(person_id)
    mine = talk.mine
    if (mine.words or "") == words:
        return WordsKept(mine.revision)
    if talk.state in {"open", "folded"}:
        raise BothOpen if talk.state == "open" else WordsFolded
    if mine.revision != revision:
        return WordsClash(mine.words or "", mine.revision)
    mine.words, mine.saved_at = words or None, now
    mine.revision += 1
    db.session.add(mine)
    return WordsKept(mine.revision)


@transaction()
def say_ready(person_id: str, now: datetime) -> None:
    """Fold one's words; where the other's are folded, both are open by this very transaction."""
    talk = _locked(person_id)
    if talk.state in {"folded", "open"}:
        return
    if talk.state != "writing":
        raise NotStarted
    if not talk.mine.words:
        raise NothingOwned
    talk.mine.ready_at = now


@transaction()
def take_back(person_id: str) -> None:
    """Unfold one's words, unless both are open by now."""
    talk = _locked(person_id)
    if talk.state == "open":
        raise BothOpen
    talk.mine.ready_at = None


@transaction()
def close(person_id: str, now: datetime) -> None:
    """Put it away for oneself, for good; a second press changes nothing."""
    talk = _locked(person_id, closed_too=True)
    if talk.state == "closed":
        return
    if talk.state != "open":
        raise NotOpen
    talk.mine.closed_at = now


def _locked(person_id: str, closed_too: bool = False) -> _Talk:
    """Return both parts; acts of the two stand in a row. What one has closed is not there."""
    couple = locked_couple(person_id)
    talk = _talk(couple)
    if talk.state == "closed" and not closed_too:
        raise NotFound
    return talk


def _talk(couple: CoupleView) -> _Talk:
    query = db.select(Airing).where(Airing.couple_id == couple.id)
    rows = {row.person_id: row for row in db.session.scalars(query)}
    me = couple.me.person_id
    # Added to the session by the first act: looking at the page leaves nothing behind.
    mine = rows.get(me) or Airing(couple_id=couple.id, person_id=me, revision=0)
    return _Talk(couple, mine, rows.get(couple.partner.person_id))


def _part(row: Airing | None) -> rules.Part:
    if row is None:
        return rules.Part()
    stamps = (row.wants_at, row.put_away_at, row.ready_at, row.closed_at)
    return rules.Part(*(stamp is not None for stamp in stamps))


def _leaves(talk: _Talk) -> tuple[AirLeaf, ...]:
    rows = {row.person_id: row for row in (talk.mine, talk.theirs) if row}
    sides = (talk.couple.left, talk.couple.right)
    return tuple(AirLeaf(side, rows[side.person_id].words or "") for side in sides)
