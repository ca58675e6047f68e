"""Taking in needs as drafts, which nobody else sees (rule A1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from couples.agreement import rows
from couples.agreement.listed import LISTED
from couples.agreement.models import Need
from couples.agreement.needs.services import Desk, Heading, write
from couples.agreement.refusals import EnoughNeeds, EnoughOpenNeeds
from couples.agreement.rules import NeedWords
from couples.text import clean, clean_line

Became = Literal["draft", "there", "note", "nothing"]
BECAME: tuple[Became, ...] = get_args(Became)
# As the forms of needs have it.
HEADING_LONGEST, LONGEST = 80, 2000


@dataclass(frozen=True, slots=True, repr=False)
class Mine:
    """A need that is there, as far as one out of a file is compared with it."""

    listed: str | None
    own_topic: str | None
    words: NeedWords
    opened: bool


def take_in(person_id: str, needs: Iterable[Mapping[str, Any]], now: datetime) -> list[Became]:
    """Begin drafts as far as there is room, and say what has to become of each need.

    What is there is asked for once, however many come, in the caller's transaction.
    """
    desk = Desk(person_id)
    mine = [_mine(each) for each in rows.needs_where(Need.person_id == person_id)]
    return [_became(desk, mine, need, now) for need in needs]


def _mine(need: Need) -> Mine:
    return Mine(need.listed, need.own_topic, rows.need_words(need), need.opened_at is not None)


def _became(desk: Desk, mine: list[Mine], need: Mapping[str, Any], now: datetime) -> Became:
    words, heading = _words(need), _heading(need["about"])
    if not words.parts:
        return "nothing"
    alike = [each for each in mine if heading and _has(each, heading)]
    if any(each.words == words for each in alike):
        return "there"
    drafts = [each for each in alike if not each.opened and each.words.parts]
    if heading is None or drafts or desk.is_folded or _is_too_long(words):
        return "note"
    try:
        draft = desk.begin(heading, now)
    except (EnoughNeeds, EnoughOpenNeeds):
        return "note"
    write(draft, words, now)
    mine.append(_mine(draft))
    return "draft"


def _words(need: Mapping[str, Any]) -> NeedWords:
    before, request, own_part = (clean(need[name]) for name in ("before", "request", "own_part"))
    return NeedWords(before, request, own_part, need["matters"])


def _heading(about: Mapping[str, Any]) -> Heading | None:
    """Return what a need is about; nothing where the heading was in the partner's words."""
    if about["listed"] in LISTED:
        return Heading(listed=about["listed"])
    own = clean_line(about["words"])
    return Heading(own_words=own) if own and len(own) <= HEADING_LONGEST else None


def _has(need: Mine, heading: Heading) -> bool:
    if heading.listed:
        return need.listed == heading.listed
    return bool(need.own_topic == heading.own_words)


def _is_too_long(words: NeedWords) -> bool:
    return max(map(len, (words.before, words.request, words.own_part))) > LONGEST
