"""Signing the draft, and what the second signature does (rule A7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from couples.agreement import rows, rules
from couples.agreement.document import content as texts
from couples.agreement.document.content import Content
from couples.agreement.refusals import NoTermsYet, NothingChanged, ReviewDayPassed
from couples.agreement.shapes import DocumentView, SignatureView, Signing, SignPage
from couples.agreement.signals import in_force
from couples.agreement.signing.models import Draft, Signature, Version
from couples.agreement.signing.services_drafting import content_of, hash_of, unsealed_signatures
from couples.db import db, new_id, transaction
from couples.pairing.services import CoupleView, couple_of, locked_couple

Signed = Literal["signed", "in_force", "text_changed"]


@dataclass(frozen=True, slots=True, repr=False)
class Now:
    """The draft as it stands: its text, the hash of it, who signed it, what is in force."""

    content: Content
    read_hash: str
    signatures: Sequence[Signature]
    last: Version | None

    @property
    def counting(self) -> list[Signature]:
        """Signatures under exactly this text."""
        return [each for each in self.signatures if each.content_hash == self.read_hash]

    @property
    def is_in_force(self) -> bool:
        """Whether both have signed exactly this already."""
        if self.last is None:
            return False
        return texts.canonical(texts.from_plain(self.last.content)) == texts.canonical(self.content)


def sign_page(person_id: str) -> SignPage:
    """Return the draft to read and sign, or refuse while no rhythm is chosen."""
    couple = couple_of(person_id)
    draft = rows.draft_of(couple.id)
    if draft is None:
        raise NoTermsYet
    found = _now(couple, draft)
    document = _draft_view(couple, found)
    if found.last is not None and found.is_in_force:
        document = version_view(found.last, of=found.last.number)
    signing, void = _signing(couple, found), _void_of(person_id, found)
    return SignPage(couple, document, found.read_hash, signing, bool(void))


def _draft_view(couple: CoupleView, found: Now) -> DocumentView:
    number = (found.last.number if found.last else 0) + 1
    return DocumentView(
        found.content,
        number,
        number,
        tuple(map(signature_view, found.counting)),
        under_review(couple.id),
        fingerprint=found.read_hash,
    )


def version_view(version: Version, of: int) -> DocumentView:
    """Show a version of as many, the newest with what is under review in it."""
    signatures = db.session.scalars(db.select(Signature).where(Signature.version_id == version.id))
    return DocumentView(
        texts.from_plain(version.content),
        version.number,
        of,
        tuple(map(signature_view, signatures)),
        under_review(version.couple_id) if version.number == of else frozenset(),
        version.id,
        version.in_force_at,
        version.content_hash,
        version.redacted_at,
    )


def _now(couple: CoupleView, draft: Draft) -> Now:
    content = content_of(couple, draft)
    return Now(
        content,
        hash_of(draft, content),
        unsealed_signatures(couple.id),
        rows.last_version(couple.id),
    )


def signature_view(row: Signature) -> SignatureView:
    """Show a signature."""
    return SignatureView(row.person_id, row.typed_name, row.signed_at)


def under_review(couple_id: str) -> frozenset[str]:
    """Return the topics whose promise either has put under review."""
    promises = rows.promises_of(couple_id).values()
    return frozenset(each.topic_id for each in promises if each.under_review_at)


def signing_of(couple: CoupleView) -> tuple[Signing, bool]:
    """Return where signing stands, and whether this person's signature came to nothing."""
    draft = rows.draft_of(couple.id)
    if draft is None:
        return "no_terms", False
    found = _now(couple, draft)
    return _signing(couple, found), bool(_void_of(couple.me.person_id, found))


def _signing(couple: CoupleView, found: Now) -> Signing:
    if found.is_in_force:
        return "in_force"
    signers = {each.person_id for each in found.counting}
    if couple.me.person_id in signers:
        return "i_signed"
    if signers:
        return "they_signed"
    return "pending" if found.last else "to_sign"


def _void_of(person_id: str, found: Now) -> list[Signature]:
    return [
        each
        for each in found.signatures
        if each.person_id == person_id
        and each.content_hash != found.read_hash
        and each.told_void_at is None
    ]


@transaction()
def sign(person_id: str, typed_name: str, read_hash: str, now: datetime) -> Signed:
    """Sign exactly the text that was read; with the second signature it comes into force."""
    couple = locked_couple(person_id)
    draft = rows.draft_of(couple.id)
    if draft is None:
        raise NoTermsYet
    mine = _signature_under(couple.id, person_id, read_hash)
    if mine is not None and mine.version_id is not None:
        return "in_force"
    found = _now(couple, draft)
    if found.read_hash != read_hash:
        return "text_changed"
    if found.is_in_force:
        raise NothingChanged
    if not rules.may_sign_for(draft.review_on, rows.zone_of(person_id), now):
        raise ReviewDayPassed
    if mine is None:
        _add_signature(couple, typed_name, read_hash, now)
    _tell(_void_of(person_id, found), now)
    counting = _now(couple, draft).counting
    if {each.person_id for each in counting} < {couple.left.person_id, couple.right.person_id}:
        return "signed"
    _put_in_force(couple, draft, found, counting, now)
    return "in_force"


def _signature_under(couple_id: str, person_id: str, read_hash: str) -> Signature | None:
    query = db.select(Signature).where(
        Signature.couple_id == couple_id,
        Signature.person_id == person_id,
        Signature.content_hash == read_hash,
    )
    return db.session.scalars(query).first()


def _add_signature(couple: CoupleView, typed_name: str, read_hash: str, now: datetime) -> None:
    signature = Signature(
        couple_id=couple.id,
        person_id=couple.me.person_id,
        content_hash=read_hash,
        typed_name=typed_name,
        signed_at=now,
    )
    db.session.add(signature)
    db.session.flush()


def _tell(signatures: Sequence[Signature], now: datetime) -> None:
    for each in signatures:
        each.told_void_at = now


def _put_in_force(
    couple: CoupleView, draft: Draft, found: Now, counting: Sequence[Signature], now: datetime
) -> None:
    version = Version(
        couple_id=couple.id,
        number=(found.last.number if found.last else 0) + 1,
        content=texts.to_plain(found.content),
        content_hash=found.read_hash,
        salt=draft.salt,
        in_force_at=now,
        review_on=draft.review_on,
    )
    db.session.add(version)
    db.session.flush()
    for signature in counting:
        signature.version_id = version.id
    draft.salt = new_id()
    in_force.send(couple_id=couple.id, version_id=version.id, now=now)


@transaction()
def read_void(person_id: str, now: datetime) -> None:
    """Note that this person has read that their signature no longer counts."""
    couple = locked_couple(person_id)
    draft = rows.draft_of(couple.id)
    if draft is not None:
        _tell(_void_of(person_id, _now(couple, draft)), now)
