"""Suggested words while they are being typed: begun, kept for later, gone on with (rule A9)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from couples.agreement import rows
from couples.agreement.promises.services import has_newer
from couples.agreement.promises.services_side import side
from couples.agreement.promises.wordings import Wording, from_plain, to_plain
from couples.agreement.rules import PromiseWords
from couples.agreement.shapes import Side
from couples.agreement.topics.rows import living_topic
from couples.agreement.unsent import services as services_unsent
from couples.agreement.unsent.services import WORDS
from couples.db import transaction
from couples.pairing.services import couple_of


@dataclass(frozen=True, slots=True, repr=False)
class WordsPage:
    """A topic, and what a suggestion of words for it begins with."""

    side: Side
    wording: Wording
    saved_at: datetime | None
    # Words came from the other since these were typed.
    is_stale: bool


def begin(person_id: str, topic_id: str) -> WordsPage:
    """Return what was typed and not sent or, where nothing was, the words that lie there."""
    couple = couple_of(person_id)
    topic = living_topic(couple, topic_id)
    page = side(person_id, topic_id)
    kept = services_unsent.unsent(person_id, WORDS + topic.id)
    if not kept.revision:
        return WordsPage(page, _there(page), None, is_stale=False)
    typed = from_plain(kept.fields, kept.revision)
    stale = has_newer(topic, rows.open_suggestion(topic.id), typed.seen)
    return WordsPage(page, replace(typed, seen=page.seen), kept.saved_at, stale)


def _there(page: Side) -> Wording:
    source = page.suggestion or page.promise
    owner = source.owner if source else None
    mine = owner is not None and owner.person_id == page.couple.me.person_id
    return Wording(source.words if source else PromiseWords(), mine, "", page.seen)


def left_behind(person_id: str, topic_id: str) -> Wording | None:
    """Return what was typed and not sent under a topic that has been put aside since."""
    kept = services_unsent.unsent(person_id, WORDS + topic_id)
    return from_plain(kept.fields, kept.revision) if kept.revision else None


@transaction()
def keep_words(person_id: str, topic_id: str, wording: Wording, now: datetime) -> int:
    """Keep words for later and return their revision; the other sees nothing of them."""
    couple = couple_of(person_id)
    topic = living_topic(couple, topic_id)
    fields = None if wording.is_blank else to_plain(wording)
    return services_unsent.keep(person_id, WORDS + topic.id, fields, wording.revision, now).revision


def start_afresh(person_id: str, topic_id: str, revision: int) -> None:
    """Forget the words that were typed and not sent."""
    topic = rows.topic_of(couple_of(person_id).id, topic_id)
    services_unsent.drop(person_id, WORDS + topic.id, revision)
