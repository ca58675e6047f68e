"""Setting back what the limits count, between one question of a test and the next."""

from __future__ import annotations

from limits.storage import MemoryStorage

from couples.limits import limiter


def forget_tries() -> None:
    """Let nobody be slowed down by earlier tries.

    The library tidies its memory in a thread of its own, which fails when all is emptied under it.
    """
    if isinstance(limiter.storage, MemoryStorage):
        limiter.storage.timer.join()
    limiter.reset()
