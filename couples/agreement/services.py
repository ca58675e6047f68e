"""What later features may ask about an agreement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from couples.agreement import rows
from couples.agreement.document.content import Clause, from_plain
from couples.agreement.listed import topic_name
from couples.agreement.rhythm import Rhythm
from couples.agreement.signing.models import Version
from couples.db import db
from couples.many_rows import among

_of = Version.__table__.c
PARTS = (_of.id, _of.couple_id, _of.number, _of.in_force_at, _of.content_sealed)


@dataclass(frozen=True, slots=True, repr=False)
class PromiseInForce:
    """One promise of a version: its topic and its words; no owner means both."""

    topic_id: str
    listed: str | None
    own_name: str
    owner_id: str | None
    words: str

    @property
    def name(self) -> str:
        """The topic's name in the reader's language."""
        return topic_name(self.listed, self.own_name)


@dataclass(frozen=True, slots=True, repr=False)
class VersionView:
    """A version as rounds and overviews need it; promises stand in the order of the text."""

    id: str
    number: int
    in_force_at: datetime
    rhythm: Rhythm
    review_on: date
    promises: tuple[PromiseInForce, ...]


@dataclass(frozen=True, slots=True, repr=False)
class History:
    """When each version came into force, the oldest first, and what holds now."""

    signed: tuple[datetime, ...] = ()
    in_force: VersionView | None = None


def version_in_force(couple_id: str) -> VersionView | None:
    """Return what holds now for this couple, if both have signed anything."""
    version = rows.last_version(couple_id)
    return _view(version) if version else None


def history(couple_id: str) -> History:
    """Return all that both have signed, with one query."""
    return history_of(rows.versions_of(couple_id))


def history_of(versions: Sequence[Version | Row[Any]]) -> History:
    """Return the same of a couple's versions, the newest first; only its words are unsealed.

    They may come as the columns of PARTS: a page that many read has no object for any of them.
    """
    if not versions:
        return History()
    signed = tuple(version.in_force_at for version in reversed(versions))
    return History(signed, _view(versions[0]))


def version_by_id(version_id: str) -> VersionView | None:
    """Return one version, in force or past."""
    version = db.session.get(Version, version_id)
    return _view(version) if version else None


def versions_by_ids(version_ids: Collection[str]) -> dict[str, VersionView]:
    """Return many versions by their ids, with one query."""
    query = db.select(Version).where(among(Version.id, version_ids))
    return {version.id: _view(version) for version in db.session.scalars(query)}


def _view(version: Version | Row[Any]) -> VersionView:
    plain = Version.content.opened(version.content_sealed, version.id, version.couple_id)
    content = from_plain(plain)
    return VersionView(
        version.id,
        version.number,
        version.in_force_at,
        content.rhythm,
        content.review_on,
        tuple(map(_promise, content.clauses)),
    )


def _promise(clause: Clause) -> PromiseInForce:
    return PromiseInForce(
        clause.topic_id, clause.listed, clause.own_name, clause.owner_id, clause.words
    )
