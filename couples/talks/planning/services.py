"""Proposing times, saying yes to one, taking one back, calling a talk off (rule O5)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from couples.db import db, transaction
from couples.pairing.services import CoupleView, locked_couple
from couples.talks import rows
from couples.talks.models import Talk, TalkTime
from couples.talks.planning import rules
from couples.talks.planning.refusals import (
    AgreedMeanwhile,
    BadTime,
    NotYourTime,
    OwnTime,
    TalkOver,
    TimeGone,
    TimePassed,
)

Proposed = Literal["proposed", "agreed", "unchanged"]


@transaction()
def propose(
    person_id: str,
    times: Collection[datetime],
    minutes: int,
    now: datetime,
    holds: str | None = None,
) -> Proposed:
    """Let exactly these be the times this person proposes; the other’s very own is a yes.

    For a talk both said yes to this proposes a move, which changes nothing before the other's yes;
    `holds` is what the page says both said yes to (`rules.held`), so that nobody moves a talk
    whose time they have not seen. Proposing what holds takes back one's own other times.
    """
    wanted = _checked(times, minutes, now)
    couple = locked_couple(person_id)
    talk = rows.living_talk(couple.id, lock=True) or _begin(couple, now)
    open_times = rows.times_of(talk.id)
    # A yes is a yes to the length, too.
    same = (each for each in open_times if each.minutes == minutes)
    theirs = (each for each in same if each.author_id != person_id)
    met = next((each for each in theirs if each.starts_at in wanted), None)
    if met is not None:
        _agree(talk, met.starts_at, minutes, now)
        return "agreed"
    is_held = talk.minutes == minutes and talk.starts_at in wanted
    if talk.agreed_at and holds not in (None, rules.held(talk.starts_at, talk.minutes)):
        if is_held:  # a second press, or both have come to the same
            return "unchanged"
        raise AgreedMeanwhile
    if is_held:
        wanted.discard(talk.starts_at)
    mine = [each for each in open_times if each.author_id == person_id]
    return _replace(mine, talk, person_id, wanted, minutes, now)


def _checked(times: Collection[datetime], minutes: int, now: datetime) -> set[datetime | None]:
    wanted: set[datetime | None] = set(times)
    is_fitting = all(rules.may_propose(each, now) for each in times)
    if not is_fitting or not 1 <= len(wanted) <= rules.MOST_TIMES or minutes not in rules.LENGTHS:
        raise BadTime
    return wanted


def _begin(couple: CoupleView, now: datetime) -> Talk:
    talk = Talk(couple_id=couple.id, made_at=now)
    db.session.add(talk)
    db.session.flush()
    return talk


def _replace(
    mine: list[TalkTime],
    talk: Talk,
    person_id: str,
    wanted: set[datetime | None],
    minutes: int,
    now: datetime,
) -> Proposed:
    """Let a person's open times be these; what stays as it was can still be said yes to."""
    kept = {each.starts_at for each in mine if each.minutes == minutes} & wanted
    for each in mine:
        if each.starts_at not in kept:
            db.session.delete(each)
    # The unit of work would write new rows before it deletes, and the same time may be in both.
    db.session.flush()
    for at in wanted - kept:
        row = TalkTime(
            talk_id=talk.id, author_id=person_id, starts_at=at, minutes=minutes, made_at=now
        )
        db.session.add(row)
    return "proposed" if wanted else "unchanged"


@transaction()
def say_yes(person_id: str, time_id: str, now: datetime, shown: str = "") -> datetime:
    """Say yes to a time the other proposed: from now on it holds for both; return it.

    `shown` is the time as the page has it (`rules.held`): pressing again is the same yes.
    """
    couple = locked_couple(person_id)
    try:
        talk, time = _time_of(couple, time_id)
    except TimeGone:
        return _agreed_at(couple, shown)
    if time.author_id == person_id:
        raise OwnTime
    if time.starts_at <= now:
        raise TimePassed
    _agree(talk, time.starts_at, time.minutes, now)
    return time.starts_at


@transaction()
def take_back(person_id: str, time_id: str) -> None:
    """Take back a time of one's own; a talk with nothing proposed and nothing agreed goes, too.

    Once more is `TimeGone`: it may as well be gone by the other's yes, and is not taken back then.
    """
    talk, time = _time_of(locked_couple(person_id), time_id)
    if time.author_id != person_id:
        raise NotYourTime
    db.session.delete(time)
    db.session.flush()
    if talk.agreed_at is None and not rows.times_of(talk.id):
        db.session.delete(talk)


@transaction()
def call_off(person_id: str, talk_id: str, now: datetime) -> None:
    """Call a talk off, alone and at once; calling it off again changes nothing."""
    talk = rows.talk_of(locked_couple(person_id), talk_id)
    if talk.talked_at is not None:
        raise TalkOver
    if talk.called_off_at is None:
        end_talk(talk, now)


def end_talk(talk: Talk, now: datetime) -> None:
    """Let a planned talk be called off, and everything proposed for it gone."""
    talk.called_off_at = now
    if talk.agreed_at is not None:
        talk.changes += 1
    rows.forget_times(talk.id)


def _time_of(couple: CoupleView, time_id: str) -> tuple[Talk, TalkTime]:
    talk = rows.living_talk(couple.id, lock=True)
    times = rows.times_of(talk.id) if talk else ()
    found = next((each for each in times if each.id == time_id), None)
    if talk is None or found is None:
        raise TimeGone
    return talk, found


def _agreed_at(couple: CoupleView, shown: str) -> datetime:
    """Return the time that holds, where it is the one shown; of its proposal nothing is left.

    It tells of the asking person's own talk alone, whoever the proposal was of (rule S7).
    """
    talk = rows.living_talk(couple.id)
    starts_at = talk.starts_at if talk else None
    if talk is None or starts_at is None or shown != rules.held(starts_at, talk.minutes):
        raise TimeGone
    return starts_at


def _agree(talk: Talk, starts_at: datetime, minutes: int, now: datetime) -> None:
    if talk.agreed_at is not None and (talk.starts_at, talk.minutes) != (starts_at, minutes):
        talk.changes += 1
    talk.starts_at, talk.minutes, talk.agreed_at = starts_at, minutes, now
    rows.forget_times(talk.id)
