"""Why something about a talk and what came of it is not possible, in sentences."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from couples.errors import Refusal


class TalkCalledOff(Refusal):
    """It was called off meanwhile; what was typed is shown with this sentence."""

    sentence = _l("This talk was called off in the meantime. What you each brought is still there.")


class StepFixed(Refusal):
    """A round has asked about it, or a newer step has come: its words stay."""

    sentence = _l("This step’s words stay as they are: it was asked about, or a newer step came.")


class StepSettled(Refusal):
    """It was marked done, let go, or kept for the review."""

    sentence = _l("This step is settled. Look at the talk’s page again.")


class NotOverYet(Refusal):
    """What came of it is written down first."""

    sentence = _l("This talk isn’t over yet.")
