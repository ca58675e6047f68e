"""The published scale as a round asks it: which, to whom, and what may be stored of it."""

from __future__ import annotations

from collections.abc import Mapping

from couples.surveys.models import Round
from couples.surveys.scales import items, rules
from couples.surveys.scales.items import Scale
from couples.surveys.terms import Rows, scale_of

SCALE_ASKED = items.scale("csi4")


def scale_for(round_: Round, language: str) -> Scale | None:
    """Return the scale this round asks a reader of a language, or none: it is not translated."""
    return scale_in(round_.questions, language)


def scale_in(questions: Rows, language: str) -> Scale | None:
    """Return the same of the questions a round keeps."""
    return scale_kept_in(questions) if items.is_asked_in(language) else None


def scale_kept_in(questions: Rows) -> Scale | None:
    """Return the scale that questions hold, whatever their reader's language."""
    return SCALE_ASKED if scale_of(questions) else None


def points_given(questions: Rows, given: Mapping[str, int | None]) -> dict[str, int | None]:
    """Return the points given, none where the round does not ask; wrong ones are refused."""
    asked = dict(given) if scale_of(questions) else {}
    rules.check(SCALE_ASKED, asked)
    return asked
