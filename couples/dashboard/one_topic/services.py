"""What the page of one topic is made of; only what opened is handed on (C5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from couples.agreement import rows
from couples.agreement.models import Topic
from couples.agreement.services import history_of
from couples.dashboard import rules
from couples.dashboard.one_topic.shapes import TopicPage
from couples.dashboard.one_topic.wordings import wordings_of
from couples.dashboard.overview import BothsWords
from couples.dashboard.readers import Reader, reader_of
from couples.dashboard.rules import Line, Series
from couples.dashboard.services import closed_of
from couples.pairing.services import REMOVED, CoupleView, couple_of
from couples.surveys.services import RoundView, rounds_and_next


def topic_page(
    person_id: str, topic_id: str, now: datetime, zone: str, *, with_own: bool = True
) -> TopicPage:
    """Return one topic of the person's couple, or raise NotFound.

    Unless `with_own`, the reader's numbers that did not open for both stay out.
    """
    couple = couple_of(person_id)
    return _page(couple, rows.topic_of(couple.id, topic_id), now, zone, with_own)


def _page(couple: CoupleView, topic: Topic, now: datetime, zone: str, with_own: bool) -> TopicPage:
    versions = rows.versions_of(couple.id)
    agreed, reader = history_of(versions), reader_of(couple, zone)
    seen, next_opening = rounds_and_next(couple.id, couple.me.person_id, now)
    asking = [one for one in closed_of(seen, with_own) if _asks(one, topic.id)]
    series = reader.series(asking, topic.id, most=None)
    promise = rows.promise_under(topic.id)
    in_force = agreed.in_force.promises if agreed.in_force else ()
    return TopicPage(
        id=topic.id,
        name=rows.topic_view(topic).name or str(REMOVED),
        weekly=all(one.weekly for one in seen[-1:]),
        in_force=any(one.topic_id == topic.id for one in in_force),
        under_review=promise is not None and promise.under_review_at is not None,
        living=topic.retired_at is None,
        series=series,
        rows=rows_of(series),
        marks=reader.marks(agreed),
        wordings=wordings_of(versions, topic.id, _names(couple)),
        words=_words(asking, reader),
        next_opening=next_opening,
        hides_own=bool(asking) and not with_own,
    )


def _asks(seen: RoundView, topic_id: str) -> bool:
    return any(one.id == topic_id for one in seen.topics)


def rows_of(series: Series) -> tuple[Series, ...]:
    """Return a series twelve rounds at a time, so that the last twelve share the last row."""
    length = len(series.days)
    ends = range(length, 0, -rules.ROUNDS_SHOWN)
    return tuple(_part(series, max(end - rules.ROUNDS_SHOWN, 0), end) for end in reversed(ends))


def _part(series: Series, start: int, end: int) -> Series:
    lines = (Line(line.person, line.points[start:end]) for line in series.lines)
    return Series(series.days[start:end], tuple(lines))


def _words(asking: Sequence[RoundView], reader: Reader) -> tuple[BothsWords, ...]:
    return tuple(
        BothsWords(reader.day(one.opens_at), reader.leaves(one.words, one.partner_words))
        for one in reversed(asking)
        if one.partner_words
    )


def _names(couple: CoupleView) -> dict[str, str]:
    return {one.person_id: one.name for one in (couple.left, couple.right)}
