"""Reading an agreement again: each answers alone, and both answers are the outcome (A6, A8, S2)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from couples.agreement import rows
from couples.agreement.models import Promise
from couples.agreement.review import rules as rules_review
from couples.agreement.review import services_topics
from couples.agreement.review.rules import OPEN, TERMS, Question
from couples.agreement.review.services_reading import Reading, reading_of
from couples.agreement.review.shapes import Answered, Answers, Notice, ReviewPage
from couples.agreement.signing.models import ReviewAnswer
from couples.agreement.signing.services_drafting import text_changed
from couples.agreement.topics import services_moving as moving
from couples.db import db, transaction
from couples.pairing.services import CoupleView, couple_of, couple_or_none, locked_couple


def review_page(person_id: str, zone: str, now: datetime) -> ReviewPage:
    """Return what this person is asked about the version in force, and what is settled of it."""
    couple = couple_of(person_id)
    reading, left_over = reading_of(couple), services_topics.left_over(couple)
    if reading is None:
        return ReviewPage(couple, left_over=left_over)
    asked = reading.asked(zone, now)
    again = {each.question.about for each in asked}
    return ReviewPage(
        couple,
        reading.version.id,
        reading.content,
        asked,
        tuple(each for each in reading.settled() if each.about not in again),
        _next_on(reading, now.astimezone(ZoneInfo(zone)).date()),
        left_over,
    )


def _next_on(reading: Reading, today: date) -> date | None:
    draft = rows.draft_of(reading.couple.id)
    if draft is None or draft.review_on <= today or not reading.is_complete():
        return None
    return draft.review_on


def review_notice(person_id: str, zone: str, now: datetime) -> Notice | None:
    """Return what the first page says: something waits for this person, or both have answered."""
    couple = couple_or_none(person_id)
    reading = reading_of(couple) if couple else None
    if reading is None:
        return None
    unanswered = [each for each in reading.asked(zone, now) if not each.mine]
    if unanswered:
        return "trial" if all(each.trial for each in unanswered) else "review"
    return "settled" if reading.settled() else None


@transaction()
def answer_review(person_id: str, zone: str, given: Answers, now: datetime) -> Answered:
    """Keep a person's answers; where the other's lie there already, they are the outcome.

    What both have answered meanwhile stays as it is, and so does a version that was replaced.
    """
    couple = locked_couple(person_id)
    reading = reading_of(couple)
    if reading is None or reading.version.id != given.version_id:
        return "replaced"
    asked = {each.question.key: each.question for each in reading.asked(zone, now)}
    settled = [
        question
        for key, question in asked.items()
        if key in given.chosen and _keep(reading, question, given.chosen[key], now)
    ]
    if any(question.day <= reading.version.review_on for question in settled):
        _plan_next(reading, now)
    return "saved" if given.chosen.keys() <= asked.keys() else "late"


def _keep(reading: Reading, question: Question, answer: str, now: datetime) -> bool:
    """Keep one answer; say whether it was the second one, and so settled the question."""
    mine, theirs = reading.pair(question)
    if answer == OPEN:
        if mine is not None:
            reading.forget(mine)
        return False
    if mine is None:
        mine = reading.new_answer(question, answer, now)
    elif mine.answer != answer:
        mine.answer, mine.given_at = answer, now
    if theirs is None:
        return False
    mine.settled_at = theirs.settled_at = now
    db.session.flush()
    if question.about != TERMS:
        _follow(reading, question, (mine, theirs), now)
    return True


def _follow(
    reading: Reading, question: Question, both: tuple[ReviewAnswer, ReviewAnswer], now: datetime
) -> None:
    """Let the draft follow what both answered; what is in force stays."""
    promise = reading.promises[question.about]
    step = rules_review.step(
        rules_review.outcome(both[0].answer, both[1].answer),
        reading.is_reworded(question.about),
        rows.open_suggestion(promise.topic_id) is not None,
    )
    if step == "mark":
        promise.under_review_at = promise.under_review_at or now
    elif step == "retire":
        _let_go(reading, question.about, now)
    else:
        _stays(promise, question.day, min(answer.given_at for answer in both))


def _let_go(reading: Reading, about: str, now: datetime) -> None:
    """Let a promise leave the draft; its topic goes along unless it is another than they signed."""
    promise = reading.promises.pop(about)
    if promise.topic_id == about:
        moving.put_aside(reading.couple, rows.topic_of(reading.couple.id, about), now)
        return
    with moving.watching_text(reading.couple):
        db.session.delete(promise)


def _stays(promise: Promise, day: date, said_at: datetime) -> None:
    """Let a promise go on: a trial is over, and an older wish to look at it again was answered."""
    if promise.under_review_at and promise.under_review_at < said_at:
        promise.under_review_at = None
    if rules_review.is_over(promise.trial_until, day):
        promise.trial_until = None
        text_changed(promise.couple_id)


def plan_next(couple: CoupleView, now: datetime) -> None:
    """Do what follows where the last open question has left with its promise; same transaction."""
    reading = reading_of(couple)
    if reading is not None:
        _plan_next(reading, now)


def _plan_next(reading: Reading, now: datetime) -> None:
    """Let the draft be read again in twelve weeks, once everything of this review is settled."""
    draft = rows.draft_of(reading.couple.id)
    if draft is None or not reading.is_complete():
        return
    today = now.astimezone(ZoneInfo(draft.zone)).date()
    wanted = rules_review.next_review(draft.review_on, reading.version.review_on, today)
    if wanted != draft.review_on:
        draft.review_on = wanted
        # Whoever has the terms open is shown both (rule A9); neither of the two wrote this one.
        draft.revision += 1
        text_changed(draft.couple_id)
