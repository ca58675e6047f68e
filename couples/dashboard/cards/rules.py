"""When a change or a difference is spoken of (O3), and when it rests: decisions over plain values.

docs/measures.md says why the numbers are what they are; its table comes from a simulation.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Literal

# The published scale as the addresses of talks call it; any other question goes by its own id.
SCALE = "scale"
ANSWERS_FOR_USUAL = 6
ANSWERS_FOR_A_CHANGE = 9
LAST = 3
# How far the last answers are from the usual when a change is spoken of: of seven, of the scale.
CHANGE = 2.5
CHANGE_OF_SCALE = 4.0
REST = timedelta(days=60)
# How far two answers of one round are apart when a difference is shown; and when it lasts.
APART, APART_EACH_TIME, TIMES = 3, 2, 3
SOMEWHAT_APART, QUITE_APART = 3, 5

Direction = Literal["lower", "higher"]
HowFar = Literal["similarly", "somewhat", "quite"]
Pair = tuple[int, int]
# Until when each card is away; none: for good.
Away = Mapping[str, datetime | None]


@dataclass(frozen=True, slots=True, repr=False)
class Usual:
    """What one person usually answers: the middle of the first six, and the range of four."""

    middle: float
    low: int
    high: int


@dataclass(frozen=True, slots=True, repr=False)
class Own:
    """One's own answer to a question in a round that closed at `at`."""

    round_id: str
    at: datetime
    value: int


@dataclass(frozen=True, slots=True, repr=False)
class CallOut:
    """A change that is spoken of at the answer of one round."""

    question: str
    round_id: str
    at: datetime
    direction: Direction


def since(answers: Sequence[Own], start: datetime | None) -> tuple[Own, ...]:
    """Return the answers of rounds that have closed since one's usual was begun anew."""
    return tuple(one for one in answers if start is None or one.at > start)


def usual(values: Sequence[int]) -> Usual | None:
    """Return what was usual in the first six answers, none while there are fewer.

    The range leaves out the lowest and the highest of the six: a single odd week widens nothing.
    """
    first = sorted(values[:ANSWERS_FOR_USUAL])
    if len(first) < ANSWERS_FOR_USUAL:
        return None
    return Usual(median(first), first[1], first[-2])


def from_usual(values: Sequence[int]) -> Iterator[tuple[int, float]]:
    """Tell of each answer from the ninth on how far the last three are from the usual."""
    found = usual(values)
    if found is None:
        return
    for end in range(ANSWERS_FOR_A_CHANGE, len(values) + 1):
        yield end - 1, sorted(values[end - LAST : end])[LAST // 2] - found.middle


def threshold_of(question: str) -> float:
    """Return how far from the usual counts as a change."""
    return CHANGE_OF_SCALE if question == SCALE else CHANGE


def is_far(question: str, by: float) -> bool:
    """Whether answers so far from the usual are a change."""
    return abs(by) >= threshold_of(question)


def is_beyond(question: str, first: Sequence[int], last: Sequence[int]) -> bool:
    """Whether the latest answer is a change, of which the first nine and the last three are known.

    So much says whether it is worth asking what was called out before.
    """
    found = usual(first) if len(first) >= ANSWERS_FOR_A_CHANGE else None
    return found is not None and is_far(question, median(last) - found.middle)


def call_outs(
    own: Mapping[str, Sequence[Own]], spoken: CallOut | None = None
) -> tuple[CallOut, ...]:
    """Return every change that is spoken of, oldest first; after each, sixty days of none.

    It follows from one's own answers. Of what they no longer tell, since a usual was begun anew,
    `spoken` is the last change there was: it rests as long.
    """
    beyond = [found for question, answers in own.items() for found in _beyond(question, answers)]
    called = [spoken] if spoken else []
    for one in sorted(beyond, key=lambda found: found.at):
        is_later = spoken is None or one.at > spoken.at
        if is_later and (not called or one.at - called[-1].at >= REST):
            called.append(one)
    return tuple(one for one in called if one in beyond)


def _beyond(question: str, answers: Sequence[Own]) -> Iterator[CallOut]:
    for index, by in from_usual([one.value for one in answers]):
        if is_far(question, by):
            at = answers[index]
            yield CallOut(question, at.round_id, at.at, "lower" if by < 0 else "higher")


def differ(pairs: Sequence[Pair]) -> bool:
    """Whether the latest of the rounds both shared, oldest first, shows a question differently."""
    apart = [abs(one - other) for one, other in pairs[-TIMES:]]
    lasts = len(apart) == TIMES and min(apart) >= APART_EACH_TIME
    return bool(apart) and (apart[-1] >= APART or lasts)


def how_far(one: int, other: int) -> HowFar:
    """Say in the three published steps how two totals of the scale see it."""
    apart = abs(one - other)
    if apart >= QUITE_APART:
        return "quite"
    return "somewhat" if apart >= SOMEWHAT_APART else "similarly"


def differing(shared: Mapping[str, Sequence[Pair]]) -> list[str]:
    """Return the questions seen differently, the one farthest apart in the latest round first."""
    found = [question for question, pairs in shared.items() if differ(pairs)]
    return sorted(found, key=lambda one: -abs(shared[one][-1][0] - shared[one][-1][1]))


def change_key(found: CallOut) -> str:
    """Name a change card: what is put away is this one, and not the next change."""
    return f"change {found.question} {found.round_id}"


def difference_key(question: str) -> str:
    """Name a difference card: what is put away is the question, for a while."""
    return f"difference {question}"


def is_away(key: str, put_away: Away, now: datetime) -> bool:
    """Whether a card was put away and still is."""
    if key not in put_away:
        return False
    until = put_away[key]
    return until is None or now < until


def kept_away(put_away: Away, there: Collection[str], now: datetime) -> dict[str, datetime | None]:
    """Return what has to be remembered: what is at rest, and what is away for good but `there`."""
    return {
        key: until
        for key, until in put_away.items()
        if (key in there if until is None else now < until)
    }


def first_left(keys: Iterable[str], put_away: Away, now: datetime) -> str | None:
    """Return the one card to show, of those there are in their order."""
    return next((key for key in keys if not is_away(key, put_away, now)), None)
