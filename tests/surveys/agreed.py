"""A version in force between two of the cast, without the road that leads there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from couples import clock
from couples.agreement.document.content import Clause, Content, Signer, content_hash, to_plain
from couples.agreement.rhythm import Rhythm
from couples.agreement.signals import in_force
from couples.agreement.signing.models import Version
from couples.db import db, transaction
from couples.mail.models import OutboxLetter
from couples.pairing.services import couple_or_none
from couples.surveys.answering.services import Answers, save_answers
from couples.surveys.models import Plan, Response, Round
from couples.surveys.rounds.services_clock import open_due_rounds
from couples.surveys.services import RoundView, rounds_and_next, rounds_of_last_link

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
# Thursday 19:00 to Sunday 21:00 in Berlin; the cast is made on Tuesday 1 September 2026, noon.
RHYTHM = Rhythm(1, 3, 19, 6, 21, "Europe/Berlin")
OPENS = datetime(2026, 9, 3, 17, tzinfo=UTC)
CLOSES = datetime(2026, 9, 6, 19, tzinfo=UTC)
INSIDE = OPENS + DAY
AFTER = CLOSES + 2 * HOUR
MORNING = CLOSES + 11 * HOUR
TOPICS: tuple[tuple[str, str | None, str], ...] = (
    ("t-time", "time", ""),
    ("t-own", None, "Our garden"),
)


def clause(topic_id: str, listed: str | None, own_name: str) -> Clause:
    """Return one promise, whose words tell its topic."""
    return Clause(topic_id, listed, own_name, (), None, f"We mind {topic_id}.", "", "", "")


@transaction()
def sign(
    couple_id: str,
    now: datetime,
    rhythm: Rhythm = RHYTHM,
    topics: tuple[tuple[str, str | None, str], ...] = TOPICS,
    review_on: date = date(2027, 1, 10),
) -> str:
    """Put the next version in force; return its id."""
    last = db.session.scalar(
        db.select(db.func.max(Version.number)).where(Version.couple_id == couple_id)
    )
    people = (Signer("m", "Maya", "disc"), Signer("j", "Jonas", "diamond"))
    content = Content(people, tuple(clause(*one) for one in topics), rhythm, "", review_on)
    number = (last or 0) + 1
    version = Version(
        couple_id=couple_id,
        number=number,
        content=to_plain(content),
        content_hash=content_hash(str(number), content),
        salt=str(number),
        in_force_at=now,
        review_on=review_on,
    )
    db.session.add(version)
    db.session.flush()
    in_force.send(None, couple_id=couple_id, version_id=version.id, now=now)
    return version.id


def opened(couple_id: str, now: datetime, at: datetime = OPENS) -> Round:
    """Sign, and let the first round open."""
    sign(couple_id, now)
    open_due_rounds(at)
    return round_of(couple_id)


def round_of(couple_id: str) -> Round:
    """Return the newest round."""
    return rounds_of(couple_id)[-1]


def rounds_of(couple_id: str) -> list[Round]:
    """Return all rounds of a couple in order."""
    query = db.select(Round).where(Round.couple_id == couple_id).order_by(Round.number)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def plan_of(couple_id: str) -> Plan | None:
    """Return when the next round is due."""
    query = db.select(Plan).where(Plan.couple_id == couple_id)
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def response_of(round_id: str, person_id: str) -> Response:
    """Return one person's response."""
    query = db.select(Response).where(
        Response.round_id == round_id, Response.person_id == person_id
    )
    found: Response = db.session.scalars(query.execution_options(populate_existing=True)).one()
    return found


def letters(kind: str, person_id: str | None = None) -> list[OutboxLetter]:
    """Return the letters of a kind, as the table holds them."""
    query = db.select(OutboxLetter).where(OutboxLetter.kind == kind)
    if person_id:
        query = query.where(OutboxLetter.person_id == person_id)
    ordered = query.order_by(OutboxLetter.due_at).execution_options(populate_existing=True)
    return list(db.session.scalars(ordered))


def rounds_for(person_id: str, now: datetime) -> tuple[RoundView, ...]:
    """Return the rounds one person may see, as their overview reads them."""
    couple = couple_or_none(person_id)
    if couple is None:
        return rounds_of_last_link(person_id, now)
    return rounds_and_next(couple.id, person_id, now)[0]


def answer(person_id: str, round_id: str, now: datetime = INSIDE, /, **values: int | bool) -> None:
    """Answer overall (and share, unless told otherwise)."""
    share = bool(values.pop("share", True))
    given: dict[str, int | None] = {key: int(value) for key, value in values.items()}
    assert save_answers(person_id, round_id, Answers(given, share), now) is None


@contextmanager
def at(now: datetime) -> Iterator[None]:
    """Let every page asked for inside believe it is now."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: now)
        yield


def shown_in(page: str) -> str:
    """Return the signed note of when a mailed page was shown."""
    found = re.search(r'name="shown" value="([^"]+)"', page)
    assert found
    return found.group(1)


def post_by_link(
    client: FlaskClient, token: str, now: datetime, after: float = 5, **fields: str
) -> tuple[int, str]:
    """Open a mailed page and send it some seconds later; return status and what came back."""
    with at(now):
        shown = shown_in(client.get(f"/week/{token}").text)
    with at(now + timedelta(seconds=after)):
        answer = client.post(f"/week/{token}", data={"shown": shown, **fields})
    return answer.status_code, answer.text
