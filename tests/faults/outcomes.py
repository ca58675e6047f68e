"""A mail server that does to one letter what its outcome says, and kills whom it talks to."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from couples.mail.models import LetterState
from tests.mail.peer import HANG_UP, SILENCE, USUAL

SENT, DEAD, UNKNOWN = LetterState.SENT, LetterState.DEAD, LetterState.UNKNOWN
CANCELLED, SUPPRESSED = LetterState.CANCELLED, LetterState.SUPPRESSED


@dataclass(frozen=True)
class Outcome:
    """At which step the server fails one letter, how, how often, and what must become of it."""

    name: str
    step: str
    answer: str
    end: LetterState
    times: int = 1000
    takes: bool = False
    everybody: bool = False


OUTCOMES = (
    Outcome("ok", "", "", SENT),
    Outcome("550", "RCPT", "550 5.1.1 no such mailbox", SUPPRESSED),
    Outcome("451", "RCPT", "451 4.3.0 try again later", CANCELLED),
    Outcome("421", "RCPT", "421 4.3.2 going away", SENT, times=1),
    Outcome("552", "DOT", "552 5.2.2 mailbox full", DEAD),
    Outcome("554", "DOT", "554 5.7.1 refused for what it is", CANCELLED),
    Outcome("cut before DATA", "DATA", HANG_UP, SENT, times=1),
    Outcome("cut in DATA", "CONTENT", HANG_UP, UNKNOWN),
    Outcome("cut after the dot, taken", "DOT", HANG_UP, UNKNOWN, takes=True),
    Outcome("cut after the dot, not taken", "DOT", HANG_UP, UNKNOWN),
    Outcome("silent before the content", "DATA", SILENCE, SENT, times=1),
    Outcome("silent after the dot", "DOT", SILENCE, UNKNOWN, takes=True),
    Outcome("STARTTLS refused", "STARTTLS", "454 4.7.0 not now", SENT, times=2, everybody=True),
    Outcome("greylisting", "RCPT", "451 4.7.1 greylisted", SENT, times=1, everybody=True),
)


class Over(Exception):
    """The conversation ends here."""


@dataclass
class Peer:
    """Serves one case after the other; `set` begins one."""

    outcome: Outcome = OUTCOMES[0]
    target: str = ""
    spared: str = ""
    # The step at which to kill, until somebody has been killed.
    kills_at: str = ""
    used: Counter[str] = field(default_factory=Counter)
    taken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        """What SMTP_URL must say to reach it."""
        return f"smtp://127.0.0.1:{self.listener.getsockname()[1]}"

    def set(self, outcome: Outcome, spared: str, target: str, kills_at: str) -> None:
        """Begin a case: fail `target` as the outcome says; never kill at the spared one's."""
        self.outcome, self.spared, self.target, self.kills_at = outcome, spared, target, kills_at
        self.used, self.taken = Counter(), []

    def stop(self) -> None:
        """Listen no more."""
        self.listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        try:
            with connection, connection.makefile("rb") as lines:
                Talk(self, connection, lines).go_on()
        except (Over, OSError):
            pass

    def answer_to(self, step: str, recipient: str) -> str:
        """Return what this step of a letter is answered."""
        found, who = self.outcome, "" if step == "STARTTLS" else recipient
        if step == found.step and (found.everybody or who == self.target):
            self.used[who] += 1
            if self.used[who] <= found.times:
                return found.answer
        return {"DOT": USUAL["CONTENT"]}.get(step, USUAL.get(step, "250 ok"))

    def offers_encryption(self) -> bool:
        """Whether it still says that it could encrypt; once it has been repaired it does not."""
        return self.outcome.step == "STARTTLS" and self.used[""] < self.outcome.times


class Talk:
    """One conversation."""

    def __init__(self, peer: Peer, connection: socket.socket, lines: Iterator[bytes]) -> None:
        self.peer, self.connection, self.lines = peer, connection, lines
        self.pid = 0
        self.recipient = ""

    def go_on(self) -> None:
        """Answer line by line."""
        self._say("220 ready")
        for line in self.lines:
            verb, _, words = line.decode().strip().partition(" ")
            getattr(self, f"_on_{verb.lower()}", self._on_other)(verb.upper(), words)

    def _on_ehlo(self, _verb: str, words: str) -> None:
        # A worker of these tests introduces itself by its process id.
        self.pid = int(words.removeprefix("worker-"))
        self._kill_at("EHLO")
        self._say("250-peer\r\n250 STARTTLS" if self.peer.offers_encryption() else "250 peer")

    def _on_rcpt(self, verb: str, words: str) -> None:
        self.recipient = words.partition("<")[2].partition(">")[0]
        self._on_other(verb, words)

    def _on_data(self, verb: str, words: str) -> None:
        self._on_other(verb, words)
        self._read_content()
        answer = self.peer.answer_to("DOT", self.recipient)
        if answer.startswith("250") or self.peer.outcome.takes:
            self.peer.taken.append(self.recipient)
        self._kill_at("DOT")
        self._say(answer)

    def _on_other(self, verb: str, _words: str) -> None:
        answer = self.peer.answer_to(verb, self.recipient)
        self._say(answer)
        if verb == "QUIT" or answer.startswith("421"):
            raise Over

    def _read_content(self) -> None:
        if next(self.lines, None) is None:
            raise Over
        self._kill_at("CONTENT")
        if self.peer.answer_to("CONTENT", self.recipient) == HANG_UP:
            raise Over
        for line in self.lines:
            if line == b".\r\n":
                return
        raise Over

    def _say(self, answer: str) -> None:
        if answer == HANG_UP:
            raise Over
        if answer == SILENCE:
            self._wait_for_the_end()
        self.connection.sendall(f"{answer}\r\n".encode())

    def _kill_at(self, step: str) -> None:
        """Kill the worker if this is the step, and wait until nothing of it is left."""
        if step != self.peer.kills_at or (step != "EHLO" and self.recipient == self.peer.spared):
            return
        self.peer.kills_at = ""
        os.kill(self.pid, signal.SIGKILL)
        self._wait_for_the_end()

    def _wait_for_the_end(self) -> None:
        while self.connection.recv(65536):
            pass
        raise Over
