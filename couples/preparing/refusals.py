"""Why something about clearing the air is not possible, in sentences."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from couples.errors import Refusal


class NotStarted(Refusal):
    """It starts once both want it, and one may take that back."""

    sentence = _l("It starts once you’d both like to. Your words are kept, for you alone.")


class NothingOwned(Refusal):
    """Only words open."""

    sentence = _l("Write at least one line first.")


class WordsFolded(Refusal):
    """Said to be ready: nothing changes until it is taken back."""

    sentence = _l("Your words are folded. Take that back to change something.")


class BothOpen(Refusal):
    """Both texts have opened, and stay as they are."""

    sentence = _l("Both texts are open already, and stay as they are.")


class NotOpen(Refusal):
    """There is nothing to close yet."""

    sentence = _l("Both texts open at the same moment, once you’re both ready.")
