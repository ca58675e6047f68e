"""Whether letters go out in time, and what became of them: counts and ages, nobody's address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from couples import clock
from couples.doctor.findings import Finding, bad, note, ok
from couples.settings import Settings
from couples.text import in_words

LATEST_BEAT = timedelta(minutes=5)
LOOKED_BACK = timedelta(days=30)
ALARM_LASTS = timedelta(hours=2)
TASKS = {"deliver": "sent letters", "open": "opened check-ins"}


def check(settings: Settings) -> Iterator[Finding]:
    """Whether the timetable is kept, letters are in time, and the mail server takes them."""
    from sqlalchemy.exc import SQLAlchemyError

    from couples.upkeep import database_only

    now = clock.now()
    try:
        with database_only(settings):
            yield from timetable(settings, now)
            yield from waiting(now)
            yield from ahead(settings, now)
            yield from server(now)
            yield from fates(now)
    except SQLAlchemyError:
        yield bad("Letters cannot be looked at without the database.")


def timetable(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether somebody keeps the clock and somebody works; two clocks do no harm."""
    from couples import pulse
    from couples.mail import lateness

    latest = max(LATEST_BEAT, timedelta(seconds=6 * settings.tick_seconds))
    beats = {name: pulse.last_beat(name) for name in TASKS}
    old = [name for name, at in beats.items() if at is None or abs(now - at) > latest]
    if not old:
        yield ok("The timetable is kept: somebody looks after letters and check-ins.")
        return
    at = beats[old[0]]
    if at is not None and at > now:
        return  # `ahead` says what is wrong
    said = f"never {TASKS[old[0]]}"
    if at is not None:
        said = f"not {TASKS[old[0]]} for {in_words(now - at)}"
    if len(old) == len(beats) and lateness.overdue(now) is None:
        yield note(f"The timetable has {said}; none is due. It is kept while the service runs.")
        return
    yield bad(
        f"The timetable has {said}. Is the worker running, and a clock? Start the service; "
        "two clocks do no harm."
    )


def waiting(now: datetime) -> Iterator[Finding]:
    """Whether a letter waits that should have gone, and for whom."""
    from couples.mail import lateness

    silent, late = lateness.unanswered(now), lateness.overdue(now)
    if silent is not None:
        yield bad(f"Letters have waited {in_words(silent)} for a mail server that does not answer.")
    elif late is not None and late > lateness.LATE:
        yield bad(f"A letter has been due for {in_words(late)} and nobody has looked at it.")
    else:
        yield ok("No letter is late.")


def ahead(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether a clock that was ahead has left times that keep things waiting."""
    from sqlalchemy import func, select

    from couples import pulse
    from couples.db import db
    from couples.mail.sending.claims import TIMES, is_held_too_long

    lease = timedelta(seconds=settings.lease_seconds)
    held = select(func.count()).select_from(TIMES).where(is_held_too_long(now, lease))
    if count := db.session.scalar(held):
        yield bad(
            f"Letters held until a time too far ahead: {count}. A clock was ahead, or this one is "
            "behind: set them right (NTP). The daily housekeeping lets such letters go."
        )
    beats = [at for at in map(pulse.last_beat, TASKS) if at is not None and at > now + LATEST_BEAT]
    if beats:
        yield bad(
            f"The timetable was kept {in_words(max(beats) - now)} from now, by this clock: one "
            "that was ahead has been set back, or this one is behind. Set them right (NTP)."
        )


def server(now: datetime) -> Iterator[Finding]:
    """Whether the mail server rests, or refuses what we are."""
    from couples.db import db
    from couples.mail.models import MailServer

    found = db.session.get(MailServer, 1)
    if found is None:
        return
    if found.rests_until is not None and found.rests_until > now:
        yield note(
            f"The mail server did not answer, attempts in a row: {found.failures}. It is left "
            f"alone for {in_words(found.rests_until - now)}."
        )
    if found.alarm_at is not None:
        yield alarm(found.alarm_at, found.alarm_answer, found.answered_at, now)


def alarm(at: datetime, answer: str | None, taken_at: datetime | None, now: datetime) -> Finding:
    """Say that the mail server refused us; a repair shows by letters it takes since then."""
    said = f"{in_words(now - at)} ago the mail server refused what we are or send (reply {answer})"
    if taken_at is not None and taken_at > at and now - at > ALARM_LASTS:
        return note(f"{said}; since then it takes letters.")
    return bad(
        f"{said}: look at the sender, SPF, DKIM, DMARC and lists of blocked servers. Once letters "
        "go again this turns into a note within two hours."
    )


def fates(now: datetime) -> Iterator[Finding]:
    """What became of the letters of the last thirty days, in numbers."""
    from sqlalchemy import func, select

    from couples.db import db
    from couples.mail.models import LetterState, OutboxLetter

    rows = db.session.execute(
        select(OutboxLetter.state, func.count().label("count_"))
        .where(OutboxLetter.posted_at > now - LOOKED_BACK)
        .group_by(OutboxLetter.state)
    )
    counts = {row.state: row.count_ for row in rows}
    if not counts:
        return
    shown = (
        LetterState.SENT, LetterState.RETRY, LetterState.UNKNOWN, LetterState.DEAD,
        LetterState.SUPPRESSED,
    )  # fmt: skip
    listed = ", ".join(f"{counts.get(state, 0)} {state.value}" for state in shown)
    yield note(f"Letters of the last 30 days: {listed} (docs/operating.md says what each means).")
