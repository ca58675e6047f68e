"""What holds for invites and links, decided without a database or a clock."""

from __future__ import annotations

from datetime import datetime, timedelta

LASTS = timedelta(days=7)
# For how long one that is over is remembered.
KEPT_FOR = timedelta(days=30)
MOST_OPEN = 3
MAILED_PER_DAY = 5
# Crockford's 32: no I, L, O, U, so that a code survives being read aloud or copied by hand.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def code_from(typed: str) -> str | None:
    """Return the code somebody meant, in whatever case, with whatever between; else None."""
    kept = "".join(mark for mark in typed.upper() if mark.isascii() and mark.isalnum())
    code = kept.translate(MISREAD)
    fits = len(code) == LENGTH and all(mark in ALPHABET for mark in code)
    return code if fits else None


def in_groups(code: str) -> str:
    """Return a code as it is shown: K7Q2-9MXD-4T0B."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def is_open(
    expires_at: datetime,
    withdrawn_at: datetime | None,
    accepted_at: datetime | None,
    now: datetime,
) -> bool:
    """Whether an invite can still be accepted; a refusal is none of its inviter's knowledge."""
    return withdrawn_at is None and accepted_at is None and now < expires_at
