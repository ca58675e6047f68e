"""A version being read again: its questions, and what lies there of both answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from couples.agreement import rows
from couples.agreement.document.content import Clause, Content, from_plain
from couples.agreement.models import Promise, Suggestion, Topic
from couples.agreement.review import rules as rules_review
from couples.agreement.review.rules import TERMS, Question
from couples.agreement.review.shapes import Asked, Settled
from couples.agreement.rules import PromiseWords
from couples.agreement.signing.models import ReviewAnswer, Version
from couples.agreement.topics import rows as rows_topics
from couples.db import db
from couples.pairing.services import CoupleView

Answer = ReviewAnswer | None


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """The version in force, the draft's promises by its topics, and answers by question."""

    couple: CoupleView
    version: Version
    content: Content
    promises: dict[str, Promise]
    answers: dict[Question, dict[str, ReviewAnswer]]

    def asked(self, zone: str, now: datetime) -> tuple[Asked, ...]:
        """Return the questions whose day has come for a reader in this zone, in the text's order.

        A promise that has left the draft meanwhile is no longer a question.
        """
        return tuple(
            Asked(question, clause, question.day != self.version.review_on, self._mine(question))
            for clause, question in self._open()
            if rules_review.has_come(question.day, zone, now)
        )

    def _open(self) -> Iterator[tuple[Clause | None, Question]]:
        for about, clause in self._subjects():
            day = rules_review.open_day(
                self._days(clause), self._moments(about), self.content.rhythm.zone
            )
            if day and (clause is None or about in self.promises):
                yield clause, Question(about, day)

    def _subjects(self) -> Iterator[tuple[str, Clause | None]]:
        for clause in self.content.clauses:
            yield clause.topic_id, clause
        yield TERMS, None

    def _days(self, clause: Clause | None) -> list[date]:
        return rules_review.days_of(clause.trial_until if clause else None, self.version.review_on)

    def _moments(self, about: str) -> dict[date, datetime]:
        """Return when each day's question about a promise was settled."""
        return {
            question.day: row.settled_at
            for question, given in self.answers.items()
            if question.about == about
            for row in given.values()
            if row.settled_at
        }

    def _mine(self, question: Question) -> str:
        mine, _theirs = self.pair(question)
        return mine.answer if mine else ""

    def pair(self, question: Question) -> tuple[Answer, Answer]:
        """Return the reader's own answer and the other's, as far as they are there."""
        given = self.answers.get(question, {})
        return given.get(self.couple.me.person_id), given.get(self.couple.partner.person_id)

    def settled(self) -> tuple[Settled, ...]:
        """Return what both answered, each promise once and by its last day."""
        found = ((clause, self._last(about)) for about, clause in self._subjects())
        return tuple(self._settled(clause, question) for clause, question in found if question)

    def _last(self, about: str) -> Question | None:
        day = max(self._moments(about), default=None)
        return Question(about, day) if day else None

    def _settled(self, clause: Clause | None, question: Question) -> Settled:
        given, promise = self.answers[question], self.promises.get(question.about)
        left, right = self.couple.left, self.couple.right
        one, other = given[left.person_id].answer, given[right.person_id].answer
        return Settled(
            question.about,
            promise.topic_id if promise else question.about,
            clause,
            ((left, one), (right, other)),
            rules_review.outcome(one, other),
            in_draft=promise is not None,
            under_review=bool(promise and promise.under_review_at),
        )

    def is_complete(self) -> bool:
        """Whether the review is settled: how they keep talking, and each promise in the draft."""
        waiting = (question.day for _clause, question in self._open())
        return all(day > self.version.review_on for day in waiting)

    def is_reworded(self, topic_id: str) -> bool:
        """Whether the draft's promise says something else by now, its trial apart."""
        (clause,) = (each for each in self.content.clauses if each.topic_id == topic_id)
        promise = self.promises[topic_id]
        words = replace(rows.promise_words(promise), trial_until=None)
        signed = PromiseWords(clause.words, clause.kept_when, clause.otherwise, clause.how_often)
        return (promise.owner_id, words) != (clause.owner_id, signed)

    def new_answer(self, question: Question, answer: str, now: datetime) -> ReviewAnswer:
        """Add the reader's own answer."""
        person_id = self.couple.me.person_id
        row = ReviewAnswer(
            version_id=self.version.id,
            about=question.about,
            occasion_on=question.day,
            person_id=person_id,
            answer=answer,
            given_at=now,
        )
        db.session.add(row)
        self.answers.setdefault(question, {})[person_id] = row
        return row

    def forget(self, row: ReviewAnswer) -> None:
        """Take the reader's own answer away."""
        del self.answers[Question(row.about, row.occasion_on)][row.person_id]
        db.session.delete(row)


def reading_of(couple: CoupleView) -> Reading | None:
    """Return the version in force with all answers to it, if both have signed one."""
    version = rows.last_version(couple.id)
    if version is None:
        return None
    query = db.select(ReviewAnswer).where(ReviewAnswer.version_id == version.id)
    answers: dict[Question, dict[str, ReviewAnswer]] = {}
    for row in db.session.scalars(query):
        answers.setdefault(Question(row.about, row.occasion_on), {})[row.person_id] = row
    content = from_plain(version.content)
    promises = {
        about: promise
        for about, promise in _promises(couple.id, content).items()
        if not _followed(answers, about, promise.agreed_at)
    }
    return Reading(couple, version, content, promises, answers)


def _followed(
    answers: dict[Question, dict[str, ReviewAnswer]], about: str, agreed_at: datetime
) -> bool:
    """Whether what is there now was agreed after both let go of what was signed."""
    settled = {
        question.day: [row for row in given.values() if row.settled_at]
        for question, given in answers.items()
        if question.about == about
    }
    last = max((day for day, given in settled.items() if given), default=None)
    return last is not None and all(
        row.answer == rules_review.RETIRED and row.settled_at and row.settled_at < agreed_at
        for row in settled[last]
    )


def _promises(couple_id: str, content: Content) -> dict[str, Promise]:
    """Return those of the draft's promises that were signed, by the topic they were signed under.

    A promise moved only where there was none: of two that did, the later one is there now.
    """
    found, signed = rows.promises_of(couple_id), {clause.topic_id for clause in content.clauses}
    topics = [topic for topic in rows_topics.every_topic(couple_id) if topic.id in signed]
    agreed = _agreed_under(couple_id) if signed - found.keys() else frozenset()
    ways = sorted(map(rows.way_of, topics), key=_moments_of)
    now_of = {way[-1].id: way[0].id for way in ways if agreed.isdisjoint(_ids(way[:-1]))}
    return {about: found[there] for there, about in now_of.items() if there in found}


def _moments_of(way: list[Topic]) -> list[datetime]:
    """Return when a topic came to where it is, the last step first."""
    return [topic.retired_at for topic in reversed(way[:-1]) if topic.retired_at]


def _ids(topics: list[Topic]) -> list[str]:
    return [topic.id for topic in topics]


def _agreed_under(couple_id: str) -> frozenset[str]:
    """Return the topics with words once agreed: they moved along where their promise did."""
    agreed = db.select(Suggestion.topic_id).where(
        Suggestion.couple_id == couple_id, Suggestion.used_at.is_not(None)
    )
    return frozenset(db.session.scalars(agreed))
