"""What is said of one's own answers, in neutral words, the same upward and downward (O3)."""

from __future__ import annotations

from flask_babel import format_decimal
from flask_babel import gettext as _

from couples.dashboard.cards.rules import Usual
from couples.dashboard.mine.rules import Slope, Standing


def say_usual(usual: Usual) -> str:
    """Say what the band shows."""
    if usual.low == usual.high:
        return str(_("Your usual is %(low)s, from your first six answers.", low=usual.low))
    sentence = _(
        "Your usual lies between %(low)s and %(high)s: the middle four of your first six answers.",
        low=usual.low,
        high=usual.high,
    )
    return str(sentence)


def say_standing(standing: Standing) -> str:
    """Say where the last three answers lie."""
    middle = _number(standing.middle)
    sentences = {
        "near": _(
            "The middle one of your last three answers is %(middle)s. That is no further from"
            " your usual than answers wobble by themselves.",
            middle=middle,
        ),
        "lower": _(
            "Your last three answers lie lower than your usual; the middle one is %(middle)s.",
            middle=middle,
        ),
        "higher": _(
            "Your last three answers lie higher than your usual; the middle one is %(middle)s.",
            middle=middle,
        ),
    }
    return str(sentences[standing.where])


def say_slope(slope: Slope) -> str:
    """Say which way the last 180 days went and how sure that is; it foretells nothing."""
    by, (low, high) = _number(abs(slope.by)), map(_number, slope.range)
    sentences = {
        "down": _(
            "Over the last 180 days your answers went down by about %(by)s in four weeks."
            " Anything from %(low)s to %(high)s fits them as well.",
            by=by, low=low, high=high,
        ),
        "up": _(
            "Over the last 180 days your answers went up by about %(by)s in four weeks."
            " Anything from %(low)s to %(high)s fits them as well.",
            by=by, low=low, high=high,
        ),
        "unclear": _(
            "Over the last 180 days your answers went neither clearly up nor clearly down:"
            " anything from %(down)s down to %(up)s up in four weeks fits them.",
            down=_number(max(-slope.low, 0)), up=_number(max(slope.high, 0)),
        ),
        "level": _("Over the last 180 days your answers stayed about where they were."),
    }  # fmt: skip
    return str(sentences[slope.course])


def _number(value: float) -> str:
    return str(format_decimal(value))
