"""How often check-ins open and close: one of the terms both sign (rule A6).

Pure. What follows from it on the calendar is decided where rounds are, in the surveys.
"""

from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

PERIODS = (1, 2, 4)
WEEK_HOURS = 7 * 24
SHORTEST_HOURS = 24
LONGEST_HOURS = 6 * 24
NOT_REAL_ZONES = frozenset({"localtime", "Factory"})  # what the machine says, not a place


class BadRhythm(ValueError):
    """The rhythm cannot be kept as it is written."""


class BadPeriod(BadRhythm):
    """Rounds come every one, two or four weeks."""


class BadWeekday(BadRhythm):
    """A weekday is 0 (Monday) to 6 (Sunday)."""


class BadHour(BadRhythm):
    """An hour is 0 to 23."""


class UnknownZone(BadRhythm):
    """The zone is not a place in the IANA time zone data."""


class BadWindow(BadRhythm):
    """A round is open for one to six days."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often rounds open, and when they open and close, on the clocks of one zone."""

    every_weeks: int
    opens_weekday: int
    opens_hour: int
    closes_weekday: int
    closes_hour: int
    zone: str

    def check(self) -> None:
        """Raise the BadRhythm that says what is wrong, if anything is."""
        if self.every_weeks not in PERIODS:
            raise BadPeriod(self.every_weeks)
        for weekday in (self.opens_weekday, self.closes_weekday):
            if weekday not in range(7):
                raise BadWeekday(weekday)
        for hour in (self.opens_hour, self.closes_hour):
            if hour not in range(24):
                raise BadHour(hour)
        if not is_zone(self.zone):
            raise UnknownZone(self.zone)
        if not SHORTEST_HOURS <= self.open_hours <= LONGEST_HOURS:
            raise BadWindow(self.open_hours)

    @property
    def open_hours(self) -> int:
        """Hours on the clock from an opening to the next closing hour after it, 1 to 168."""
        days = self.closes_weekday - self.opens_weekday
        # The same weekday and hour is a whole week later, never no time at all.
        return (days * 24 + self.closes_hour - self.opens_hour) % WEEK_HOURS or WEEK_HOURS

    @property
    def period_days(self) -> int:
        """Days from one opening to the next."""
        return self.every_weeks * 7


def is_zone(zone: str) -> bool:
    """Whether the name is a place in the time zone data."""
    return zone in _zones()


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones() - NOT_REAL_ZONES)
