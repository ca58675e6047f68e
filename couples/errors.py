"""What a service may answer instead of a result."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


class Refusal(Exception):
    """The act is not allowed now; `sentence` may be shown to the person who asked."""

    sentence: LazyString | str = _l("That isn’t possible right now.")
    status = 409

    def __str__(self) -> str:
        return str(self.sentence)


class NotFound(Exception):
    """There is no such thing, or it is somebody else's: nobody can tell which (rule S7)."""
