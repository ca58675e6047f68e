"""What the rounds opened about one question, such as the step from a talk (rule C5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from couples.pairing.services import couple_of
from couples.surveys.services import rounds_and_next


@dataclass(frozen=True, slots=True, repr=False)
class OpenedAbout:
    """One question in one closed round: both numbers where it opened, else my own alone."""

    round_id: str
    opens_at: datetime
    mine: int
    theirs: int | None


def opened_about(person_id: str, question_id: str, now: datetime) -> tuple[OpenedAbout, ...]:
    """Return what this person may see of a question, the oldest round first.

    Nothing of a round that is still open, and nothing where the person has not answered.
    """
    seen, _next_opening = rounds_and_next(couple_of(person_id).id, person_id, now)
    about = []
    for one in seen:
        mine, theirs = one.opened.get(question_id, (one.answers.get(question_id), None))
        if one.closed and mine is not None:
            about.append(OpenedAbout(one.id, one.opens_at, mine, theirs))
    return tuple(about)
