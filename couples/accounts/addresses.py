"""Email addresses: exactly one, spelled one way, found again by a keyed fingerprint."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from couples.db import key_ring
from couples.mail.message.mime import BadAddress

__all__ = ["BadAddress", "canonical", "index_of", "index_of_typed"]


def canonical(typed: str) -> str:
    """Return one address in the spelling letters are sent to.

    Raises BadAddress with a sentence that says what to change.
    """
    typed = typed.strip()
    try:
        found = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    except (EmailNotValidError, UnicodeError) as problem:
        raise BadAddress(_what_to_change(typed)) from problem
    return found.ascii_email or found.normalized


def index_of(address: str) -> str:
    """Return the fingerprint under which an address is kept; capitals make no difference."""
    return key_ring().index(address.casefold())


def index_of_typed(typed: str) -> str:
    """Return the fingerprint of whatever was typed as an address, also where it is none."""
    try:
        return index_of(canonical(typed))
    except BadAddress:
        return index_of(typed.strip())


def _what_to_change(typed: str) -> LazyString | str:
    name, at, host = typed.rpartition("@")
    if any(mark in typed for mark in ",;<>") or "@" in name:
        return _l("Type one address only, like maya@example.org")
    if not at or not host:
        return _l("Add the part after the @, like maya@example.org")
    if not name:
        return _l("Add the part before the @, like maya@example.org")
    if "." not in host:
        return _l("Add the ending of the address, like maya@example.org")
    return _l("That doesn’t look like an email address. Check it, like maya@example.org")
