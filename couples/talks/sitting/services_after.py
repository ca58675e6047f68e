"""Writing down what came of a talk: the first of the two to do so ends it (rules A9, O5)."""

from __future__ import annotations

from datetime import datetime

from couples.db import transaction
from couples.pairing.services import CoupleView, locked_couple
from couples.surveys.rounds.services_clock import next_opening_of
from couples.talks import rows as rows_talks
from couples.talks.models import Talk
from couples.talks.sitting import rows
from couples.talks.sitting.refusals import TalkCalledOff
from couples.talks.sitting.services_asking import lay_down_next
from couples.talks.sitting.services_lines import is_said, settle
from couples.talks.sitting.services_steps import is_same, put_step
from couples.talks.sitting.shapes import Written


@transaction()
def write_down(
    person_id: str, talk_id: str, written: Written, now: datetime, seen: int = 0
) -> bool:
    """End a talk with what came of it; say no where something else was written down before.

    Whoever has read that, in the revision they have `seen`, puts theirs in its place.
    """
    couple = locked_couple(person_id)
    next_opening_of(couple.id, now)
    talk = rows_talks.talk_of(couple, talk_id)
    if talk.called_off_at is not None:
        raise TalkCalledOff
    if talk.talked_at is not None and _is_there(couple, talk, written):
        return True
    if talk.revision != seen:
        return False
    _write(couple, talk, written, now)
    return True


def _is_there(couple: CoupleView, talk: Talk, written: Written) -> bool:
    """Whether just this was written down, by either of the two, as after a double press."""
    step = rows.step_of(talk.id)
    if not is_said(talk, written.said):
        return False
    if step is None or written.step is None:
        return step is None and written.step is None
    return is_same(couple, step, written.step)


def _write(couple: CoupleView, talk: Talk, written: Written, now: datetime) -> None:
    if talk.talked_at is None:
        talk.talked_at = now
        # Whoever talked before the time they had agreed on needs no calendar to remind them.
        talk.changes += talk.is_early
        rows_talks.forget_times(talk.id)
    else:
        rows.must_be_last(talk)
    settle(talk, written.said, talk.talked_at)
    put_step(couple, talk, written.step, now)
    talk.revision += 1
    lay_down_next(couple.id)
