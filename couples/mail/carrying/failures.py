"""How handing a letter over can fail: what matters is how far it got."""

from __future__ import annotations

import smtplib
import ssl

from couples.mail.carrying import replies
from couples.mail.carrying.replies import Meaning


class Unreachable(Exception):
    """The mail server cannot be reached or does not let us in: no letter is at fault."""

    @property
    def nobody_listens(self) -> bool:
        """Whether the call was not even taken: nothing was said that could mean "stay away"."""
        said = (smtplib.SMTPException, ssl.SSLError)
        return isinstance(self.__cause__, OSError) and not isinstance(self.__cause__, said)


class NotSent(Exception):
    """The server said no before it took the letter: certainly not sent."""

    def __init__(self, step: str, code: int = 0, status: str | None = None) -> None:
        """Keep the step, the reply's code (0 where there was none) and its enhanced status."""
        self.step, self.code, self.status = step, code, status
        super().__init__(f"reply {self.numbers or 'none'} at {step}")

    @property
    def meaning(self) -> Meaning:
        """What it means for the letter, its address, and the rest of the batch."""
        return replies.meaning(self.step, self.code, self.status)

    @property
    def numbers(self) -> str | None:
        """The answer as the record keeps it."""
        return replies.numbers(self.code, self.status)


class FateUnknown(Exception):
    """The content was on its way and no answer came: it may have been sent."""
