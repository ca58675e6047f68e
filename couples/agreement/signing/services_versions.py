"""Old versions, their differences, and what stays after parting (rules A7, L6)."""

from __future__ import annotations

from collections.abc import Sequence

from couples.agreement import rows
from couples.agreement.shapes import DocumentView, Kept, VersionLine
from couples.agreement.signing.models import Version
from couples.agreement.signing.services import version_view
from couples.db import db
from couples.errors import NotFound
from couples.pairing.models import Couple, Membership
from couples.pairing.services import couple_of, view_of


def versions(person_id: str) -> tuple[VersionLine, ...]:
    """Return all versions of the person's couple, the newest first."""
    return tuple(map(_line, rows.versions_of(couple_of(person_id).id)))


def _line(version: Version) -> VersionLine:
    return VersionLine(version.id, version.number, version.in_force_at)


def document(person_id: str, number: int) -> DocumentView:
    """Return one version of the person's couple, or raise NotFound."""
    return documents(person_id, [number])[0]


def documents(person_id: str, numbers: Sequence[int | None]) -> list[DocumentView]:
    """Return versions of the person's couple in the order asked for, or raise NotFound."""
    found = {each.number: each for each in rows.versions_of(couple_of(person_id).id)}
    if not {*numbers} <= {*found}:
        raise NotFound
    return [version_view(found[number], of=max(found)) for number in numbers if number]


def document_in_force(couple_id: str) -> DocumentView | None:
    """Return the newest version, if both have ever signed one."""
    version = rows.last_version(couple_id)
    return version_view(version, of=version.number) if version else None


def kept_versions(person_id: str) -> tuple[Kept, ...]:
    """Return, of each link that has ended, the last version both signed."""
    query = (
        db.select(Couple)
        .join(Membership)
        .where(Membership.person_id == person_id, Couple.ended_at.is_not(None))
        .order_by(Couple.ended_at.desc())
    )
    return tuple(
        Kept(_line(version), view_of(couple, person_id).partner)
        for couple in db.session.scalars(query)
        if (version := rows.last_version(couple.id)) is not None
    )


def kept_document(person_id: str, version_id: str) -> DocumentView:
    """Return a person's own copy of what both signed before the link ended (rule L6)."""
    if version_id not in {kept.version.id for kept in kept_versions(person_id)}:
        raise NotFound
    version = db.session.get_one(Version, version_id)
    return version_view(version, of=version.number)
