"""Storing one person's answers: merged over what is stored, until the round closes (rule C3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Row, select

from couples.db import db, transaction
from couples.errors import NotFound, Refusal
from couples.surveys import rules
from couples.surveys.answering import drafts
from couples.surveys.answering.scale import SCALE_ASKED, points_given
from couples.surveys.models import Response, Round
from couples.surveys.rules import OVERALL, ResponseView
from couples.surveys.scales import rules as scales
from couples.surveys.terms import Rows, from_rows


class RoundClosed(Refusal):
    """The round has closed, so its answers are fixed (rule C3)."""

    sentence = _l("This page has closed, so what you just sent wasn’t stored.")


class NothingAnswered(Refusal):
    """Nothing was answered: asked again, nothing stored (rule C2)."""

    sentence = _l("Pick a number, or write a few words.")
    status = 422


@dataclass(frozen=True, slots=True, repr=False)
class Answers:
    """What a person chose on the page; what they left untouched is not in it.

    `words` and `words_shared` are none where untouched; `words_before`, `before` and `scale_before`
    are what the page showed, `before` none where it showed all that is stored.
    """

    given: Mapping[str, int | None]
    share: bool
    words: str | None = None
    words_shared: bool | None = None
    words_before: str = ""
    before: Mapping[str, int | None] | None = None
    # Of the draft that the page knows; none where it knows of no drafts.
    revision: int | None = None
    # Points by item of the published scale.
    scale: Mapping[str, int | None] = field(default_factory=dict)
    scale_before: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Clash:
    """Words of another window, and the revision of their draft where they were not sent yet."""

    words: str
    revision: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Stored:
    """One response as its author sees it."""

    answers: Mapping[str, int | None] = field(default_factory=dict)
    words: str = ""
    words_shared: bool = False
    # None until one of the two buttons was pressed.
    shared: bool | None = None
    withdrawn: bool = False
    # Kept before, while the rest is shared: see `ResponseView.kept`.
    kept: frozenset[str] = frozenset()
    scale: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def answered(self) -> bool:
        """Whether its author has ended it with one of the two buttons."""
        return self.shared is not None

    @property
    def total(self) -> int | None:
        """The scale's total, where every item is answered."""
        return scales.total(SCALE_ASKED, self.scale) if self.scale else None

    @property
    def view(self) -> ResponseView:
        """The response as the rules see it."""
        return ResponseView(
            answers=self.answers,
            shared=bool(self.shared) and not self.withdrawn,
            words=self.words,
            words_shared=self.words_shared,
            kept=self.kept,
            scale=self.scale,
            total=self.total,
        )

    def payload(self) -> dict[str, Any]:
        """Return what is sealed."""
        return {
            "answers": dict(self.answers),
            "scale": dict(self.scale),
            "words": self.words,
            "words_shared": self.words_shared,
            "shared": self.shared,
            "withdrawn": self.withdrawn,
            "kept": sorted(self.kept),
        }


def stored_of(response: Response) -> Stored:
    """Open a response; one never answered is empty."""
    return stored_from(response.payload)


def stored_from(payload: Mapping[str, Any] | None) -> Stored:
    """Return what an unsealed payload says; none is an empty response."""
    if not payload:
        return Stored()
    return Stored(**{**payload, "kept": frozenset(payload.get("kept", ()))})


@transaction()
def save_answers(person_id: str, round_id: str, answers: Answers, now: datetime) -> Clash | None:
    """Store a signed-in person's answers; return None once they are.

    Words written in another window meanwhile are never lost: nothing is stored then, and what
    is there comes back, so that its author chooses. A press ends the draft, and a skip.
    """
    response, round_ = locked(person_id, round_id)
    if not is_open(round_, now):
        raise RoundClosed
    stored = stored_of(response)
    if clash := _words_clash(response, stored, answers):
        return clash
    kept = _kept_unseen(stored, answers)
    response.payload = merged(stored, answers, round_.questions, kept).payload()
    response.skipped_at = None
    drafts.end(response)
    return None


def _kept_unseen(stored: Stored, answers: Answers) -> frozenset[str]:
    """Return what was kept in another window since the page was shown, and so stays kept.

    A press decides for all that its page showed, and for nothing else.
    """
    if answers.before is None or not answers.share:
        return frozenset()
    seen, missing = {**answers.before, **answers.given}, object()
    changed = {key for key, value in stored.answers.items() if seen.get(key, missing) != value}
    unseen = changed - set(answers.given) - set(stored.view.shared_answers)
    if answers.words is None and stored.words not in {answers.words_before, ""}:
        unseen |= set() if stored.view.shared_words else {rules.WORDS}
    if _scale_unseen(stored, answers) and not stored.view.shares_scale:
        unseen |= {rules.SCALE}
    return frozenset(unseen)


def _scale_unseen(stored: Stored, answers: Answers) -> bool:
    """Whether an item was answered in another window since the page was shown, and not on it."""
    seen, missing = {**answers.scale_before, **answers.scale}, object()
    return any(seen.get(key, missing) != value for key, value in stored.scale.items())


def locked(person_id: str, round_id: str) -> tuple[Response, Round]:
    """Return a person's own response, locked until the transaction ends, and its round."""
    query = select(Response).where(Response.round_id == round_id, Response.person_id == person_id)
    locking = query.with_for_update().execution_options(populate_existing=True)
    response = db.session.scalars(locking).first()
    round_ = db.session.get(Round, round_id)
    if response is None or round_ is None:
        raise NotFound
    return response, round_


def is_open(round_: Round | Row[Any], now: datetime) -> bool:
    """Whether a round may be answered now; its times may come as columns."""
    return rules.is_open(round_.opens_at, round_.closes_at, now, round_.cancelled_at)


def has_closed(round_: Round, now: datetime) -> bool:
    """Whether a round has closed and opened what both shared."""
    return rules.has_closed(round_.closes_at, now, round_.cancelled_at)


def questions_of(round_: Round) -> tuple[str, ...]:
    """Return what a round asks, in order."""
    return ids_asked(round_.questions)


def ids_asked(questions: Rows) -> tuple[str, ...]:
    """Return the same of the questions a round keeps."""
    return (OVERALL, *(one.id for one in from_rows(questions)))


def _words_clash(response: Response, stored: Stored, answers: Answers) -> Clash | None:
    mine = answers.words
    if mine is not None and stored.words not in {mine, answers.words_before, ""}:
        return Clash(stored.words)
    begun = drafts.words_elsewhere(response, answers.revision, mine)
    return Clash(begun, response.draft_revision) if begun else None


def merged(
    stored: Stored,
    answers: Answers,
    questions: Rows,
    kept: frozenset[str] = frozenset(),
) -> Stored:
    """Lay what was chosen over what is stored, or raise NothingAnswered; `kept` stays kept."""
    asked = ids_asked(questions)
    given = {key: value for key, value in answers.given.items() if key in asked}
    scale = rules.merge_answers(stored.scale, points_given(questions, answers.scale))
    words = stored.words if answers.words is None else answers.words
    both = rules.merge_answers(stored.answers, given)
    if not rules.has_any_answer({**both, **scale}, words):
        raise NothingAnswered
    shared_words = stored.words_shared if answers.words_shared is None else answers.words_shared
    return Stored(both, words, shared_words, answers.share, kept=kept, scale=scale)


@transaction()
def withdraw(person_id: str, round_id: str, now: datetime) -> None:
    """Take back the sharing of a closed round: gone from the partner's pages at once."""
    response, round_ = locked(person_id, round_id)
    stored = stored_of(response)
    if not has_closed(round_, now) or not stored.shared:
        raise NotFound
    response.payload = {**stored.payload(), "withdrawn": True}
