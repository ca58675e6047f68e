"""Two people with something of theirs in every field of every table.

What Maya wrote begins with "Maya's", what Jonas wrote with "Jonas's", what both said yes to with
"Shared".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from couples.accounts import services_passwords, services_profile, services_signup
from couples.accounts.models import Challenge, Passkey
from couples.agreement.models import Hearing, Need, Suggestion, Topic, TopicSuggestion
from couples.agreement.needs import services_opening
from couples.agreement.promises import services as services_wording
from couples.agreement.review.models import ReviewTopic
from couples.agreement.rules import NeedWords
from couples.agreement.signing.models import ReviewAnswer, Version
from couples.agreement.topics import services as services_topics
from couples.agreement.unsent.models import Unsent
from couples.dashboard.cards.models import CardChoices
from couples.db import Base, db, key_ring, new_id, transaction
from couples.mail import outbox
from couples.pairing.models import Invite
from couples.preparing.models import Airing, Reflection
from couples.privacy.models import Note
from couples.rotation import sealed_columns
from couples.surveys.models import (
    LetterChoices,
    LongerLook,
    OwnQuestion,
    Response,
    Round,
    StepQuestion,
)
from couples.talks.models import AgendaItem, CalendarFeed, Step, Talk, TalkTime
from tests.agreement import road
from tests.cast import Cast

SHARED = replace(
    road.EVENINGS,
    words="Shared words.",
    kept_when="Shared kept.",
    otherwise="Shared otherwise.",
    how_often="Shared often.",
)


def needs_words(name: str) -> NeedWords:
    """Return words of one person in every field."""
    return NeedWords(f"{name}'s before.", f"{name}'s request.", f"{name}'s part.", 3)


def fill(cast: Cast, now: datetime) -> None:
    """Fill everything, through the services where they are."""
    for person_id, name in ((cast.maya, "Maya"), (cast.jonas, "Jonas")):
        services_profile.change_profile(
            person_id, name=f"{name}'s name", language="en", zone="Europe/Berlin", now=now
        )
        road.write(person_id, now, "time", needs_words(name))
        for own in ("own topic", "merged topic"):
            road.write(person_id, now, own=f"{name}'s {own}", words=needs_words(name))
    for person_id in (cast.maya, cast.jonas):
        services_opening.say_ready(person_id, now)
    for name, other in (("Maya", "Jonas"), ("Jonas", "Maya")):
        _merge(cast, f"{name}'s merged topic", f"{other}'s own topic", now)
    _agree(cast, now)
    for person_id, name in ((cast.maya, "Maya"), (cast.jonas, "Jonas")):
        road.write(person_id, now, "money", needs_words(name))
        fill_rows(cast, person_id, name, now)
        fill_talks(cast, person_id, name, now)
        fill_account(cast, person_id, name, now)


def _merge(cast: Cast, heading: str, into: str, now: datetime) -> None:
    """Let a topic become part of one whose heading is in the other's words."""
    ids = {topic.own_words: topic.id for topic in db.session.scalars(db.select(Topic))}
    wanted = services_topics.Proposal("merge", ids[into])
    assert services_topics.propose(cast.maya, ids[heading], wanted, now) is None
    waiting = services_topics.moves(cast.jonas, ids[heading]).waiting
    assert waiting is not None
    services_topics.use(cast.jonas, waiting.id, now)


def _agree(cast: Cast, now: datetime) -> None:
    """Let both sign one promise; then Maya goes on with suggestions and terms of her own."""
    living = db.select(Topic).where(Topic.retired_at.is_(None))
    time, *own = db.session.scalars(living.order_by(Topic.listed.is_(None)))
    road.suggest(cast.maya, time.id, now)
    suggestion = _last_suggestion()
    with transaction():
        _word(suggestion, SHARED)
        suggestion.note = "Maya's note."
    services_wording.use(cast.jonas, suggestion.id, now)
    road.choose(cast.maya, now, replace(road.TERMS, talk_plan="Shared plan."))
    road.sign(cast.maya, now, "Maya's signature")
    assert road.sign(cast.jonas, now, "Jonas's signature") == "in_force"
    for person_id, name, topic in ((cast.maya, "Maya", own[0]), (cast.jonas, "Jonas", own[1])):
        road.suggest(person_id, topic.id, now, f"{name}'s words.")
        with transaction():
            row = db.session.scalars(db.select(Suggestion).filter_by(topic_id=topic.id)).one()
            row.note = f"{name}'s note."
            row.kept_when = row.otherwise = row.how_often = f"{name}'s detail."
    road.choose(cast.maya, now, replace(road.TERMS, talk_plan="Maya's plan."))
    road.sign(cast.maya, now, "Maya's second signature")


def _last_suggestion() -> Suggestion:
    found: Suggestion = db.session.scalars(db.select(Suggestion)).one()
    return found


def _word(row: Suggestion, words: Any) -> None:
    row.words, row.kept_when = words.words, words.kept_when
    row.otherwise, row.how_often = words.otherwise, words.how_often


@transaction()
def fill_rows(cast: Cast, person_id: str, name: str, now: datetime) -> None:
    """Fill the tables of this couple in which one person has rows."""
    version = db.session.scalars(db.select(Version)).one()
    theirs = db.select(Need).where(Need.person_id != person_id, Need.topic_id.is_not(None))
    need = db.session.scalars(theirs.where(Need.listed == "time")).first()
    living = Topic.listed.is_(None), Topic.retired_at.is_(None)
    topics = list(db.session.scalars(db.select(Topic).where(*living)))
    topic = topics[name == "Jonas"]
    assert need is not None
    mine: dict[str, Any] = {"person_id": person_id}
    words = f"{name}'s words."
    shared = {"couple_id": cast.couple, "author_id": person_id}
    db.session.add_all(
        [
            Hearing(**shared, need_id=need.id, words=words, said_at=now, answer="yes"),
            TopicSuggestion(**shared, kind="retire", topic_id=topic.id, note=words, made_at=now),
            Unsent(**mine, about=f"other:{topic.id}", fields={"words": words}, saved_at=now),
            ReviewAnswer(
                **mine, version_id=version.id, about="terms", occasion_on=date(2026, 12, 1),
                answer=words, given_at=now,
            ),
            Reflection(**mine, motives=words, own_part=words, saved_at=now),
            Airing(**mine, couple_id=cast.couple, words=words, saved_at=now),
            Note(**mine, words=words, written_at=now, saved_at=now),
            OwnQuestion(**shared, words=words, made_at=now),
            LongerLook(
                **mine, couple_id=cast.couple, answers={"1": words}, begun_at=now, saved_at=now
            ),
            OwnQuestion(**shared, words="Shared question?", made_at=now, agreed_at=now),
        ]
    )  # fmt: skip
    payload = {"answers": {"overall": 3}, "words": words, "words_shared": True, "shared": True}
    round_id = _round(cast, version, now).id
    begun: dict[str, Any] = {"draft": {"words": words}, "draft_saved_at": now}
    response = Response(
        **mine, **begun, couple_id=cast.couple, round_id=round_id, payload=payload, skipped_at=now
    )
    db.session.add(response)


@transaction()
def fill_talks(cast: Cast, person_id: str, name: str, now: datetime) -> None:
    """Fill the tables of talks: one behind them, what was brought, a step that was asked about."""
    mine: dict[str, Any] = {"couple_id": cast.couple, "author_id": person_id}
    when = {"starts_at": now, "agreed_at": now, "minutes": 30, "talked_at": now}
    talk = Talk(couple_id=cast.couple, made_at=now, **when)
    db.session.add(talk)
    db.session.flush()
    step = Step(**mine, talk_id=talk.id, words=f"{name}'s step.", made_at=now)
    proposed = {"talk_id": talk.id, "author_id": person_id, "starts_at": now, "minutes": 30}
    states: tuple[dict[str, Any], ...] = (
        {}, {"talk_id": talk.id}, {"taken_back_at": now}, {"to_review_at": now},
    )  # fmt: skip
    item = {**mine, "words": f"{name}'s thing.", "added_at": now}
    left = {**mine, "words": f"{name}'s left over.", "made_at": now}
    put_away = {
        "couple": cast.couple, "put_away": {f"{name}'s card": now.isoformat()},
        "usual_since": {}, "spoken": None,
    }  # fmt: skip
    db.session.add_all(
        [
            step,
            TalkTime(**proposed, made_at=now),
            *(AgendaItem(**item, **state) for state in states),
            *(ReviewTopic(**left, origin_id=new_id(), put_away_at=at) for at in (None, now)),
            CalendarFeed(person_id=person_id, couple_id=cast.couple, made_at=now),
            CardChoices(person_id=person_id, choices=put_away),
        ]
    )
    db.session.flush()
    items = db.session.scalars(db.select(AgendaItem.id).where(AgendaItem.author_id == person_id))
    talk.said = {**dict.fromkeys(items, "open"), step.id: "open"}
    if name == "Maya":
        db.session.add(StepQuestion(couple_id=cast.couple, step_id=step.id, words=step.words))
    round_ = db.session.scalars(db.select(Round)).one()
    asked = {"id": step.id, "listed": None, "name": step.words, "promise": "", "step": True}
    round_.questions = [*round_.questions, asked]


def _round(cast: Cast, version: Version, now: datetime) -> Round:
    found = db.session.scalars(db.select(Round)).first()
    if found is None:
        found = Round(
            couple_id=cast.couple,
            version_id=version.id,
            number=1,
            opens_at=now - timedelta(days=9),
            closes_at=now - timedelta(days=6),
            every_weeks=1,
            questions=[{"id": "x", "listed": "time", "name": "", "promise": "Shared words."}],
        )
        db.session.add(found)
        db.session.flush()
    return found


def fill_account(cast: Cast, person_id: str, name: str, now: datetime) -> None:
    """Fill the tables around one account: wishes, letters, invites, choices."""
    address = f"{name.lower()}@example.org"
    services_signup.ask_for_account(address, "en", now)
    services_passwords.ask_for_reset(address, now)
    index = key_ring().index(address)
    with transaction():
        if not db.session.scalar(db.select(LetterChoices.id).filter_by(person_id=person_id)):
            db.session.add(LetterChoices(person_id=person_id))
        outbox.post("changed", key=f"changed:{name}", person_id=person_id, now=now)
        fill_passkeys(person_id, name, now)
        for number, (inviter, accepted) in enumerate(((person_id, None), (cast.ines, now))):
            invite = Invite(
                inviter_id=inviter,
                code_index=f"{name}{number}",
                code=f"{name}'s code" if inviter == person_id else "A code",
                address_index="somebody" if inviter == person_id else index,
                address=f"{name}'s friend" if inviter == person_id else address,
                made_at=now,
                expires_at=now + timedelta(days=7),
                accepted_at=accepted,
            )
            db.session.add(invite)
            db.session.flush()
            outbox.post("invite", key=f"invite:{invite.id}", about_id=invite.id, now=now)


def fill_passkeys(person_id: str, name: str, now: datetime) -> None:
    """Give one person a passkey and a challenge."""
    mine: dict[str, Any] = {"person_id": person_id}
    kept = {"id": f"{name}'s id", "public_key": "", "transports": []}
    until = now + timedelta(minutes=5)
    db.session.add_all(
        [
            Passkey(
                **mine, credential_index=name, credential=kept, label=f"{name}'s phone",
                sign_count=1, added_at=now,
            ),
            Challenge(**mine, purpose="prove", challenge=bytes(32), expires_at=until),
        ]
    )  # fmt: skip


def sealed_cells() -> Iterator[tuple[str, str]]:
    """Give what stands in every sealed cell of every table, by its column."""
    db.session.rollback()
    for column in sealed_columns():
        name = f"{column.model.__tablename__}.{column.sealed.column.removesuffix('_sealed')}"
        for row in db.session.scalars(db.select(column.model)):
            value = column.sealed.__get__(row, column.model)
            if value is not None:
                yield name, str(value)


def plain_cells() -> Iterator[tuple[str, str]]:
    """Give every other text of every table, by its column."""
    with db.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(table.select()).mappings():
                for column, value in row.items():
                    if isinstance(value, str):
                        yield f"{table.name}.{column}", value
