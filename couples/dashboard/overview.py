"""The value the overview page is made of: everything one person may see, and nothing else.

The services fill an Overview; the page and the pictures read it. Nothing in it may depend on
whether the partner has answered a round that has not closed (S2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from couples.dashboard.cards.rules import HowFar, how_far
from couples.dashboard.cards.shapes import Card
from couples.dashboard.rules import ROUNDS_SHOWN, AgreementMark, PersonMark, Series, Strip
from couples.dashboard.telling import Telling


class State(StrEnum):
    """What the page is about today; decides its heading and its one action."""

    BEGIN = "begin"  # nothing signed yet, or nobody linked
    PLANNED = "planned"  # signed; the first round is still to come
    OPEN = "open"  # a round is open, and the reader has not answered
    ANSWERED = "answered"  # a round is open, and the reader has answered
    LEFT_OUT = "left_out"  # a round is open, and the reader leaves it out
    TOGETHER = "together"  # the latest round opened something for both
    NOTHING_OPENED = "nothing_opened"  # it opened nothing; the reader had answered
    QUIET = "quiet"  # it opened nothing; the reader had not answered
    CLOSED = "closed"  # it opened nothing; whether the reader had answered isn't said just now
    ENDED = "ended"  # the link has ended; the reader's own line stays


@dataclass(frozen=True, slots=True)
class RoundNow:
    """The round that is open now, of which the reader knows only their own part."""

    closes_at: datetime
    answered_by_me: bool
    skipped_by_me: bool = False

    @property
    def state(self) -> State:
        """What the page is about while this round is open."""
        if self.answered_by_me:
            return State.ANSWERED
        return State.LEFT_OUT if self.skipped_by_me else State.OPEN


@dataclass(frozen=True, slots=True)
class LatestRound:
    """The latest closed round: whether anything opened for both, and whether I had answered.

    The second is none where it is not said: somebody else may hold the device.
    """

    opened_on: date
    opened: bool
    answered_by_me: bool | None


@dataclass(frozen=True, slots=True, repr=False)
class BothsWords:
    """Words of both in one round, in the order of the leaves; they open together or not at all."""

    on: date
    words: tuple[tuple[PersonMark, str], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Totals:
    """Both totals of the published scale in one round, in the order of the leaves, of `most`."""

    on: date
    each: tuple[tuple[PersonMark, int], ...]
    most: int

    @property
    def how_far(self) -> HowFar:
        """How differently the two see it, in the three steps of docs/measures.md."""
        (_one, one), (_other, other) = self.each
        return how_far(one, other)


@dataclass(frozen=True, slots=True)
class Overview(Telling):
    """One person's overview page.

    me, partner      how the two are shown; partner is None before linking and after it ended
    weekly           whether the rhythm is weekly ("this week") or not ("this time")
    rounds           how many rounds of this link have closed
    most             how many of the latest the chart shows at most, None for all
    overall          the overall question over these rounds, from rules.series()
    marks            every version that came into force, oldest first
    strips           one per promise topic, in the order of the agreement
    words            words that opened for both, newest round first
    totals           the latest totals of the published scale that opened for both
    earlier_totals   those of the rounds before, newest first
    pages            the ids of my own past rounds shown here, by the day they opened
    latest           the latest closed round, None while there is none
    open_round       the round open now, if any
    next_opening     when the next round opens (UTC), None where none is planned
    in_force_since   the day on which the agreement in force was signed by both
    card             the one card there is to show to this person, if any
    hides_own        what did not open for both is left out, whether or not there is any
    All days are local to the reader; all instants are aware UTC.
    """

    me: PersonMark
    partner: PersonMark | None = None
    weekly: bool = True
    rounds: int = 0
    most: int | None = ROUNDS_SHOWN
    overall: Series = field(default_factory=Series)
    marks: tuple[AgreementMark, ...] = ()
    strips: tuple[Strip, ...] = ()
    words: tuple[BothsWords, ...] = ()
    totals: Totals | None = None
    earlier_totals: tuple[Totals, ...] = ()
    pages: Mapping[date, str] = field(default_factory=dict)
    latest: LatestRound | None = None
    open_round: RoundNow | None = None
    next_opening: datetime | None = None
    in_force_since: date | None = None
    card: Card | None = None
    hides_own: bool = False

    @property
    def state(self) -> State:
        """What the page is about today."""
        if self.partner is None:
            return State.ENDED if self.rounds else State.BEGIN
        if self.open_round is not None:
            return self.open_round.state
        if self.latest is not None:
            return _after(self.latest)
        return State.PLANNED if self.next_opening is not None else State.BEGIN

    @property
    def shown(self) -> int:
        """How many rounds the chart shows."""
        return len(self.overall.days)

    @property
    def series(self) -> Series:
        """What the chart shows."""
        return self.overall

    @property
    def has_only_me(self) -> bool:
        """Whether a point or cell on the page has to be explained as seen by the reader alone."""
        return self.overall.has_only_me or any(one.series.has_only_me for one in self.strips)


def _after(latest: LatestRound) -> State:
    if latest.opened:
        return State.TOGETHER
    if latest.answered_by_me is None:
        return State.CLOSED
    return State.NOTHING_OPENED if latest.answered_by_me else State.QUIET
