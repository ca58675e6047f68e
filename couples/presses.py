"""One press, one row: a form that makes something carries what its row's id is made of (I12)."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from wtforms import HiddenField

from couples import tokens
from couples.db import new_id
from couples.errors import NotFound


class PressField(HiddenField):  # type: ignore[misc]
    """What we drew as the page was shown: the same however often the form arrives."""

    @property
    def fresh(self) -> str:
        """What the form carries: what it came with, so that a page shown again is the same one."""
        return self.data or tokens.make("press", new_id())

    @property
    def press(self) -> str:
        """Return what was drawn; where the form did not come from us, something nobody knows."""
        try:
            return tokens.read("press", self.data or "")[0]
        except NotFound:
            return new_id()


def row_id(press: str | None, *about: str) -> str:
    """Return the id of the row that a press makes: the same for the same press about the same."""
    text = "\0".join([press or new_id(), *about])
    return urlsafe_b64encode(sha256(text.encode()).digest()[:16]).decode().rstrip("=")
