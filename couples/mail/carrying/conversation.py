"""One conversation with a mail server, step by step or several steps in one go."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from typing import NoReturn, Self

from couples.mail.carrying import replies
from couples.mail.carrying.failures import FateUnknown, NotSent, Unreachable
from couples.mail.carrying.replies import CLOSING, CONTENT, DATA, MAIL, RCPT

GO_AHEAD = 354
TAKES_ADDRESS = {250, 251}


class SmtpConnection:
    """One conversation with the mail server, begun again when it turns out to be over."""

    def __init__(self, connect: Callable[[], smtplib.SMTP]) -> None:
        """Remember how to call; nothing is opened yet."""
        self.connect = connect
        self.smtp: smtplib.SMTP | None = None
        # Whether this conversation has taken a letter: one that did may be over for its age.
        self.has_carried = False

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *failure: object) -> None:
        """Say goodbye; what the server answers is of no interest."""
        try:
            if self.smtp is not None and failure[0] is None:
                self.smtp.docmd("QUIT")
        except (OSError, smtplib.SMTPException):
            pass
        finally:
            self.drop()

    @property
    def is_open(self) -> bool:
        """Whether a conversation goes on."""
        return self.smtp is not None

    def open(self) -> None:
        """Connect unless connected, or raise Unreachable."""
        if self.smtp is not None:
            return
        try:
            self.smtp = self.connect()
        except (OSError, smtplib.SMTPException, UnicodeError) as problem:
            raise Unreachable(type(problem).__name__) from problem

    def drop(self) -> None:
        """Hang up."""
        smtp, self.smtp, self.has_carried = self.smtp, None, False
        if smtp is not None:
            smtp.close()

    def send(self, sender: str, to: str, content: bytes) -> str | None:
        """Hand over one letter and return the answer's numbers, or raise NotSent or FateUnknown."""
        if not self._goes_in_one(sender, to):
            self._announce(sender)
            self._expect(RCPT, f"TO:<{to}>", TAKES_ADDRESS)
            self._expect(DATA, "", {GO_AHEAD})
        return self._deliver(content)

    def _goes_in_one(self, sender: str, to: str) -> bool:
        """Say all that comes before the content in one go (RFC 2920), and hear all answers.

        Most of a letter's time is waiting for answers. False where the server does not offer it, or
        a kept connection turns out to be over: then step by step.
        """
        if self.smtp is None or not self.smtp.has_extn("pipelining"):
            return False
        was_kept = self.has_carried
        (mail, status), recipient, data = self._ask_in_one(sender, to)
        if was_kept and mail in {0, CLOSING}:
            self.drop()
            return False
        if data[0] == GO_AHEAD and (mail != 250 or recipient[0] not in TAKES_ADDRESS):
            # It takes content for nobody: whatever we said now would be that content.
            self.drop()
        if mail != 250:
            self._refused(MAIL, mail, status)
        if recipient[0] not in TAKES_ADDRESS:
            self._refused(RCPT, *recipient)
        if data[0] != GO_AHEAD:
            self._refused(DATA, *data)
        return True

    def _ask_in_one(self, sender: str, to: str) -> list[tuple[int, str | None]]:
        """Return three replies; code 0 stands for those that never came or make no sense."""
        assert self.smtp is not None
        found: list[tuple[int, str | None]] = []
        try:
            self.smtp.send(f"MAIL FROM:<{sender}>\r\nRCPT TO:<{to}>\r\nDATA\r\n")
            for step in (MAIL, RCPT, DATA):
                code, reply = self.smtp.getreply()
                if not 200 <= code < 600 or (code == GO_AHEAD and step != DATA):
                    raise smtplib.SMTPException("out of step")
                found.append((code, _status(reply)))
        except (OSError, smtplib.SMTPException):
            self.drop()
        return found + [(0, None)] * (3 - len(found))

    def _announce(self, sender: str) -> None:
        """Begin a letter; a kept connection that has died meanwhile is replaced once."""
        was_kept = self.has_carried
        code, status = self._ask_or_drop(MAIL, f"FROM:<{sender}>")
        if was_kept and code in {0, CLOSING}:
            self.drop()
            code, status = self._ask_or_drop(MAIL, f"FROM:<{sender}>")
        if code != 250:
            self._refused(MAIL, code, status)

    def _expect(self, command: str, words: str, wanted: set[int]) -> None:
        code, status = self._ask_or_drop(command, words)
        if code not in wanted:
            self._refused(command, code, status)

    def _refused(self, step: str, code: int, status: str | None) -> NoReturn:
        """Leave a letter that came to nothing; one that says goodbye is left for good."""
        over = code == CLOSING or self.smtp is None
        if over or self._ask_or_drop("RSET", "")[0] != 250:
            self.drop()
        raise NotSent(step, code, status)

    def _ask_or_drop(self, command: str, words: str) -> tuple[int, str | None]:
        """Return the reply's code and status, or code 0 where there is nobody to reply."""
        try:
            self.open()
            assert self.smtp is not None
            code, reply = self.smtp.docmd(command, words)
        except (OSError, smtplib.SMTPException, Unreachable):
            code, reply = 0, b""
        if not 200 <= code < 600:  # nothing, or nothing that makes sense: we are out of step
            self.drop()
            return 0, None
        return code, _status(reply)

    def _deliver(self, content: bytes) -> str | None:
        assert self.smtp is not None
        try:
            self.smtp.send(content.replace(b"\r\n.", b"\r\n..") + b".\r\n")
            code, reply = self.smtp.getreply()
        except (OSError, smtplib.SMTPException) as problem:
            self.drop()
            raise FateUnknown(type(problem).__name__) from problem
        status = _status(reply)
        if 400 <= code < 600:
            self._refused(CONTENT, code, status)
        if not 200 <= code < 300:
            self.drop()
            raise FateUnknown(f"reply {code}")
        self.has_carried = True
        return replies.numbers(code, status)


def _status(reply: bytes) -> str | None:
    return replies.status_of(reply.decode("ascii", "replace"))
