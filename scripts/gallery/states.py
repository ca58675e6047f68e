"""All states there are, in the order of the design guide's second chapter."""

from __future__ import annotations

from gallery import (
    states_agreement,
    states_public,
    states_settings,
    states_talks,
    states_weeks,
)
from gallery.shapes import State

EVERY = (
    *states_public.STATES,
    *states_agreement.STATES,
    *states_weeks.STATES,
    *states_talks.STATES,
    *states_settings.STATES,
)
BY_KEY = {state.key: state for state in EVERY}


def shown_in(language: str) -> tuple[State, ...]:
    """Return the states there are for somebody who reads one language."""
    return tuple(state for state in EVERY if state.language in ("", language[:2]))


STATES = shown_in("en")
