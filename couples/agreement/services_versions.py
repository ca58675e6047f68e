"""Old versions, their differences, and what stays after parting (rules A7, L6)."""

from __future__ import annotations

from couples.agreement import rows
from couples.agreement.content import from_plain
from couples.agreement.models_signing import Signature, Version
from couples.agreement.services_signing import signature_view, under_review
from couples.agreement.shapes import DocumentView, Kept, VersionLine
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
    found = rows.versions_of(couple_of(person_id).id)
    version = next((each for each in found if each.number == number), None)
    if version is None:
        raise NotFound
    return _document(version, of=len(found))


def _document(version: Version, of: int) -> DocumentView:
    signatures = db.session.scalars(db.select(Signature).where(Signature.version_id == version.id))
    return DocumentView(
        from_plain(version.content),
        version.number,
        of,
        tuple(map(signature_view, signatures)),
        under_review(version.couple_id) if version.number == of else frozenset(),
        version.id,
        version.in_force_at,
    )


def document_in_force(couple_id: str) -> DocumentView | None:
    """Return the newest version, if both have ever signed one."""
    version = rows.last_version(couple_id)
    return _document(version, of=version.number) if version else None


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
    return _document(version, of=version.number)
