"""Believable weeks for the tests of the overview: two people, twelve Thursdays, and less."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from math import sin

from couples.dashboard.picture.drawing import Dated, Reading, Spoken, Words
from couples.dashboard.rules import AgreementMark, Answered, PersonMark, Series, Strip, series

MAYA = PersonMark("Maya", "disc", "M")
JONAS = PersonMark("Jonas", "diamond", "J")
FIRST = date(2026, 7, 23)


def _short(day: date, dated: Dated) -> str:
    return f"{day.day} {day:%b}" + (f" {day.year}" if dated == "year" else "")


def _spoken(read: Reading) -> Spoken:
    answers = ", ".join(
        f"{name} {'no answer' if point.value is None else point.value}"
        for name, point in read.answers
    )
    day = f"{read.on.day} {read.on:%B %Y}" if read.years else f"{read.on.day} {read.on:%B}"
    held = f" Version {read.version} of your agreement held then." if read.version else ""
    held = held if read.tells_version else ""
    lines = (f"{day}, version {read.version}" if read.version else day, answers)
    return Spoken(f"{day}: {answers}.{held}", lines)


ENGLISH = Words(
    no_answer="no answer",
    usual="your usual",
    event=lambda mark: (f"Agreement, version {mark.version}", f"Version {mark.version}"),
    day=lambda day, dated: f"{day:%b %Y}" if dated == "month" else _short(day, dated),
    reading=_spoken,
)
UPDATED = AgreementMark(date(2026, 8, 16), 2)

Answers = Sequence[int | None]

# On 3 September Maya did not answer, so Jonas's answer is not hers to see. On 17 September
# she did and he shared nothing: her own answer stays, seen by her alone.
OVERALL = ([3, 3, 4, 4, 3, 4, None, 5, 4, 5, 4, 5], [4, 4, 5, 4, 6, 5, None, 5, None, 5, 6, 6])
NEEDS = {
    "Unhurried time together": (
        [2, 3, 3, 4, 4, 5, None, 5, 4, 5, 5, 6],
        [4, 4, 4, 4, 5, 5, None, 5, None, 5, 6, 6],
    ),
    "Sharing the load at home": (
        [3, 3, 2, 3, 2, 3, None, 4, 3, 4, 3, 3],
        [5, 5, 5, 4, 6, 5, None, 6, None, 5, 6, 6],
    ),
    "Feeling heard in an argument": (
        [3, 3, 3, 4, 3, 4, None, 4, 5, 4, 5, 5],
        [3, 2, 3, 3, 4, 4, None, 4, None, 5, 4, 5],
    ),
    "Affection, day to day": (
        [4, 4, 5, 5, 4, 5, None, 6, 5, 6, 5, 6],
        [4, 5, 5, 5, 6, 5, None, 6, None, 6, 6, 7],
    ),
}


def weekly(mine: Answers, theirs: Answers) -> list[Answered]:
    """Rounds a week apart; what the other did not share is seen by me alone."""
    return [
        Answered(FIRST + timedelta(weeks=week), my, their, my is not None and their is None)
        for week, (my, their) in enumerate(zip(mine, theirs, strict=True))
    ]


def both(mine: Answers, theirs: Answers) -> Series:
    """The weeks as Maya sees them."""
    return series(MAYA, JONAS, weekly(mine, theirs))


def alone(mine: Answers) -> Series:
    """Maya's weeks without a partner."""
    return series(MAYA, None, weekly(mine, [None] * len(mine)))


def years(rounds: int, seed: int = 0, share: float = 0.96) -> Series:
    """So many weeks of two people who answer less in August; Maya keeps some to herself."""
    chance = random.Random(rounds + 1000 * seed)
    weeks = []
    for week in range(rounds):
        day = FIRST + timedelta(weeks=week)
        often = 0.5 if day.month == 8 else share
        mine, theirs = (
            round(min(7, max(1, middle + 1.5 * sin(week / 20 + middle) + chance.gauss(0, 0.35))))
            if chance.random() < often
            else None
            for middle in (4.0, 5.0)
        )
        kept = chance.random() < 0.03
        opened = mine is not None and not kept
        weeks.append(Answered(day, mine, theirs if opened else None, kept))
    return series(MAYA, JONAS, weeks, most=None)


def strips() -> tuple[Strip, ...]:
    """Four needs over the same twelve weeks."""
    return tuple(Strip(topic, both(*answers)) for topic, answers in NEEDS.items())
