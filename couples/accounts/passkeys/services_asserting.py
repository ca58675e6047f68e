"""Signing in with a passkey, and proving by one who sits here (rule P2).

Everything about an answer is checked whether or not its passkey is known, and every way to fail
looks and lasts alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from couples import alarms
from couples.accounts.events.services import note
from couples.accounts.models import Passkey, Person
from couples.accounts.passkeys import rules, services_challenges
from couples.accounts.passkeys.refusals import NotKnown
from couples.accounts.passkeys.rules import Site
from couples.accounts.services import lock_person, prove_session
from couples.accounts.services_passwords import go_in
from couples.db import db, key_ring, transaction

# A key on P-256 of which nobody has the other half, for answers of passkeys that are not known:
# its x is the SHA-256 of "couples: a key nobody has 1".
NOBODYS_KEY = (
    "pQECAyYgASFYILCOAqcdh1uhDhnsa76-6MAVilGWgx1n_-ggV0fPMvcm"
    "Ilgg_IrC-9syamMxW4PRs8LxEjbVPKWaQVcYH6Fzveg47eo"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser sent: for which challenge, and the credential as JSON."""

    challenge_id: str
    credential: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entered:
    """A session that has begun, and the address this browser is known to from now on."""

    token: str = field(repr=False)
    address: str = field(repr=False)


def sign_in(site: Site, answer: Answer, *, keep: bool, now: datetime) -> Entered:
    """Begin a session for whoever's passkey has answered, or raise NotKnown.

    No second step follows: a passkey is something one has, opened by something one is or knows.
    """
    challenge = services_challenges.take(answer.challenge_id, "sign_in", None, now)
    with _noting(now):
        return _enter(site, answer.credential, challenge, keep, now)


@transaction()
def _enter(site: Site, credential: str, challenge: bytes, keep: bool, now: datetime) -> Entered:
    person_id = _checked(site, credential, challenge, None, now)
    address = db.session.get_one(Person, person_id).address
    return Entered(go_in(person_id, keep=keep, now=now), address)


def prove(person_id: str, session_id: str, site: Site, answer: Answer, now: datetime) -> str:
    """Return the session's fresh token where one of the person's own passkeys has answered."""
    challenge = services_challenges.take(answer.challenge_id, "prove", person_id, now)
    with _noting(now):
        return _prove(person_id, session_id, (site, answer.credential, challenge), now)


@transaction()
def _prove(
    person_id: str, session_id: str, answered: tuple[Site, str, bytes], now: datetime
) -> str:
    _checked(*answered, person_id, now)
    token = prove_session(session_id, now)
    if token is None:
        raise NotKnown
    return token


class _WentBack(Exception):
    """The passkey of a person answered with a count of uses that it had passed before."""


@contextmanager
def _noting(now: datetime) -> Iterator[None]:
    """Tell the person of a passkey that may have been copied; for who tried it is unknown."""
    try:
        yield
    except _WentBack as problem:
        # Only now: what was begun with the passkey has been taken back.
        note(problem.args[0], "passkey_refused", now)
        alarms.told("a passkey was refused: its count of uses has gone back")
        raise NotKnown from None


def _checked(
    site: Site, credential: str, challenge: bytes, person_id: str | None, now: datetime
) -> str:
    """Return whose passkey has answered, with its count of uses written down."""
    sent = _parsed(credential)
    passkey = _find(sent.raw_id)
    found = _verified(site, sent, challenge, passkey)
    if passkey is None or person_id not in {None, passkey.person_id}:
        raise NotKnown
    if not _is_of(sent, passkey.person_id, is_asked_for=person_id is not None):
        raise NotKnown
    if db.session.get_one(Person, passkey.person_id).erased_at:
        raise NotKnown
    if rules.goes_back(passkey.sign_count, found.new_sign_count):
        raise _WentBack(passkey.person_id)
    passkey.sign_count, passkey.used_at = found.new_sign_count, now
    return passkey.person_id


def _is_of(sent: Any, person_id: str, *, is_asked_for: bool) -> bool:
    """Whether a passkey knows its person by the handle it was made with.

    Where it was asked for by its id, a device may leave the handle out.
    """
    handle: bytes | None = sent.response.user_handle
    if handle is None and is_asked_for:
        return True
    return handle == services_challenges.handle_of(person_id)


def index_of(credential_id: str) -> str:
    """Return the fingerprint under which a passkey is found by its credential's id."""
    return key_ring().index(f"credential:{credential_id}")


def _find(raw_id: bytes) -> Passkey | None:
    """Return a passkey with its person locked, so that removing it waits or has happened."""
    from webauthn.helpers import bytes_to_base64url

    mine = select(Passkey).where(Passkey.credential_index == index_of(bytes_to_base64url(raw_id)))
    whose = db.session.scalar(mine.with_only_columns(Passkey.person_id))
    if whose is None:
        return None
    lock_person(whose)
    found: Passkey | None = db.session.scalars(
        mine.execution_options(populate_existing=True)
    ).first()
    return found


def _parsed(credential: str) -> Any:
    from webauthn.helpers import parse_authentication_credential_json
    from webauthn.helpers.exceptions import WebAuthnException

    if len(credential) > rules.ANSWER_LONGEST:
        raise NotKnown
    try:
        return parse_authentication_credential_json(credential)
    except (WebAuthnException, ValueError, RecursionError) as problem:
        # Whatever a stranger sends is refused in one way: no JSON, no base64, too deep.
        raise NotKnown from problem


def _verified(site: Site, sent: Any, challenge: bytes, passkey: Passkey | None) -> Any:
    """Return what the library has verified: challenge, origin, site, presence, person, signature.

    The count of uses is compared by ourselves, to write down where it goes back.
    """
    from webauthn import verify_authentication_response
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.exceptions import WebAuthnException

    public_key = passkey.credential["public_key"] if passkey else NOBODYS_KEY
    try:
        return verify_authentication_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except WebAuthnException as problem:
        raise NotKnown from problem
