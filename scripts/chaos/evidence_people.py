"""More of what is there when all is quiet: who is linked, what was agreed, who is gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from couples.accounts.models import LoginSession, Person
from couples.agreement.models import Need, Promise, Suggestion
from couples.agreement.signing.models import Version
from couples.db import db
from couples.mail.models import OutboxLetter
from couples.pairing.models import Couple, Membership
from couples.privacy import services_tombstones
from couples.surveys.models import Plan
from couples.talks.models import Talk, TalkTime


@dataclass
class CoupleRow:
    """A couple: when it ended, and when each of its people's part in it did."""

    id: str
    ended_at: datetime | None
    members: list[tuple[str, datetime | None]]
    # The version each of its plans goes by, and the numbers and ids of all versions, in order.
    plans: list[str]
    versions: list[tuple[int, str]]


@dataclass
class PromiseRow:
    """A promise, and what became of the words that were suggested for it."""

    id: str
    words: tuple[str | None, ...]
    suggested: tuple[str | None, ...]
    was_used: bool


@dataclass
class TalkRow:
    """A talk whose time both have said yes to, and whether that time is still proposed."""

    id: str
    couple_id: str
    starts_at: datetime | None
    is_proposed: bool


@dataclass
class GoneRow:
    """Somebody who erased their account: what is left of them, and whether the list has them."""

    person_id: str
    left: list[str]
    is_listed: bool


@dataclass
class About:
    """All of it."""

    couples: list[CoupleRow] = field(default_factory=list)
    promises: list[PromiseRow] = field(default_factory=list)
    talks: list[TalkRow] = field(default_factory=list)
    gone: list[GoneRow] = field(default_factory=list)
    # How often each need was saved.
    revisions: dict[str, int] = field(default_factory=dict)


def gather() -> About:
    """Read it from the database of the running application."""
    needs = db.session.execute(select(Need.id, Need.revision))
    agreed = select(Talk).where(Talk.agreed_at.is_not(None))
    return About(
        couples=[_couple(row) for row in db.session.scalars(select(Couple))],
        promises=[_promise(row) for row in db.session.scalars(select(Promise))],
        talks=[_talk(row) for row in db.session.scalars(agreed)],
        gone=_gone(),
        revisions={row.id: row.revision for row in needs},
    )


def _couple(row: Couple) -> CoupleRow:
    members = select(Membership.person_id, Membership.ended_at)
    found = db.session.execute(members.where(Membership.couple_id == row.id))
    plans = select(Plan.version_id).where(Plan.couple_id == row.id)
    versions = select(Version.number, Version.id).where(Version.couple_id == row.id)
    return CoupleRow(
        row.id, row.ended_at, [(one.person_id, one.ended_at) for one in found],
        list(db.session.scalars(plans)),
        [(one.number, one.id) for one in db.session.execute(versions.order_by(Version.number))],
    )  # fmt: skip


def _promise(row: Promise) -> PromiseRow:
    source = db.session.get(Suggestion, row.suggestion_id)
    suggested = _words(source) if source else ()
    return PromiseRow(row.id, _words(row), suggested, bool(source and source.used_at))


def _words(row: Promise | Suggestion) -> tuple[str | None, ...]:
    return row.owner_id, row.words, row.kept_when, row.otherwise, row.how_often


def _talk(row: Talk) -> TalkRow:
    same = select(func.count()).select_from(TalkTime)
    same = same.where(TalkTime.talk_id == row.id, TalkTime.starts_at == row.starts_at)
    return TalkRow(row.id, row.couple_id, row.starts_at, bool(db.session.scalar(same)))


def _gone() -> list[GoneRow]:
    unlisted = set(services_tombstones.missing())
    gone = db.session.scalars(select(Person).where(Person.erased_at.is_not(None)))
    return [GoneRow(row.id, _left_of(row), row.id not in unlisted) for row in gone]


def _left_of(row: Person) -> list[str]:
    found = ["a name"] * bool(row.name) + ["an address"] * bool(row.address)
    found += ["a password"] * bool(row.password_hash)
    for model, name in ((LoginSession, "a session"), (OutboxLetter, "a letter")):
        mine = select(func.count()).select_from(model).where(model.person_id == row.id)
        found += [name] * (db.session.scalar(mine) or 0)
    return found
