"""Steps of two people on their way to clear the air, each one call."""

from __future__ import annotations

from datetime import datetime

from couples.preparing.services_airing import WordsKept, air, save_words, say_ready, want
from tests.cast import Cast

HERS = "I stopped telling you when I was hurt."
HIS = "I stayed at work so that I didn’t have to talk."


def write(person_id: str, words: str, now: datetime) -> None:
    """Write on top of what is there."""
    kept = save_words(person_id, words, air(person_id).revision, now)
    assert isinstance(kept, WordsKept)


def both_want(cast: Cast, now: datetime) -> None:
    """Let both want it."""
    for person_id in (cast.maya, cast.jonas):
        want(person_id, now)


def both_write(cast: Cast, now: datetime) -> None:
    """Let both want it and write."""
    both_want(cast, now)
    write(cast.maya, HERS, now)
    write(cast.jonas, HIS, now)


def open_both(cast: Cast, now: datetime) -> None:
    """Let both texts open."""
    both_write(cast, now)
    for person_id in (cast.maya, cast.jonas):
        say_ready(person_id, now)
