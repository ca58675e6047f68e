"""Why something about a planned talk is not possible, in sentences."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from couples.talks.refusals import TalksRefusal


class TimeGone(TalksRefusal):
    """It was taken back or overtaken; of a stranger's time the same is said (rule S7)."""

    sentence = _l("This time is no longer proposed. Look at your talks again.")
    status = 404


class TimePassed(TalksRefusal):
    """A time is said yes to before it comes."""

    sentence = _l("This time has passed. Propose another.")


class OwnTime(TalksRefusal):
    """The other one says yes to it (rule O5)."""

    sentence = _l("You proposed this time yourself. It needs the other’s yes.")


class NotYourTime(TalksRefusal):
    """Only its author takes a time back."""

    sentence = _l("Whoever proposed this time can take it back. You can propose another.")


class BadTime(TalksRefusal):
    """No time, too many, or one that does not lie ahead within a year."""

    sentence = _l("Propose up to three times, from now on and within a year.")
    status = 422


class TalkOver(TalksRefusal):
    """One of the two has written down that they talked."""

    sentence = _l("This talk is over, so it can’t be called off any more.")


class AgreedMeanwhile(TalksRefusal):
    """The page was made before both said yes to the time that holds now."""

    sentence = _l("You’ve both said yes to a time in the meantime. Nothing is moved by this.")
