"""From a step to a suggestion for a promise: its words as their reader's own unsent draft."""

from __future__ import annotations

from datetime import datetime

from couples.agreement import rows as rows_agreement
from couples.agreement.promises.services_begun import begin, keep_words
from couples.agreement.promises.wordings import Wording
from couples.agreement.rules import PromiseWords
from couples.db import transaction
from couples.pairing.services import couple_of
from couples.talks import rows as rows_talks
from couples.talks.sitting import rows
from couples.talks.sitting.shapes import PromisePage


def promise_page(person_id: str, talk_id: str) -> PromisePage:
    """Return the step of a talk with the topics it could be suggested under."""
    couple = couple_of(person_id)
    step = rows.step_there(rows_talks.talk_of(couple, talk_id))
    topics = tuple(map(rows_agreement.topic_view, rows_agreement.topics_of(couple.id)))
    return PromisePage(rows.step_view(couple, step, None), topics)


@transaction()
def lay_down(person_id: str, talk_id: str, topic_id: str, now: datetime) -> None:
    """Keep a step's words where this person would suggest them; the other sees nothing of it.

    What they keep there already is never overwritten: TypedElsewhere is raised with it.
    """
    couple = couple_of(person_id)
    step = rows.step_there(rows_talks.talk_of(couple, talk_id))
    # Nobody suggests a duty for the other alone (rule A5): a step of theirs begins as both's.
    mine = step.owner_id == person_id
    # It was taken there with the words that lie there in sight, so none of them are news.
    seen = begin(person_id, topic_id).side.seen
    wording = Wording(PromiseWords(step.words, "", "", ""), mine, "", seen)
    keep_words(person_id, topic_id, wording, now)
