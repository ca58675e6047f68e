"""Why something about the agenda is not possible, in sentences."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from couples.talks.refusals import TalksRefusal


class EnoughItems(TalksRefusal):
    """Six are open."""

    sentence = _l("You have six things open, which is the most. Take one of them back first.")


class ItemGone(TalksRefusal):
    """It was taken back or talked about in the meantime."""

    sentence = _l("This has left the agenda in the meantime.")
