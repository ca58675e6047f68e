"""What becomes of each line of a talk; whoever writes second may put other answers there (A9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from couples.agreement.review import services_topics as services_review
from couples.talks.models import AgendaItem, Step, Talk
from couples.talks.sitting import rows
from couples.talks.sitting.rules import DONE, LET_GO, OPEN, TALKED, returns


def is_said(talk: Talk, said: Mapping[str, str]) -> bool:
    """Whether exactly this stands there of each line, as after a double press."""
    return all(
        said.get(row.id) in {None, talk.said.get(row.id)} for row in rows.lines_left(talk, said)
    )


def settle(talk: Talk, said: Mapping[str, str], at: datetime) -> None:
    """Do with each line what was said of it, and undo what was said of it before."""
    stands = dict(talk.said)
    for row in rows.lines_left(talk, said):
        before, chosen = stands.get(row.id), said.get(row.id)
        if chosen is None or chosen == before:
            continue
        if before is not None:
            _undo(row, before)
        _settle(talk, row, chosen, at)
        stands[row.id] = chosen
    talk.said = stands


def _settle(talk: Talk, row: AgendaItem | Step, said: str, at: datetime) -> None:
    if said == OPEN:
        _stays_open(row, at)
    elif isinstance(row, AgendaItem):
        row.talk_id = talk.id if said == TALKED else None
    elif said == DONE:
        row.done_at = at
    elif said == LET_GO:
        row.let_go_at = at


def _stays_open(row: AgendaItem | Step, at: datetime) -> None:
    """Let something return to the next talk, or wait for the review where it has twice."""
    returned = returns(row.returned)
    if returned is not None:
        row.returned = returned
        return
    row.to_review_at = at
    services_review.add_topic(row.couple_id, row.author_id, row.id, row.words, at)


def _undo(row: AgendaItem | Step, before: str) -> None:
    """Let a line be as it was before this talk was written down."""
    if row.to_review_at is not None:
        row.to_review_at = None
        services_review.remove_topic(row.id)
    elif before == OPEN:
        row.returned -= 1
    if isinstance(row, AgendaItem):
        row.talk_id = None
    else:
        row.done_at = row.let_go_at = None
