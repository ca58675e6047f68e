"""What a form carries so that one press makes one row (couples/presses.py)."""

from __future__ import annotations

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
