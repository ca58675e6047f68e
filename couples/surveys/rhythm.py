"""When rounds open and close, and when a letter about one may go (rules A6, A7, C1, C7).

Pure: wall-clock times and zones in, aware UTC datetimes out; nothing here asks the clock.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from couples.agreement.rhythm import Rhythm

NOTICE = timedelta(hours=24)
LEAST_LEFT = timedelta(hours=12)
REMINDER_BEFORE_CLOSE = timedelta(hours=24)
REMINDER_AFTER_LETTER = timedelta(hours=12)
REMINDER_ROOM = timedelta(hours=1)  # what a reminder says must still be true when it is read
NIGHT_FROM, NIGHT_UNTIL = 21, 8
LATE = timedelta(hours=1)  # what comes later than this minds the night, whatever was chosen


def local_instant(day: date, hour: int, zone: str, minute: int = 0) -> datetime:
    """The UTC moment at which clocks in the zone show this time.

    fold=0 is both halves of C1: a time the zone leaves out is read with the offset from before
    the gap, which moves it forward by the gap, and a time that comes twice is the first one.
    """
    wall = datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo(zone))
    return wall.astimezone(UTC)


def local_day(at: datetime, zone: str) -> date:
    """The date on the calendars of the zone at this moment."""
    return at.astimezone(ZoneInfo(zone)).date()


def anchor_of(rhythm: Rhythm, opens_at: datetime) -> date:
    """The date an opening is meant for, even where a gap at midnight moved it to the next day."""
    return _weekday_at_or_before(local_day(opens_at, rhythm.zone), rhythm.opens_weekday)


def first_opening(
    rhythm: Rhythm, in_force_at: datetime, not_before: datetime | None = None
) -> datetime:
    """The first opening of a rhythm that came into force: 24 hours' notice at least (A7).

    `not_before` is the close of the round that is open at that moment, if one is (C1). A round
    is over at its close, so an opening at that very moment is after it. Its date, `anchor_of`, is
    kept: every two or four weeks count from there.
    """
    earliest = in_force_at + NOTICE
    just_before = max(earliest, not_before or earliest) - timedelta.resolution
    return next_opening(rhythm, just_before, None)


def next_opening(rhythm: Rhythm, after: datetime, anchor: date | None) -> datetime:
    """The first opening later than a moment, in step with the anchor and never before it.

    The anchor is the local date of the first opening; every two or four weeks count from it.
    Without one, any week will do.
    """
    day = _period_day(rhythm, after, anchor)
    while (opens_at := local_instant(day, rhythm.opens_hour, rhythm.zone)) <= after:
        day += timedelta(days=rhythm.period_days if anchor else 7)
    return opens_at


def closing_of(rhythm: Rhythm, opens_at: datetime) -> datetime:
    """When the round that opens at this moment closes."""
    meant = datetime.combine(anchor_of(rhythm, opens_at), time(rhythm.opens_hour))
    closes = meant + timedelta(hours=rhythm.open_hours)  # naive: hours on the clock, not elapsed
    return local_instant(closes.date(), closes.hour, rhythm.zone)


def current_round(rhythm: Rhythm, anchor: date, now: datetime) -> tuple[datetime, datetime] | None:
    """The round that should exist now, if it does not yet: never a past one (C1).

    None as well when fewer than twelve hours of it are left: a round that was not made in time
    is not worth asking for then. One that exists stays open until it closes, see rules.is_open.
    """
    opens_at = latest_opening(rhythm, anchor, now)
    if opens_at is None:
        return None
    closes_at = closing_of(rhythm, opens_at)
    return (opens_at, closes_at) if closes_at - now >= LEAST_LEFT else None


def latest_opening(rhythm: Rhythm, anchor: date, now: datetime) -> datetime | None:
    """The opening that begins the period of this moment; None before the first one."""
    day = _period_day(rhythm, now, anchor)
    opens_at = local_instant(day, rhythm.opens_hour, rhythm.zone)
    if opens_at > now:  # on the opening day, before its hour: the period before still runs
        day -= timedelta(days=rhythm.period_days)
        opens_at = local_instant(day, rhythm.opens_hour, rhythm.zone)
    first = _weekday_at_or_before(anchor, rhythm.opens_weekday)
    return opens_at if day >= first and opens_at <= now else None


def letter_time(
    opens_at: datetime, closes_at: datetime, weekday: int | None, hour: int | None, zone: str
) -> datetime:
    """When a person's letter about a round goes: their own day and hour within it (C7).

    The first match in their own zone, else the opening. No weekday means any day at that hour;
    no hour means at the opening.
    """
    if hour is None:
        return opens_at
    for day in _local_days(opens_at, closes_at, zone):
        at = local_instant(day, hour, zone)
        if weekday in (None, day.weekday()) and opens_at <= at < closes_at:
            return at
    return opens_at


def late_time(meant: datetime, now: datetime, zone: str) -> datetime:
    """When a letter goes that was meant for a moment: then, or at once where that has passed.

    Its own hour may lie in the night, by choice; a clock that is late has chosen nothing, and
    what it comes too late for waits for the morning.
    """
    if now - meant < LATE:
        return max(meant, now)
    return polite_time(now, zone)


def reminder_time(
    opens_at: datetime, closes_at: datetime, letter_at: datetime, zone: str
) -> datetime | None:
    """When the one reminder goes, or None where the round leaves no room for it.

    A day before the close, half a day after the letter at the soonest, and not at night.
    """
    soonest = max(opens_at, letter_at + REMINDER_AFTER_LETTER)
    at = polite_time(max(soonest, closes_at - REMINDER_BEFORE_CLOSE), zone)
    return at if closes_at - at >= REMINDER_ROOM else None


def polite_time(at: datetime, zone: str) -> datetime:
    """The same moment, or the next 8:00 of the reader if it falls between 21:00 and 8:00."""
    local = at.astimezone(ZoneInfo(zone))
    if NIGHT_UNTIL <= local.hour < NIGHT_FROM:
        return at
    evening = local.hour >= NIGHT_FROM
    return local_instant(local.date() + timedelta(days=int(evening)), NIGHT_UNTIL, zone)


def _weekday_at_or_before(day: date, weekday: int) -> date:
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def _period_day(rhythm: Rhythm, at: datetime, anchor: date | None) -> date:
    """The date of the opening that begins the period `at` lies in, or of the very first one."""
    today = local_day(at, rhythm.zone)
    first = _weekday_at_or_before(anchor or today, rhythm.opens_weekday)
    periods = max(0, (today - first).days // rhythm.period_days)
    return first + timedelta(days=periods * rhythm.period_days)


def _local_days(opens_at: datetime, closes_at: datetime, zone: str) -> Iterator[date]:
    day = local_day(opens_at, zone)
    while day <= local_day(closes_at, zone):
        yield day
        day += timedelta(days=1)
