"""Which times a person may propose for a talk, as they type them by their own clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from couples.agreement.signing.forms_terms import DayField
from couples.surveys.rhythm import local_instant
from couples.talks.planning.rules import AHEAD, LENGTHS, MOST_TIMES, USUAL_LENGTH, may_propose
from couples.talks.planning.shapes import TimeView
from couples.text import to_number

NO_TIME = _l("Write an hour and minutes, such as 19:30")
NOT_AHEAD = _l("Choose a time from now on, within a year")


class ClockField(TimeField):  # type: ignore[misc]
    """A time of day, with our own sentence where it is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the first value as hours and minutes; some browsers send seconds, too."""
        try:
            super().process_formdata(valuelist)
        except ValueError as problem:
            raise ValueError(NO_TIME) from problem


def day_field() -> DayField:
    """Declare the day of one line."""
    return DayField(_l("Day"), [Optional()])


def clock_field() -> ClockField:
    """Declare the time of one line."""
    return ClockField(_l("Time"), [Optional()], format=["%H:%M", "%H:%M:%S"])


class PlanForm(FlaskForm):  # type: ignore[misc]
    """Up to three times, and how long the talk is to take."""

    day_1, clock_1 = day_field(), clock_field()
    day_2, clock_2 = day_field(), clock_field()
    day_3, clock_3 = day_field(), clock_field()
    minutes = SelectField(
        _l("About how long?"), coerce=to_number, validate_choice=False, default=USUAL_LENGTH
    )

    # The time both had said yes to when the page was made.
    holds = HiddenField()

    def __init__(self, zone: str, now: datetime, mine: Sequence[TimeView], holds: str) -> None:
        """Begin with the times the person proposes already, by their own clock."""
        super().__init__(data=_typed(mine, zone) | {"holds": holds})
        self.zone, self.now = zone, now
        self.minutes.choices = [
            SelectChoice(str(each), ngettext("%(num)s minute", "%(num)s minutes", each))
            for each in LENGTHS
        ]

    @property
    def pairs(self) -> Iterator[tuple[Field, Field]]:
        """The day and the time of each line."""
        for number in range(1, MOST_TIMES + 1):
            yield self[f"day_{number}"], self[f"clock_{number}"]

    @property
    def times(self) -> tuple[datetime, ...]:
        """What was typed, as moments, once it is valid."""
        found = (self._instant(day, clock) for day, clock in self.pairs)
        return tuple(at for at in found if at is not None)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each line, and that there is one at least."""
        fits = bool(super().validate(extra_validators))
        for day, clock in self.pairs:
            fits = self._check(day, clock) and fits
        if self.minutes.data not in LENGTHS:
            self.minutes.errors = [_l("Choose how long from the list")]
            return False
        if fits and not self.times:
            self.day_1.errors = [_l("Write one day and time at least")]
        return fits and bool(self.times)

    def _check(self, day: Field, clock: Field) -> bool:
        """Say what is missing in one line, or that it does not lie ahead."""
        if day.errors or clock.errors:
            return False
        if day.data is None and clock.data is None:
            return True
        if day.data is None:
            day.errors = [_l("Write the day, too")]
        elif clock.data is None:
            clock.errors = [_l("Write the time, too")]
        elif self._instant(day, clock) is None:
            day.errors = [NOT_AHEAD]
        return not (day.errors or clock.errors)

    def _instant(self, day: Field, clock: Field) -> datetime | None:
        """Return the moment of one line, if it can be proposed."""
        if day.data is None or clock.data is None:
            return None
        today = self.now.astimezone(ZoneInfo(self.zone)).date()
        # Far from today a moment may lie outside of what can be reckoned with at all.
        if not today <= day.data <= today + AHEAD + timedelta(days=1):
            return None
        at = local_instant(day.data, clock.data.hour, self.zone, clock.data.minute)
        return at if may_propose(at, self.now) else None


def _typed(mine: Sequence[TimeView], zone: str) -> dict[str, Any]:
    """Return proposed times as the form's fields hold them."""
    found: dict[str, Any] = {"minutes": mine[0].minutes} if mine else {}
    for number, each in enumerate(mine, start=1):
        local = each.starts_at.astimezone(ZoneInfo(zone))
        found |= {f"day_{number}": local.date(), f"clock_{number}": local.time()}
    return found
