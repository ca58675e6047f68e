"""A worker outlasts its database: what it knows is written, and what it holds given back, after it.

Else letters that it holds would wait for the end of its claim, and the fates of those it has just
sent would be unknown for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from couples.mail.sending.claims import give_back
from couples.mail.sending.record import Record
from couples.outlasting import FAILED, once_it_answers


def outlast(record: Record, now: Callable[[], datetime]) -> None:
    """Wait until the database answers; then write all fates down, and let the letters go again."""
    held_until = max(record.ends, default=record.held_until)

    def settle() -> None:
        record.write_down()
        give_back(record.ids, record.ends, now())

    with suppress(*FAILED):
        record.close()
    once_it_answers(settle, between=record.close, is_wanted=lambda: now() < held_until)
