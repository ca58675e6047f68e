"""What a round asks, what it keeps, and what it opens to whom (rules C2, C3, C5, C6)."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

MOST_TOPICS = 6
# How the question about everything is called, wherever a question is named.
OVERALL = "overall"
# How the words are called among what a response keeps; no question has such a short id.
WORDS = "words"
# After so many rounds in a row without an answer a slower rhythm is suggested, where there is one.
EMPTY_IN_A_ROW = 3
SLOWEST_WEEKS = 4
# How the published scale is called among what a response keeps: its items are one question.
SCALE = "csi4"
SCALE_EVERY = 4


@dataclass(frozen=True, slots=True, repr=False)  # answers never reach a log
class ResponseView:
    """One person's response as the rules see it: what is there, and what may be shared of it.

    In `answers` None is a chosen skip, which nobody else can tell from a question never seen.
    `shared` is *Share when it opens*, false again once withdrawn; `kept` are the questions, or
    WORDS, or SCALE, that were kept before and that a press on the mailed page did not cover (C6);
    `words_shared` is the words' own choice. `scale` are the items of the published scale as they
    were answered, which never leave their author, and `total` is their sum where all are answered.
    """

    answers: Mapping[str, int | None]
    shared: bool
    words: str = ""
    words_shared: bool = False
    kept: frozenset[str] = frozenset()
    scale: Mapping[str, int | None] = field(default_factory=dict)
    total: int | None = None

    @property
    def shares_scale(self) -> bool:
        """Whether this person lets the partner see the total of the scale."""
        return self.shared and SCALE not in self.kept

    @property
    def shared_answers(self) -> Mapping[str, int]:
        """The numbers this person lets the partner see."""
        if not self.shared:
            return {}
        return {
            question: answer
            for question, answer in self.answers.items()
            if answer is not None and question not in self.kept
        }

    @property
    def shared_words(self) -> str:
        """The words this person lets the partner see; both choices must say so."""
        is_shared = self.shared and self.words_shared and WORDS not in self.kept
        return self.words.strip() if is_shared else ""


NO_RESPONSE = ResponseView(answers={}, shared=False)


def is_open(opens_at: datetime, closes_at: datetime, now: datetime, ended: datetime | None) -> bool:
    """Whether a round may be answered now: decided by comparing times alone (C1).

    `ended` is when the link ended and took the round with it, None while it has not.
    """
    return ended is None and opens_at <= now < closes_at


def has_closed(closes_at: datetime, now: datetime, ended: datetime | None) -> bool:
    """Whether a round has closed and opens its pages; one cancelled before its close never does."""
    return closes_at <= now and (ended is None or closes_at <= ended)


def pick_topics(
    topics_in_force: Sequence[str],
    asked_last: Mapping[str, int | None],
    most: int = MOST_TOPICS,
) -> tuple[str, ...]:
    """The topics a round asks about, in the agreement's order; the same for both (C2).

    Where there are more than `most`, those asked longest ago: never asked first, then by the
    number of the round that asked last, then by their place in the agreement.
    """
    topics = tuple(dict.fromkeys(topics_in_force))
    longest_ago = sorted(topics, key=lambda topic: asked_last.get(topic) or 0)
    chosen = frozenset(longest_ago[:most])
    return tuple(topic for topic in topics if topic in chosen)


def asks_scale(number: int) -> bool:
    """Whether a round asks the published scale too: the first, the fifth, the ninth … (C2)."""
    return number % SCALE_EVERY == 1


def merge_answers(
    stored: Mapping[str, int | None], given: Mapping[str, int | None]
) -> dict[str, int | None]:
    """What is stored after a submission: what was chosen, over what was stored (C6).

    A question missing from `given` was left untouched and keeps what was stored; a number
    replaces it, and so does None, which is a chosen skip.
    """
    return {**stored, **given}


def kept_after_link(stored: ResponseView, given: Iterable[str], share: bool) -> frozenset[str]:
    """What stays kept after a press on the mailed page: it covers what was given there (C4, C6).

    Nothing stored is on that page, so sharing by it cannot mean what was kept before. Keeping
    keeps the whole response, and needs no list.
    """
    if not share:
        return frozenset()
    scale = {SCALE} if stored.scale else set()
    before = stored.kept if stored.shared else frozenset({*stored.answers, *scale, WORDS})
    return before - frozenset(given)


def has_any_answer(answers: Mapping[str, int | None], words: str) -> bool:
    """Whether there is a number or a word; without any, ask again and store nothing (C2).

    On the mailed link judge what was given, not what it merges to: otherwise an empty form would
    tell whoever holds the link whether there are earlier answers (C6). Signed in, where one's
    own answers are on the page, judge the merged ones, so that the choice alone can be changed.
    """
    return bool(words.strip()) or any(answer is not None for answer in answers.values())


def asks_for_slower(closed: Sequence[tuple[datetime, bool]], put_away_at: datetime | None) -> bool:
    """Whether to ask one person for a slower rhythm: their last three rounds had no answer.

    `closed` are the closes of the living link's rounds, the newest last, each with whether this
    person answered, kept or not. The question put away returns after three further ones.
    """
    since = [answered for at, answered in closed if put_away_at is None or at > put_away_at]
    latest = since[-EMPTY_IN_A_ROW:]
    return len(latest) == EMPTY_IN_A_ROW and not any(latest)


def opened(viewer: ResponseView, partner: ResponseView, closed: bool) -> dict[str, tuple[int, int]]:
    """The questions that opened to the viewer, each with (mine, theirs) (C5).

    Nothing before the close; then, question by question, only where both shared a number. What
    was kept, skipped, withdrawn or never written is not in the result, so that no caller can
    tell these apart. The partner gets the same questions with the two numbers exchanged.
    """
    if not closed:
        return {}
    mine, theirs = viewer.shared_answers, partner.shared_answers
    return {question: (mine[question], theirs[question]) for question in mine if question in theirs}


def opened_total(
    viewer: ResponseView, partner: ResponseView, closed: bool
) -> tuple[int, int] | None:
    """Return both totals of the scale, (mine, theirs), where both shared complete ones (C5)."""
    both_share = closed and viewer.shares_scale and partner.shares_scale
    if not both_share or viewer.total is None or partner.total is None:
        return None
    return viewer.total, partner.total


def opened_words(viewer: ResponseView, partner: ResponseView, closed: bool) -> str:
    """The partner's words where they opened to the viewer, else nothing at all (C4, C5).

    Words are the last question and open like the others: only to somebody who shared words of
    their own in this round. They have their own choice on top of the response's, and are nothing
    once sharing is withdrawn.
    """
    return partner.shared_words if closed and viewer.shared_words else ""


def months_before(now: datetime, months: int) -> datetime:
    """Return the moment so many months ago; where that day does not exist, the month's last."""
    years, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    last = monthrange(years, month + 1)[1]
    return now.replace(year=years, month=month + 1, day=min(now.day, last))
