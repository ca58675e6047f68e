"""What is said of one's own answers, in neutral words, the same upward and downward (O3)."""

from __future__ import annotations

from flask_babel import format_decimal
from flask_babel import gettext as _

from couples.dashboard.cards.rules import SCALE, Usual
from couples.dashboard.mine.rules import LastThree, Slope, Where


def say_usual(usual: Usual, question: str) -> str:
    """Say what the band shows."""
    low, high, totals = usual.low, usual.high, question == SCALE
    if low == high and totals:
        said = _("Your usual is %(low)s, from your first six totals.", low=low)
    elif low == high:
        said = _("Your usual is %(low)s, from your first six answers.", low=low)
    elif totals:
        said = _(
            "Your usual lies between %(low)s and %(high)s: the middle four of your first six"
            " totals.",
            low=low, high=high,
        )  # fmt: skip
    else:
        said = _(
            "Your usual lies between %(low)s and %(high)s: the middle four of your first six"
            " answers.",
            low=low, high=high,
        )  # fmt: skip
    return str(said)


def say_last_three(last: LastThree, question: str) -> str:
    """Say where the last three answers lie, or the last three totals."""
    middle = _number(last.middle)
    said = _of_totals(middle) if question == SCALE else _of_answers(middle)
    return said[last.where]


def _of_answers(middle: str) -> dict[Where, str]:
    return {
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


def _of_totals(middle: str) -> dict[Where, str]:
    return {
        "near": _(
            "The middle one of your last three totals is %(middle)s. That is no further from"
            " your usual than totals wobble by themselves.",
            middle=middle,
        ),
        "lower": _(
            "Your last three totals lie lower than your usual; the middle one is %(middle)s.",
            middle=middle,
        ),
        "higher": _(
            "Your last three totals lie higher than your usual; the middle one is %(middle)s.",
            middle=middle,
        ),
    }


def say_slope(slope: Slope) -> str:
    """Say which way the last 180 days went and how sure that is; it foretells nothing."""
    if slope.course == "level":
        return str(_("Over the last 180 days your answers stayed about where they were."))
    if slope.course == "unclear":
        return _unclear(slope)
    return f"{_clear(slope)} {_range(slope)}".rstrip()


def _unclear(slope: Slope) -> str:
    """Say how far either way; an end that lies at nothing is no way."""
    down, up = _number(abs(slope.low)), _number(abs(slope.high))
    if not slope.low:
        said = _(
            "Over the last 180 days your answers went neither clearly up nor clearly down:"
            " anything from no change to %(by)s up in four weeks fits them.",
            by=up,
        )
    elif not slope.high:
        said = _(
            "Over the last 180 days your answers went neither clearly up nor clearly down:"
            " anything from no change to %(by)s down in four weeks fits them.",
            by=down,
        )
    else:
        said = _(
            "Over the last 180 days your answers went neither clearly up nor clearly down:"
            " anything from %(down)s down to %(up)s up in four weeks fits them.",
            down=down, up=up,
        )  # fmt: skip
    return str(said)


def _clear(slope: Slope) -> str:
    by = _number(abs(slope.by))
    down = _("Over the last 180 days your answers went down by about %(by)s in four weeks.", by=by)
    up = _("Over the last 180 days your answers went up by about %(by)s in four weeks.", by=by)
    return str(down if slope.course == "down" else up)


def _range(slope: Slope) -> str:
    """Say what else fits; nothing where both ends are the same to one decimal place."""
    low, high = map(_number, slope.range)
    if low == high:
        return ""
    return str(_("Anything from %(low)s to %(high)s fits them as well.", low=low, high=high))


def _number(value: float) -> str:
    return str(format_decimal(value))
