"""What a published scale's answers come to, and what may be said of it. Nothing is imputed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from couples.surveys.scales.items import Scale

Points = Mapping[str, int | None]
# From here to its end the short scale has no room to show more.
HIGH = {"csi4": 16}


class BadPoints(ValueError):
    """Points that this scale does not know: a mistake of ours, never a person's."""


class Said(StrEnum):
    """All that is ever said of a total; there are no bands."""

    NOTHING = ""
    BELOW = "below"
    HIGH = "high"


def check(scale: Scale, points: Points) -> None:
    """Refuse items the scale has not, and points an item has not; a skip is fine."""
    allowed = scale.allowed
    for key, given in points.items():
        # True counts as 1 elsewhere; it is no answer here.
        if key not in allowed:
            raise BadPoints(key)
        if given is not None and (type(given) is not int or given not in allowed[key]):
            raise BadPoints(key)


def total(scale: Scale, points: Points) -> int | None:
    """Return the sum of all items' points, or none where an item is missing or skipped.

    Points are stored, not positions: nothing is reversed here a second time.
    """
    check(scale, points)
    given = [points.get(item.key) for item in scale.items]
    answered = [one for one in given if one is not None]
    return sum(answered) if len(answered) == len(given) else None


def below_cut(scale: Scale, reached: int) -> bool:
    """Whether a total lies below the published cut."""
    return reached < scale.below


def is_high(scale: Scale, reached: int | None) -> bool:
    """Whether a total lies where the scale has no room to show more."""
    return reached is not None and reached >= HIGH.get(scale.name, scale.highest + 1)


def said_of(scale: Scale, reached: int | None, before: int | None = None) -> Said:
    """Return what may be said of a total to the person it belongs to.

    `before` is their own complete total before this one: one answer alone is not steady.
    """
    if reached is not None and below_cut(scale, reached):
        return Said.BELOW
    steady = is_high(scale, reached) and is_high(scale, before)
    return Said.HIGH if steady else Said.NOTHING
