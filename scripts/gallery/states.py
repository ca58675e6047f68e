"""All states there are, in the order of the design guide's second chapter."""

from __future__ import annotations

from couples.languages import WRITTEN_AS, base_of
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
# Each language once: how English writes dates elsewhere is no language of its own.
LANGUAGES = tuple(language for language in WRITTEN_AS if "-" not in language)
BY_KEY = {state.key: state for state in EVERY}


def shown_in(language: str) -> tuple[State, ...]:
    """Return the states there are for somebody who reads one language."""
    return tuple(state for state in EVERY if state.language in ("", base_of(language)))


STATES = shown_in("en")
