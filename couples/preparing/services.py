"""What the pages of the agreement may offer before it begins."""

from __future__ import annotations

from dataclasses import dataclass

from couples.errors import NotFound
from couples.preparing.rules import State
from couples.preparing.services_airing import AirPage, air
from couples.preparing.services_reflection import reflection_of


@dataclass(frozen=True, slots=True, repr=False)
class Offers:
    """What stands on this person's pages, and how clearing the air is called there, if at all."""

    reflection: bool
    air: State | None = None
    # The name of the partner whose wish is told; empty where no line stands.
    wisher: str = ""


def offers(person_id: str) -> Offers:
    """Return what to offer this person."""
    asks = reflection_of(person_id).offered
    page = _air_or_none(person_id)
    if page is None:
        return Offers(asks)
    return Offers(asks, page.state, page.couple.partner.name if page.tells else "")


def _air_or_none(person_id: str) -> AirPage | None:
    """Return nothing without a partner, and nothing once it is closed."""
    try:
        return air(person_id)
    except NotFound:
        return None
