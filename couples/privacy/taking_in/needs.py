"""Taking in needs as drafts, which nobody else sees (rule A1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, get_args

from couples.agreement import rows
from couples.agreement.listed import LISTED
from couples.agreement.models import Need
from couples.agreement.needs import services as services_needs
from couples.agreement.needs.services import Heading
from couples.agreement.refusals import EnoughNeeds, EnoughOpenNeeds, PageFolded
from couples.agreement.rules import NeedWords
from couples.text import clean, clean_line

Became = Literal["draft", "there", "note", "nothing"]
BECAME: tuple[Became, ...] = get_args(Became)
# As the forms of needs have it.
HEADING_LONGEST, LONGEST = 80, 2000


def take_in(person_id: str, need: Mapping[str, Any], now: datetime) -> Became:
    """Begin a draft and say so, or say what else has to become of a need."""
    words, heading = _words(need), _heading(need["about"])
    if not words.parts:
        return "nothing"
    mine = rows.needs_where(Need.person_id == person_id)
    alike = [each for each in mine if heading and _has(each, heading)]
    if any(rows.need_words(each) == words for each in alike):
        return "there"
    drafts = [each for each in alike if not each.opened_at and rows.need_words(each).parts]
    if heading is None or drafts or _is_too_long(words):
        return "note"
    return _begin(person_id, heading, words, now)


def _begin(person_id: str, heading: Heading, words: NeedWords, now: datetime) -> Became:
    try:
        need_id = services_needs.begin_need(person_id, heading, now)
    except (EnoughNeeds, EnoughOpenNeeds, PageFolded):
        return "note"
    revision = rows.own_need(person_id, need_id).revision
    services_needs.save_need(person_id, need_id, words, revision, now)
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


def _has(need: Need, heading: Heading) -> bool:
    if heading.listed:
        return need.listed == heading.listed
    return bool(need.own_topic == heading.own_words)


def _is_too_long(words: NeedWords) -> bool:
    return max(map(len, (words.before, words.request, words.own_part))) > LONGEST
