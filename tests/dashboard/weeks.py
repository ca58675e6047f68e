"""Believable weeks for the tests of the overview: two people, twelve Thursdays, and less."""

from collections.abc import Sequence
from datetime import date, timedelta

from couples.dashboard.picture.drawing import Words
from couples.dashboard.rules import AgreementMark, Answered, PersonMark, Series, Strip, series

MAYA = PersonMark("Maya", "disc", "M")
JONAS = PersonMark("Jonas", "diamond", "J")
FIRST = date(2026, 7, 23)
ENGLISH = Words(
    "no answer",
    {"signed": "Agreement signed", "updated": "Agreement updated"},
    lambda day: f"{day.day} {day:%b}",
)
UPDATED = AgreementMark(date(2026, 8, 16), "updated")

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


def strips() -> tuple[Strip, ...]:
    """Four needs over the same twelve weeks."""
    return tuple(Strip(topic, both(*answers)) for topic, answers in NEEDS.items())
