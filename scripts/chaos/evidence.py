"""What is there when all is quiet: rows, letters, pages seen; read once, judged afterwards."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import column, exists, func, inspect, select, text
from sqlalchemy import table as table_of

from chaos.evidence_people import About
from chaos.evidence_people import gather as gather_about
from chaos.journal import Journal
from chaos.mailbox import Mail
from chaos.population import Person
from couples.agreement.document.content import content_hash, from_plain
from couples.agreement.signing.models import Signature, Version
from couples.db import db
from couples.mail.models import OutboxLetter
from couples.rotation import sealed_columns
from couples.sealing import CannotOpen
from couples.surveys.answering.services import questions_of
from couples.surveys.models import Response, Round

Row = TypeVar("Row")
Value = TypeVar("Value")


@dataclass
class LetterRow:
    """What the outbox says of one letter."""

    id: str
    kind: str
    person_id: str | None
    about_id: str | None
    state: str
    due_at: datetime
    posted_at: datetime
    # Until when it may go, and when its fate was settled.
    not_after: datetime | None
    settled_at: datetime | None


@dataclass
class RoundRow:
    """One round, and what it asks, in order."""

    id: str
    couple_id: str
    opens_at: datetime
    closes_at: datetime
    cancelled_at: datetime | None
    asks: tuple[str, ...]
    number: int
    settled_at: datetime | None
    # Whether it asks the published scale.
    scale: bool


@dataclass
class VersionRow:
    """A version in force: its fingerprint, the same computed anew, and under what people signed."""

    couple_id: str
    content_hash: str
    computed: str
    # Whether words of somebody who erased their account have been taken out of it.
    redacted: bool
    signed: list[tuple[str, str]]


@dataclass
class Evidence:
    """Everything the audit looks at."""

    people: dict[str, Person]
    journal: Journal
    now: datetime
    mail: list[Mail] = field(default_factory=list)
    letters: list[LetterRow] = field(default_factory=list)
    rounds: list[RoundRow] = field(default_factory=list)
    # What is stored, by round and person; none where nothing was answered.
    responses: dict[tuple[str, str], dict[str, Any] | None] = field(default_factory=dict)
    versions: list[VersionRow] = field(default_factory=list)
    # Who signed which text.
    signatures: list[tuple[str, str]] = field(default_factory=list)
    # Every sealed value in clear: its column, its words; and those that no key opens.
    opened: list[tuple[str, str]] = field(default_factory=list)
    unopened: list[str] = field(default_factory=list)
    # What the database says is wrong with itself, and how many things it was asked about.
    wrong: list[str] = field(default_factory=list)
    asked: int = 0
    doctor: list[str] = field(default_factory=list)
    about: About = field(default_factory=About)
    log: str = ""
    # Of how many letters nobody may know: as many as a kill can have found in hand.
    most_unknown: int = 0

    def person(self, person_id: str | None) -> Person | None:
        """Return who has this id."""
        return next((one for one in self.people.values() if one.person_id == person_id), None)

    def is_gone(self, who: str) -> bool:
        """Whether somebody has erased their account."""
        return any(one.person_id == self.people[who].person_id for one in self.about.gone)

    def round(self, round_id: str) -> RoundRow | None:
        """Return a round."""
        return next((one for one in self.rounds if one.id == round_id), None)


def gather(
    people: dict[str, Person], journal: Journal, mail: list[Mail], now: datetime
) -> Evidence:
    """Read everything from the database of the running application."""
    db.session.rollback()
    found = Evidence(people, journal, now, mail)
    found.letters = [
        LetterRow(
            row.id, row.kind, row.person_id, row.about_id, row.state.value, row.due_at,
            row.posted_at, row.not_after, row.settled_at,
        )
        for row in db.session.scalars(select(OutboxLetter))
    ]  # fmt: skip
    found.rounds = [
        RoundRow(
            row.id, row.couple_id, row.opens_at, row.closes_at, row.cancelled_at,
            opened(questions_of, row) or (), row.number, row.settled_at,
            any("scale" in one for one in opened(_asked, row) or ()),
        )
        for row in db.session.scalars(select(Round))
    ]  # fmt: skip
    for row in db.session.scalars(select(Response)):
        found.responses[row.round_id, row.person_id] = opened(_payload, row)
    found.versions = list(_versions())
    found.signatures = [
        (row.person_id, row.content_hash) for row in db.session.scalars(select(Signature))
    ]
    found.about = gather_about()
    _unseal(found)
    found.wrong = list(_wrong(found))
    return found


def opened(read: Callable[[Row], Value], row: Row) -> Value | None:
    """Return what a row says; nothing where no key opens it, which another check finds."""
    try:
        return read(row)
    except CannotOpen:
        return None


def _payload(row: Response) -> dict[str, Any] | None:
    found: dict[str, Any] | None = row.payload
    return found


def _asked(row: Round) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = row.questions
    return found


def _computed(row: Version) -> str:
    return content_hash(row.salt, from_plain(row.content))


def _versions() -> Iterator[VersionRow]:
    for row in db.session.scalars(select(Version)):
        names = select(Signature).where(Signature.version_id == row.id)
        signed = [(one.person_id, one.content_hash) for one in db.session.scalars(names)]
        computed = opened(_computed, row) or "sealed"
        yield VersionRow(
            row.couple_id, row.content_hash, computed, row.redacted_at is not None, signed
        )


def _unseal(found: Evidence) -> None:
    for sealed in sealed_columns():
        for row in db.session.scalars(select(sealed.model)):
            name = f"{sealed.model.__tablename__}.{sealed.sealed.column}"
            try:
                value = sealed.sealed.__get__(row, sealed.model)
            except CannotOpen:
                found.unopened.append(f"{name} {row.id}")
            else:
                found.opened += [(name, str(value))] if value is not None else []


def _wrong(found: Evidence) -> Iterator[str]:
    """Ask the database about itself, and every foreign key about the row it names."""
    with db.engine.connect() as database:
        if db.engine.dialect.name == "sqlite":
            found.asked += 1
            told = database.execute(text("PRAGMA integrity_check")).scalars()
            yield from (line for line in told if line != "ok")
        look = inspect(database)
        for table in look.get_table_names():
            for key in look.get_foreign_keys(table):
                found.asked += 1
                yield from _astray(database, table, key)


def _astray(database: Any, table: str, key: Any) -> Iterator[str]:
    (ours,), (theirs,) = key["constrained_columns"], key["referred_columns"]
    child = table_of(table, column(ours))
    parent = table_of(key["referred_table"], column(theirs)).alias("parent")
    there = exists().where(parent.c[theirs] == child.c[ours])
    query = select(func.count()).select_from(child).where(child.c[ours].is_not(None), ~there)
    if count := database.scalar(query):
        yield f"{table}.{ours}: {count} rows name a row of {key['referred_table']} that is gone"


def ask_doctor(found: Evidence, said: subprocess.CompletedProcess[str]) -> None:
    """Take down what doctor says; an exit status of its own is said, too."""
    found.doctor = said.stdout.splitlines()
    if said.returncode and not any(line.startswith("BAD") for line in found.doctor):
        found.doctor.append(f"BAD   doctor ended with {said.returncode}: {said.stderr[-200:]}")
