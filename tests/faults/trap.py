"""A trap in a worker's own process: at one exact point of the delivery it is killed for real.

It watches from outside what the delivery does (statements, commits, what it says to the mail
server) and changes nothing of it. What a mail server alone can time is done by the peer.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any, NoReturn

from sqlalchemy import Engine, event

# In the order of the delivery. Those marked here are the peer's, which hears them.
POINTS = (
    "before the claim",
    "in the claim",
    "after the claim",
    "before connecting",
    "after connecting",  # peer
    "in beginning",
    "before MAIL",
    "after MAIL",
    "after RCPT",
    "after 354",
    "in the content",  # peer
    "after the dot",  # peer
    "before the mark",
    "after the mark",
)
PEERS = {"after connecting": "EHLO", "in the content": "CONTENT", "after the dot": "DOT"}
# What was said last when the worker is about to say this.
BEFORE = {b"MAIL": "before MAIL", b"RCPT": "after MAIL", b"DATA": "after RCPT"}
VERBS = {*BEFORE, b"EHLO", b"HELO", b"STARTTLS", b"RSET", b"QUIT", b"NOOP"}


def die() -> NoReturn:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


class Trap:
    """Waits for its point; what belongs to one letter waits for the second of a batch."""

    def __init__(self, point: str, settled: int) -> None:
        """Count letters from those whose fate was settled by earlier workers."""
        self.point = point
        self.letters = settled
        self.kinds: set[str] = set()
        self.dies_next = False

    def set(self, engine: Engine) -> None:
        """Watch; for good, so that only a process made for it may be watched."""
        event.listen(engine, "before_cursor_execute", self.on_statement)
        event.listen(engine, "commit", self.on_commit)
        event.listen(engine, "rollback", lambda _connection: self.kinds.clear())
        sys.addaudithook(self.on_audit)

    def reach(self, point: str) -> None:
        """Die here if this is the point."""
        if self.dies_next or point == self.point:
            die()

    def on_statement(self, line: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        """See which step of the delivery this statement belongs to."""
        self.reach("")
        if statement.startswith("WITH") and "told AS" in statement:
            # Both at once, what became of the last letter and that the next one begins.
            self.kinds |= {"mark", "begin"}
        kind = kind_of(statement, values)
        if kind == "claim":
            self.reach("before the claim")
        if kind:
            self.kinds.add(kind)
        if self.kinds & {"mark", "begin"} and is_by_itself(line):
            # It is committed as soon as it is said.
            self.on_commit(line)

    def on_commit(self, _connection: Any) -> None:
        """See what is about to be committed."""
        self.reach("")
        kinds, self.kinds = self.kinds, set()
        if "claim" in kinds:
            self.reach("in the claim")
            self.dies_next = self.point == "after the claim"
            return
        is_mark = "mark" in kinds and self.letters >= 2
        if is_mark:
            self.reach("before the mark")
        if "begin" in kinds:
            self.letters += 1
            if self.letters >= 2:
                self.reach("in beginning")
        self.dies_next = is_mark and self.point == "after the mark"

    def on_audit(self, name: str, values: tuple[Any, ...]) -> None:
        """See what is about to be said to the mail server."""
        if name == "smtplib.connect":
            self.reach("before connecting")
        elif name == "smtplib.send":
            verb = bytes(values[1]).split()[0].upper()
            if self.letters >= 2:
                self.reach(BEFORE.get(verb, "" if verb in VERBS else "after 354"))


def is_by_itself(line: Any) -> bool:
    """Whether each statement on a connection is a transaction by itself."""
    return bool(line.get_execution_options().get("isolation_level") == "AUTOCOMMIT")


def kind_of(statement: str, values: Any) -> str:
    """Return which step of the delivery a statement is, if any."""
    if statement.startswith("UPDATE letter_times") and "RETURNING" in statement:
        return "claim"
    if not statement.startswith("UPDATE letters"):
        return ""
    given = set(map(str, values.values() if isinstance(values, dict) else values))
    if "sending" not in given:
        return ""
    # Only who begins a letter asks whether it is still theirs to begin.
    return "begin" if "letter_times" in statement else "mark"
