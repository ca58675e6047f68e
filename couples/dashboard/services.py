"""What one person's overview is made of; nothing the partner may not see leaves this module (C5).

Two queries, whatever lies behind: what both have signed, and beside it what the reader has done
with cards; when the next round opens and all rounds, of which only what opened is handed on. With
the session's, the couple's and that of the next talk the page takes five.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import bindparam

from couples.agreement.services import PARTS, History, history_of
from couples.agreement.signing.models import Version
from couples.dashboard import rules
from couples.dashboard.cards.models import CardChoices
from couples.dashboard.cards.services import card_of
from couples.dashboard.cards.services_choices import Choices, choices_in
from couples.dashboard.overview import BothsWords, LatestRound, Overview, RoundNow, Totals
from couples.dashboard.readers import Reader, alone, person_of, reader_of
from couples.dashboard.rules import Strip
from couples.db import db
from couples.pairing.services import CoupleView, couple_or_none
from couples.pairing.services_leaving import Standing
from couples.surveys.answering.scale import SCALE_ASKED
from couples.surveys.rules import OVERALL
from couples.surveys.services import RoundView, rounds_and_next, rounds_of_last_link

# Half a year of weeks and the round that is open: enough for twelve rounds of each topic where
# topics take turns. What earlier ones asked is not even unsealed.
LOOK_BACK = 27
# Made once, filled in each time.
_versions, _choices = Version.__table__.c, CardChoices.__table__.c
_AGREED_AND_CHOICES = (
    db.select(*PARTS, _choices.id.label("choices_id"), _choices.choices_sealed)
    .select_from(Version.__table__)
    .outerjoin(CardChoices.__table__, _choices.person_id == bindparam("person_id"))
    .where(_versions.couple_id == bindparam("couple_id"))
    .order_by(_versions.number.desc())
)


def overview(
    person_id: str,
    now: datetime,
    zone: str | None = None,
    most: int | None = rules.ROUNDS_SHOWN,
    standing: Standing | None = None,
    with_own: bool = True,
) -> Overview:
    """Return everything this person's overview shows; zone and couple are looked up unless given.

    `most` is how many of the latest rounds the chart shows, None for all. Unless `with_own`, what
    did not open for both stays out, and so does whether there is any.
    """
    zone = zone or person_of(person_id).zone
    couple = standing.couple if standing else couple_or_none(person_id)
    asked = zone, now, most, with_own
    shown = _of_two(couple, *asked) if couple else _of_one(person_id, *asked)
    return replace(shown, most=most, hides_own=not with_own)


def _of_one(person_id: str, zone: str, now: datetime, most: int | None, with_own: bool) -> Overview:
    """Show somebody unlinked their own line of the last link, and nothing of the other."""
    mine = closed_of(rounds_of_last_link(person_id, now), with_own)
    reader = alone(person_of(person_id), zone)
    return Overview(
        me=reader.me,
        weekly=all(one.weekly for one in mine[-1:]),
        rounds=len(mine),
        overall=reader.series(mine, OVERALL, most),
        pages=_pages(mine, reader, most),
    )


def closed_of(seen: Iterable[RoundView], with_own: bool) -> list[RoundView]:
    """Return the rounds that have closed, oldest first: all of them, or as both know them."""
    return [one if with_own else one.without_own() for one in seen if one.closed]


def _of_two(
    couple: CoupleView, zone: str, now: datetime, most: int | None, with_own: bool
) -> Overview:
    person_id, reader = couple.me.person_id, reader_of(couple, zone)
    agreed, choices = _agreed_and_choices(couple.id, person_id)
    # Where all is asked for, all of it is unsealed at once.
    at_once = LOOK_BACK if most else None
    seen, next_opening = rounds_and_next(couple.id, person_id, now, at_once)
    closed = closed_of(seen, with_own)
    return replace(
        _of_closed(closed, agreed, reader, most),
        latest=_latest(closed, reader, with_own),
        weekly=seen[-1].weekly if seen else _says_week(agreed),
        open_round=_open_round(seen),
        next_opening=next_opening,
        card=card_of(closed, choices, reader, now, with_own=with_own),
    )


def _of_closed(
    closed: Sequence[RoundView], agreed: History, reader: Reader, most: int | None
) -> Overview:
    totals = _totals(closed, reader)
    return Overview(
        me=reader.me,
        partner=reader.partner,
        rounds=len(closed),
        overall=reader.series(closed, OVERALL, most),
        marks=reader.marks(agreed),
        strips=_strips(agreed, closed[-LOOK_BACK:], reader),
        words=_words(closed, reader),
        totals=next(totals, None),
        earlier_totals=tuple(totals),
        pages=_pages(closed, reader, most),
        in_force_since=reader.day(agreed.signed[-1]) if agreed.signed else None,
    )


def _agreed_and_choices(couple_id: str, person_id: str) -> tuple[History, Choices]:
    """Return both with one query; before anything is signed there are no rounds, and no cards."""
    asked = {"couple_id": couple_id, "person_id": person_id}
    found = db.session.execute(_AGREED_AND_CHOICES, asked).all()
    sealed, row_id = (found[0].choices_sealed, found[0].choices_id) if found else (None, "")
    kept = CardChoices.choices.opened(sealed, row_id, person_id)
    return history_of(found), choices_in(kept, couple_id)


def _says_week(agreed: History) -> bool:
    """Whether rounds come every week; so says the page while nothing is signed."""
    return agreed.in_force is None or agreed.in_force.rhythm.every_weeks == 1


def _strips(agreed: History, closed: Sequence[RoundView], reader: Reader) -> tuple[Strip, ...]:
    """Return the topics of the agreement in its order, then those lately asked under earlier ones.

    Where a topic in own words is called something else by now, the newest name counts.
    """
    names = _names(agreed, closed[-rules.ROUNDS_SHOWN :])
    asking, own = _asking(names, closed)
    return tuple(
        Strip(name, reader.series(asking[topic_id], topic_id), "" if topic_id in own else topic_id)
        for topic_id, name in names.items()
        if asking[topic_id]
    )


def _names(agreed: History, lately: Sequence[RoundView]) -> dict[str, str]:
    promises = agreed.in_force.promises if agreed.in_force else ()
    names = {one.topic_id: one.name for one in promises}
    for seen in reversed(lately):
        for topic in seen.topics:
            if topic.id not in names and not topic.step:
                names[topic.id] = topic.name
    return names


def _asking(
    topics: Iterable[str], closed: Sequence[RoundView]
) -> tuple[dict[str, list[RoundView]], set[str]]:
    """Return the rounds that asked each topic, oldest first, and which of these are one's own.

    Those before a topic's last dozen need not be known, and what they asked stays sealed.
    """
    asking: dict[str, list[RoundView]] = {topic_id: [] for topic_id in topics}
    own = set()
    for seen in reversed(closed):
        if all(len(rounds) > rules.ROUNDS_SHOWN for rounds in asking.values()):
            break
        for topic in seen.topics:
            if topic.id in asking:
                asking[topic.id].insert(0, seen)
                own |= {topic.id} if topic.own else set()
    return asking, own


def _words(closed: Sequence[RoundView], reader: Reader) -> tuple[BothsWords, ...]:
    """Return the words that opened, the latest round's first."""
    said = []
    for one in reversed(closed[-rules.ROUNDS_SHOWN :]):
        if one.partner_words:
            leaves = reader.leaves(one.words, one.partner_words)
            said.append(BothsWords(reader.day(one.opens_at), leaves))
    return tuple(said)


def _totals(closed: Sequence[RoundView], reader: Reader) -> Iterator[Totals]:
    """Find the scale's totals of the rounds shown in which they opened, the latest first."""
    for one in reversed(closed[-rules.ROUNDS_SHOWN :]):
        if one.opened_total:
            each = reader.leaves(*one.opened_total)
            yield Totals(reader.day(one.opens_at), each, SCALE_ASKED.highest)


def _pages(closed: Sequence[RoundView], reader: Reader, most: int | None) -> dict[date, str]:
    """Return the reader's own pages of the rounds shown, by day."""
    shown = closed[-most:] if most else closed
    return {reader.day(one.opens_at): one.id for one in shown if one.answered_by_me}


def _latest(closed: Sequence[RoundView], reader: Reader, with_own: bool) -> LatestRound | None:
    if not closed:
        return None
    last = closed[-1]
    answered = last.answered_by_me if with_own else None
    return LatestRound(reader.day(last.opens_at), last.has_opened, answered)


def _open_round(seen: Sequence[RoundView]) -> RoundNow | None:
    running = next((one for one in reversed(seen) if not one.closed), None)
    if running is None:
        return None
    return RoundNow(running.closes_at, running.answered_by_me, running.skipped_by_me)
