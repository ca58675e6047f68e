"""What may be written, opened, suggested and agreed, and what follows (rules A1, A2, A5, A6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from couples.agreement.rhythm import Rhythm

MOST_NEEDS = 6
LEAST_MATTERS, MOST_MATTERS = 1, 5
REVIEW_AFTER = timedelta(weeks=12)
TRIAL_LASTS = timedelta(weeks=4)
LONGEST_TRIAL_YEARS = 1
LATEST_REVIEW_YEARS = 2
REVIEW_HOUR = 9
# What a need's author may say to what the other hears in it (A4).
HEARING_ANSWERS = ("yes", "not_quite")
THURSDAY, SUNDAY = 3, 6


@dataclass(frozen=True, slots=True, repr=False)  # a person's words never reach a log
class NeedWords:
    """The three answers of one need, and how much it matters."""

    before: str = ""
    request: str = ""
    own_part: str = ""
    matters: int | None = None

    @property
    def parts(self) -> int:
        """How many of the three are written."""
        return sum(bool(text.strip()) for text in (self.before, self.request, self.own_part))


@dataclass(frozen=True, slots=True, repr=False)
class PromiseWords:
    """What a promise says: what, what counts as kept, what if not, how often, and its trial."""

    words: str = ""
    kept_when: str = ""
    otherwise: str = ""
    how_often: str = ""
    # Tried until this day, then looked at again; none where it simply holds.
    trial_until: date | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Terms:
    """What an agreement says beside its promises."""

    rhythm: Rhythm
    talk_plan: str
    review_on: date


@dataclass(frozen=True, slots=True)
class Wish:
    """A need about to open, as far as the order of topics depends on it."""

    need_id: str
    listed: str | None
    matters: int | None


def may_write_more(needs: int) -> bool:
    """Whether a person with this many needs may begin another (A1)."""
    return needs < MOST_NEEDS


def weight(matters: int | None) -> int:
    """What a need is sorted by, so that what matters equally stays in the order of writing (A1)."""
    return -(matters or 0)


def topics_to_open(left: Sequence[Wish], right: Sequence[Wish]) -> list[list[str]]:
    """Group needs into topics, in the order in which both will read them (A2, A3).

    Each leaf's needs come in the order of how much they matter to that person, and the leaves
    take turns, the left one first: nobody's first need waits behind all of the other's.
    """
    topics: dict[str, list[str]] = {}
    for wish in _by_turns(_by_weight(left), _by_weight(right)):
        topics.setdefault(wish.listed or f"own {wish.need_id}", []).append(wish.need_id)
    return list(topics.values())


def owner_of(author_id: str, mine: bool) -> str | None:
    """Who a suggestion may bind: its author, or both (None); never the other alone (A5)."""
    return author_id if mine else None


def may_use(author_id: str, person_id: str) -> bool:
    """Whether this person's yes makes a suggestion a promise: the author has said it already."""
    return author_id != person_id


def is_newer(seen_made_at: datetime | None, current_made_at: datetime) -> bool:
    """Whether there are words the person had not seen when they began theirs (A9)."""
    return seen_made_at is None or current_made_at >= seen_made_at


def usual_terms(zone: str, today: date) -> Terms:
    """The terms to begin from: weekly, Thursday evening to Sunday evening, twelve weeks."""
    return Terms(Rhythm(1, THURSDAY, 18, SUNDAY, 20, zone), "", today + REVIEW_AFTER)


def may_review_on(review_on: date, today: date) -> bool:
    """Whether the review date lies ahead, by two years at the most."""
    return today < review_on <= years_after(today, LATEST_REVIEW_YEARS)


def may_try_until(until: date, today: date) -> bool:
    """Whether the end of a trial lies ahead, by a year at the most (A5)."""
    return today < until <= years_after(today, LONGEST_TRIAL_YEARS)


def years_after(day: date, years: int) -> date:
    """The same day of a later year; 29 February becomes 28 February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def may_begin_trial(until: date | None, zone: str, now: datetime) -> bool:
    """Whether words can still be agreed on: their trial, if any, is not over where one lives."""
    return until is None or may_sign_for(until, zone, now)


def may_sign_for(review_on: date, zone: str, now: datetime) -> bool:
    """Whether the review date lies ahead where the one who signs lives.

    Where the other lives decides nothing: that is theirs alone, and a refusal would tell it (S2).
    """
    return now < datetime.combine(review_on, time(REVIEW_HOUR), ZoneInfo(zone))


def _by_weight(wishes: Iterable[Wish]) -> list[Wish]:
    return sorted(wishes, key=lambda wish: weight(wish.matters))


def _by_turns(left: Sequence[Wish], right: Sequence[Wish]) -> Iterable[Wish]:
    for turn in range(max(len(left), len(right))):
        yield from left[turn : turn + 1]
        yield from right[turn : turn + 1]
