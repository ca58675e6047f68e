"""A few rhythms, and moments as people read them off a clock, for the tests beside this file."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from couples.agreement.rhythm import Rhythm
from couples.surveys import rhythm as rules

BERLIN = "Europe/Berlin"
SUNDAYS = Rhythm(1, opens_weekday=6, opens_hour=9, closes_weekday=0, closes_hour=20, zone=BERLIN)
THURSDAYS = Rhythm(1, opens_weekday=3, opens_hour=18, closes_weekday=6, closes_hour=20, zone=BERLIN)
MONDAY, TUESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 1, 3, 4, 5, 6
FIRST = date(2026, 6, 4)  # a Thursday
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall(text: str, zone: str = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def shown(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def window(rhythm: Rhythm, opens_at: datetime) -> tuple[datetime, datetime]:
    return opens_at, rules.closing_of(rhythm, opens_at)


def openings(rhythm: Rhythm, after: datetime, anchor: date | None, count: int) -> list[datetime]:
    found: list[datetime] = []
    for _ in range(count):
        after = rules.next_opening(rhythm, after, anchor)
        found.append(after)
    return found
