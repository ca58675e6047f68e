"""What holds for accounts, decided without a database or a clock."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

IDLE = timedelta(hours=12)
KEPT = timedelta(days=30)
# Last use is written at most this often: reading a page should not be a write.
COARSE = timedelta(minutes=10)
LINK_LASTS = timedelta(hours=24)
# Whoever plans to be erased may take it back for so long.
DAYS_TO_THINK = timedelta(days=7)
# However much it is used, a session ends: signing in anew is a matter of seconds.
LONGEST = timedelta(days=30)
# How long it counts that somebody has just proved who they are (rule P2).
PROOF_LASTS = timedelta(minutes=10)
DAY = timedelta(hours=24)
# How long a form that arrives again is a second click, and not somebody whose letter never came.
SAME_PRESS = timedelta(minutes=1)
PER_KIND = 3
PER_ADDRESS = 10
LEAST = 10
MOST = 256


def is_living(began_at: datetime, used_at: datetime, keep: bool, now: datetime) -> bool:
    """Whether a session has not run out: twelve hours without use, thirty days if kept (P2)."""
    return now - used_at < (KEPT if keep else IDLE) and now - began_at < LONGEST


def is_fresh(proved_at: datetime, now: datetime) -> bool:
    """Whether it has just been proved who sits here; a clock put back proves nothing."""
    return timedelta(0) <= now - proved_at < PROOF_LASTS


def notes_use(used_at: datetime, now: datetime) -> bool:
    """Whether a use is worth writing down."""
    return now - used_at >= COARSE


def may_write_to(of_this_kind: int, in_all: int) -> bool:
    """Whether one more letter may go to an address today (rule P3)."""
    return of_this_kind < PER_KIND and in_all < PER_ADDRESS


def in_one_form(password: str) -> str:
    """Return the password as every keyboard's composition of it gives the same characters."""
    return unicodedata.normalize("NFC", password)


def is_common(password: str, common: frozenset[str]) -> bool:
    """Whether a password is on the list, or made of hardly any different characters."""
    folded = in_one_form(password).casefold()
    bare = re.sub(r"\s", "", folded)
    return folded in common or bare in common or len(set(bare)) < 5


def gives_away(password: str, words: Iterable[str]) -> bool:
    """Whether a password contains a word that anybody who knows the person would try."""
    bare = _bare(password)
    found = (_bare(word) for word in words)
    return any(len(word) >= 4 and word in bare for word in found)


def _bare(text: str) -> str:
    return re.sub(r"[\s._\-]", "", in_one_form(text).casefold())
