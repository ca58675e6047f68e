"""When an agreement is read again, what is asked then, and what follows (rules A6, A8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from couples.agreement.rules import REVIEW_AFTER, REVIEW_HOUR

# How the two keep talking: asked about beside the promises.
TERMS = "terms"
KEPT, CHANGED, RETIRED = "kept", "changed", "retired"
# Takes one's own answer back while it is one's own alone.
OPEN = "open"

Outcome = Literal["kept", "changed", "retired", "differ"]
Step = Literal["keep", "retire", "mark"]


@dataclass(frozen=True, slots=True)
class Question:
    """A promise (by its topic) or the terms, asked about because a day has come."""

    about: str
    day: date

    @property
    def key(self) -> str:
        """The name under which a page sends its answer."""
        return f"q-{self.about}-{self.day.isoformat()}"


def has_come(day: date, zone: str, now: datetime) -> bool:
    """Whether the day is there for a reader in this zone: at nine, as its letter."""
    return now >= datetime.combine(day, time(REVIEW_HOUR), ZoneInfo(zone))


def days_of(trial_until: date | None, review_on: date) -> list[date]:
    """Return the days on which a promise is asked about, in order."""
    return sorted({trial_until or review_on, review_on})


def open_day(days: list[date], settled: Mapping[date, datetime], zone: str) -> date | None:
    """Return the first day nothing was settled for: the one question there is about a promise.

    What was settled on a later day, or after it, answers that day too: nobody is asked twice.
    Days are those of the signed rhythm's zone, the same for both.
    """
    answered = [moment.astimezone(ZoneInfo(zone)).date() for moment in settled.values()]
    unsettled = (day for day in days if day not in settled)
    return next((day for day in unsettled if all(moment < day for moment in answered)), None)


def outcome(one: str, other: str) -> Outcome:
    """Return what two answers come to: the answer both gave, or that they differ."""
    if one != other:
        return "differ"
    if one == RETIRED:
        return "retired"
    return "kept" if one == KEPT else "changed"


def step(found: Outcome, reworded: bool, suggested: bool) -> Step:
    """Return what the draft does; newer words are never overwritten, only looked at again (A9)."""
    if found == "kept" and not reworded:
        return "keep"
    if found == "retired" and not reworded and not suggested:
        return "retire"
    return "mark"


def is_over(trial_until: date | None, day: date) -> bool:
    """Whether a trial has come to its end with the day that was asked about."""
    return trial_until is not None and trial_until <= day


def next_review(planned: date, signed: date, today: date) -> date:
    """Return when the next text is read again, once all of this one was.

    A day the two chose for it meanwhile stays, while it lies ahead.
    """
    return planned if planned != signed and planned > today else today + REVIEW_AFTER
