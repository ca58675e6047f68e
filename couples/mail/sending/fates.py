"""What follows from a mail server's answer: for the letter, its address, and the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from couples import logs
from couples.db import outside
from couples.mail import suppression
from couples.mail.carrying.failures import FateUnknown, NotSent, Unreachable
from couples.mail.carrying.replies import Meaning
from couples.mail.letter import is_account_letter
from couples.mail.models import LetterState, OutboxLetter, SuppressionReason
from couples.mail.sending.breaker import Breaker
from couples.mail.sending.record import Record
from couples.mail.sending.retries import (
    FIRST_WAIT,
    FIRST_WAIT_IF_AWAITED,
    FIRST_WAIT_IF_CUT,
    next_try,
)

log = logs.named("couples.mail")

# A letter that cannot be written is no better for trying it for days.
MOST_FAILURES = 5
# So often in a row, and it is the server that is in trouble, not letter after letter.
HANGS_UP, REFUSES_US = 2, 3


class Fates:
    """Decides what becomes of the letters of one run, and notes it."""

    def __init__(self, now: Callable[[], datetime], record: Record, breaker: Breaker) -> None:
        """Begin with no trouble seen."""
        self.now = now
        self.record = record
        self.breaker = breaker
        self.hung_up = 0
        self.refused_us = 0

    def hand_over(
        self, row: OutboxLetter, address_index: str, send: Callable[[], str | None]
    ) -> None:
        """Send a letter that has begun, and note its fate; Unreachable where no other can go."""
        try:
            answer = send()
        except FateUnknown as problem:
            log.error("the fate of a letter is unknown", kind=row.kind, letter=row.id, why=problem)
            self.settle(row, LetterState.SENDING, LetterState.UNKNOWN)
            self._count_hanging_up()
        except NotSent as problem:
            log.warning("a letter was not sent", kind=row.kind, letter=row.id, why=problem)
            self._refused(row, address_index, problem)
        else:
            self.settle(row, LetterState.SENDING, LetterState.SENT, answer=answer)
            self._answered()
            if is_account_letter(row.kind):
                suppression.lift(address_index)
                outside()

    def settle(
        self, row: OutboxLetter, before: LetterState, after: LetterState, **more: Any
    ) -> None:
        """Note a letter's fate."""
        self.record.settle(row, before, after, self.now(), **more)

    def wait(self, row: OutboxLetter, until: datetime, *, is_wish: bool = False) -> None:
        """Put a letter that was not tried back; it counts as no failure.

        It stays on record when it was meant to go, unless its composer wishes for another time.
        """
        now = self.now()
        # A moment that is past already would be claimed again in this very run, and again.
        at = until if until > now else now + FIRST_WAIT_IF_AWAITED
        waiting = LetterState.RETRY if row.attempts else LetterState.PENDING
        more = {"due_at": at} if is_wish else {}
        self.record.put_back(row, LetterState.CLAIMED, waiting, at, **more)

    def unwritable(self, row: OutboxLetter) -> None:
        """Try a letter that could not be written a few times more: what it needs may be locked."""
        if row.attempts + 1 >= MOST_FAILURES:
            self.settle(row, LetterState.CLAIMED, LetterState.DEAD)
        else:
            self._later(row, LetterState.CLAIMED)

    def _refused(self, row: OutboxLetter, address_index: str, no: NotSent) -> None:
        match no.meaning:
            case Meaning.NO_MAILBOX:
                # What is known of the letter is noted before the database may fail us.
                self.settle(row, LetterState.SENDING, LetterState.SUPPRESSED, answer=no.numbers)
                suppression.suppress(address_index, SuppressionReason.NO_MAILBOX, self.now())
            case Meaning.REFUSED:
                self.settle(row, LetterState.SENDING, LetterState.DEAD, answer=no.numbers)
            case Meaning.GOING_AWAY if not row.attempts and no.numbers is None:
                # Cut off once, before its content: most likely the server went, for a moment.
                self._later(row, LetterState.SENDING, FIRST_WAIT_IF_CUT)
            case _:
                self._later(row, LetterState.SENDING, answer=no.numbers)
        self._look_beyond(no)

    def _look_beyond(self, no: NotSent) -> None:
        """Note what an answer says about the server, whatever it said about the letter."""
        if no.meaning is Meaning.GOING_AWAY:
            self._count_hanging_up()
        elif no.meaning is Meaning.POLICY:
            self._count_refusing_us(no)
        else:
            self._answered()

    def _answered(self) -> None:
        self.hung_up = self.refused_us = 0
        self.breaker.answered(self.now())

    def _count_hanging_up(self) -> None:
        self.hung_up += 1
        if self.hung_up >= HANGS_UP:
            raise Unreachable("it hangs up")

    def _count_refusing_us(self, no: NotSent) -> None:
        self.breaker.alarm(str(no.numbers), self.now())
        self.hung_up = 0
        self.refused_us += 1
        if self.refused_us >= REFUSES_US:
            raise Unreachable("it refuses what we send")

    def _later(
        self, row: OutboxLetter, before: LetterState, first: timedelta | None = None, **more: Any
    ) -> None:
        """Put a letter back for later, or give it up."""
        usual = FIRST_WAIT_IF_AWAITED if is_account_letter(row.kind) else FIRST_WAIT
        first = first or usual
        meant_for = max(row.posted_at, row.due_at)
        at = next_try(row.attempts, first, self.now(), meant_for, row.not_after)
        if at is None:
            self.settle(row, before, LetterState.DEAD, **more)
        else:
            attempts = row.attempts + 1
            self.record.put_back(row, before, LetterState.RETRY, at, attempts=attempts, **more)
