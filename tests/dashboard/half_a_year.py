"""Weeks written straight into the tables, so that tests say exactly what each answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from couples.agreement.document.content import Clause, Content, Signer, to_plain
from couples.agreement.models import Topic
from couples.agreement.rhythm import Rhythm
from couples.agreement.signing.models import Version
from couples.db import db, transaction
from couples.surveys.models import Plan, Response, Round
from couples.surveys.terms import from_rows
from tests.cast import Cast

# A Thursday evening; every round opens then and is open for three days.
FIRST = datetime(2026, 3, 5, 18, tzinfo=UTC)
WEEK, OPEN = timedelta(weeks=1), timedelta(days=3)
RHYTHM = Rhythm(1, 3, 18, 6, 18, "UTC")
TOPICS = ("time", "heard", "home")
SCALE_KEYS = ("1", "12", "19", "22")


@dataclass(frozen=True)
class Answer:
    """One person's response: a number for overall, one for every topic, and what is shared.

    `scale` are the points of the published scale's items, in order.
    """

    overall: int | None = 4
    topics: int | None = 4
    shared: bool = True
    withdrawn: bool = False
    words: str = ""
    words_shared: bool = False
    scale: tuple[int | None, ...] = ()
    kept: tuple[str, ...] = ()

    def payload(self, topic_ids: Sequence[str]) -> dict[str, object]:
        """Return what a response keeps of it."""
        return {
            "answers": {"overall": self.overall, **dict.fromkeys(topic_ids, self.topics)},
            "scale": dict(zip(SCALE_KEYS, self.scale, strict=False)),
            "kept": [*self.kept],
            "words": self.words,
            "words_shared": self.words_shared,
            "shared": self.shared,
            "withdrawn": self.withdrawn,
        }


Week = tuple[Answer | None, Answer | None]


@transaction()
def write(cast: Cast, weeks: Sequence[Week], *, versions: int = 1) -> list[str]:
    """Write a signed agreement and these weeks, Maya's answer first; return the rounds' ids."""
    topic_ids = _agree(cast, versions, len(weeks))
    version_id = db.session.scalars(db.select(Version.id).order_by(Version.number.desc())).first()
    return [
        _write_round(cast, version_id or "", number, week, topic_ids)
        for number, week in enumerate(weeks, start=1)
    ]


def _agree(cast: Cast, versions: int, weeks: int) -> list[str]:
    topics = [
        Topic(couple_id=cast.couple, listed=one, own_words=None, position=place, opened_at=FIRST)
        for place, one in enumerate(TOPICS)
    ]
    db.session.add_all(topics)
    for number in range(versions):
        row = _version(cast, topics, number)
        db.session.add(row)
    db.session.flush()
    due_at = FIRST + weeks * WEEK
    plan = Plan(couple_id=cast.couple, version_id=row.id, anchor=FIRST.date(), due_at=due_at)
    db.session.add(plan)
    return [topic.id for topic in topics]


def _version(cast: Cast, topics: Sequence[Topic], number: int) -> Version:
    clauses = tuple(
        Clause(one.id, one.listed, "", (), None, f"Words about {one.listed}.", "", "", "")
        for one in topics
    )
    people = (Signer(cast.maya, "Maya", "disc"), Signer(cast.jonas, "Jonas", "diamond"))
    content = Content(people, clauses, RHYTHM, "", date(2027, 1, 10))
    return Version(
        couple_id=cast.couple,
        number=number + 1,
        content=to_plain(content),
        content_hash=f"{number}",
        salt="salt",
        in_force_at=FIRST - timedelta(days=3) + number * 3 * WEEK,
        review_on=date(2027, 1, 10),
    )


def _write_round(
    cast: Cast, version_id: str, number: int, week: Week, topic_ids: Sequence[str]
) -> str:
    opens_at = FIRST + (number - 1) * WEEK
    row = Round(
        couple_id=cast.couple,
        version_id=version_id,
        number=number,
        opens_at=opens_at,
        closes_at=opens_at + OPEN,
        every_weeks=1,
        questions=[
            {"id": topic_id, "listed": listed, "name": "", "promise": "Words."}
            for topic_id, listed in zip(topic_ids, TOPICS, strict=True)
        ],
    )
    db.session.add(row)
    db.session.flush()
    for person_id, answer in zip((cast.maya, cast.jonas), week, strict=True):
        payload = answer.payload(topic_ids) if answer else None
        db.session.add(
            Response(round_id=row.id, couple_id=cast.couple, person_id=person_id, payload=payload)
        )
    return row.id


@transaction()
def answer(round_id: str, person_id: str, given: Answer | None) -> None:
    """Put another answer, or none, in the place of this person's."""
    query = db.select(Response).where(Response.round_id == round_id)
    row = db.session.scalars(query.where(Response.person_id == person_id)).one()
    round_ = db.session.get_one(Round, round_id)
    topic_ids = [one.id for one in from_rows(round_.questions)]
    row.payload = given.payload(topic_ids) if given else None


def after(weeks: int) -> datetime:
    """A moment between the close of this many rounds and the next opening."""
    return FIRST + (weeks - 1) * WEEK + OPEN + timedelta(hours=10)


def during(number: int) -> datetime:
    """A moment at which this round, counted from 1, is open."""
    return FIRST + (number - 1) * WEEK + timedelta(hours=10)
