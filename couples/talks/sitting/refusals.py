"""Why something about a talk and what came of it is not possible, in sentences."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from couples.talks.refusals import TalksRefusal


class TalkCalledOff(TalksRefusal):
    """It was called off meanwhile; what was typed is shown with this sentence."""

    sentence = _l("This talk was called off in the meantime. What you each brought is still there.")


class TalkFixed(TalksRefusal):
    """A later talk began from what was written down of this one."""

    sentence = _l("You’ve talked again since. What was written down of this talk stays.")


class StepFixed(TalksRefusal):
    """A round has asked about it, or a newer step has come: its words stay."""

    sentence = _l("This step’s words stay as they are: it was asked about, or a newer step came.")


class StepSettled(TalksRefusal):
    """It was marked done, let go, or kept for the review."""

    sentence = _l("This step is settled. Look at the talk’s page again.")


class NotOverYet(TalksRefusal):
    """What came of it is written down first."""

    sentence = _l("This talk isn’t over yet. Write down what came of it once you’ve talked.")
