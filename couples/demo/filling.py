"""Filling in the demo couple: the real services, called with the times of half a year.

Everything happens in one transaction, so that there is a whole couple or none.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select, update

from couples.accounts import services_signup
from couples.accounts.addresses import index_of
from couples.agreement import services_home
from couples.agreement.needs import services as services_needs
from couples.agreement.needs.services import Heading
from couples.agreement.promises import services as services_wording
from couples.agreement.promises import services_side
from couples.agreement.promises.services import Wording
from couples.agreement.rhythm import Rhythm
from couples.agreement.rules import PromiseWords, Terms
from couples.agreement.signing import services as services_signing
from couples.agreement.signing import services_terms, services_versions
from couples.db import db, new_id, transaction
from couples.demo import meeting, meeting_again, story, talking
from couples.demo.meeting import BOTH, Story
from couples.mail import outbox
from couples.mail.letter import settings
from couples.mail.models import LetterState, LetterTime, OutboxLetter
from couples.privacy import services as notes
from couples.settings import BadSetting
from couples.surveys import services as services_rounds
from couples.surveys.answering import services as services_answers
from couples.surveys.answering.services import Answers
from couples.surveys.letters import services as services_choices
from couples.surveys.rhythm import local_day
from couples.surveys.rounds import services_clock
from couples.surveys.rules import OVERALL

OPENS_HOUR, CLOSES_HOUR, OPEN_DAYS = 18, 20, 3
# Before which round, counted from 0, the three versions were signed.
SIGNED_BEFORE = {1: 0, 2: 6, 3: 18}
REVIEW_AFTER = timedelta(weeks=21)
PUT_ASIDE_BEFORE, REWORDS = 2, 3
# The version and topic for which there were two suggestions.
FIRST_TRY = (2, "home")


class DemoIsThere(BadSetting):
    """The demo couple is filled in already; it is never filled in twice."""


@dataclass(frozen=True, slots=True)
class DemoLogins:
    """How to sign in as either."""

    url: str
    addresses: tuple[str, ...]
    password: str

    def __str__(self) -> str:
        """Say it in a few lines."""
        who = "\n".join(f"  {address}" for address in self.addresses)
        return (
            f"The demo couple is filled in. Open {self.url} and sign in as\n{who}\n"
            f"with the password:\n  {self.password}"
        )


@transaction()
def fill(now: datetime) -> DemoLogins:
    """Add the demo couple with half a year behind it and a round that is open now."""
    if any(services_signup.person_id_of(index_of(one)) for one in story.ADDRESSES.values()):
        raise DemoIsThere("The demo couple is filled in already. Nothing was changed.")
    password = story.PASSWORD if settings().is_loopback else secrets.token_urlsafe(12)
    last = local_day(now, story.ZONE) - timedelta(days=1)
    begins = last - timedelta(weeks=story.ROUNDS)
    people, couple_id = meeting.meet(begins, password)
    topics = {
        line.topic.listed or "": line.topic.id for line in services_home.home(people["Maya"]).topics
    }
    told = Story(people, couple_id, begins, topics)
    talking.before_promising(told)
    for index in range(story.ROUNDS + 1):
        live_round(told, index)
    _still_going_on(told, now)
    meeting_again.plan_the_next(told, now)
    _quiet_letters(told, now)
    return DemoLogins(settings().public_url, tuple(story.ADDRESSES.values()), password)


def live_round(told: Story, index: int) -> None:
    """Sign what was signed before a round, open it, answer it, and close it unless it is the last.

    Its letters went out long ago, as far as anybody will ever know: none of them goes out now.
    """
    for version, before in SIGNED_BEFORE.items():
        if before == index:
            agree(told, version, days=index * 7)
    if index == story.OWN_BEFORE:
        talking.ask_of_their_own(told, index * 7)
    if index == meeting_again.TALKED_BEFORE:
        meeting_again.talk_once(told, index * 7)
    opens_at = told.at(index * 7, OPENS_HOUR)
    services_clock.open_due_round(told.couple_id, opens_at)
    found = services_rounds.open_round(told.people["Maya"], opens_at)
    if found is None:
        raise RuntimeError("the demo's rounds are out of step")
    for name in BOTH:
        _answer(told, name, index, found.id)
    # One round asks about a step, and no later one.
    told.topics.pop("step", None)
    if index < story.ROUNDS:
        outbox.cancel(about_id=found.id)
        services_clock.settle_round(found.id, found.closes_at)


def _answer(told: Story, name: str, index: int, round_id: str) -> None:
    numbers = {
        OVERALL if question == OVERALL else told.topics[question]: answers[index]
        for question, answers in story.ANSWERS[name].items()
        if question == OVERALL or question in told.topics
    }
    if numbers[OVERALL] == "-":
        return
    given = {key: int(one) if one != "-" else None for key, one in numbers.items()}
    words, shared = story.WORDS.get((name, index), ("", False))
    answers = Answers(
        given, (name, index) not in story.KEPT, words, shared, scale=_points(name, index)
    )
    at = told.at(index * 7, OPENS_HOUR, 20 + BOTH.index(name) * 25)
    services_answers.save_answers(told.people[name], round_id, answers, at)


def _points(name: str, index: int) -> dict[str, int | None]:
    given = story.SCALE[name].get(index, "")
    return {item: int(one) for item, one in zip(story.SCALE_ITEMS, given, strict=False)}


def agree(told: Story, version: int, days: int) -> None:
    """Work out one version within a week, and sign it together."""
    work_out(told, version, days)
    for minute, name in enumerate(BOTH):
        _sign(told, name, meeting.at(_signed_on(told, days), 20, 31 + minute * 3))


def work_out(told: Story, version: int, days: int) -> None:
    """Work out this version's promises within a week, and choose the terms once."""
    if version == PUT_ASIDE_BEFORE:
        talking.put_aside(told)
    signed_on = _signed_on(told, days)
    for place, (listed, words) in enumerate(_wordings(version, signed_on).items()):
        author, other = BOTH if place % 2 == version % 2 else BOTH[::-1]
        if (version, listed) == FIRST_TRY:
            _suggest(told, other, listed, story.FIRST_TRY, "", told.at(days - 10, 20, 40))
        note = story.REASONS.get(listed, "") if version > 1 else ""
        suggestion_id = _suggest(
            told, author, listed, words, note, told.at(days - 9 + place, 20, 15)
        )
        services_wording.use(told.people[other], suggestion_id, told.at(days - 6 + place, 21))
    maya = told.people["Maya"]
    page = services_terms.terms(maya, story.ZONE, signed_on)
    terms = Terms(_rhythm(told.begins), story.TALK_PLAN, signed_on + REVIEW_AFTER)
    services_terms.save_terms(maya, terms, page.revision, told.at(days - 5, 20))


def _signed_on(told: Story, days: int) -> date:
    return told.begins + timedelta(days=days - 4)


def _wordings(version: int, signed_on: date) -> dict[str, PromiseWords]:
    """The promises that are new in a version: the third has one, on trial."""
    if version == REWORDS:
        return {"time": replace(story.REWORDED, trial_until=signed_on + story.TRIAL)}
    return {
        listed: topic.promise for listed, topic in story.TOPICS.items() if topic.version == version
    }


def _suggest(
    told: Story, author: str, listed: str, words: PromiseWords, note: str, at: datetime
) -> str:
    person_id, topic_id = told.people[author], told.topics[listed]
    seen = services_side.side(person_id, topic_id).seen
    services_wording.suggest(person_id, topic_id, Wording(words, False, note, seen), at)
    return services_side.side(person_id, topic_id).seen


def _rhythm(begins: date) -> Rhythm:
    opens, closes = begins.weekday(), (begins.weekday() + OPEN_DAYS) % 7
    return Rhythm(1, opens, OPENS_HOUR, closes, CLOSES_HOUR, story.ZONE)


def _sign(told: Story, name: str, at: datetime) -> None:
    person_id = told.people[name]
    page = services_signing.sign_page(person_id)
    services_signing.sign(person_id, story.SIGNED_NAMES[name], page.read_hash, at)


def _still_going_on(told: Story, now: datetime) -> None:
    """Leave something to do: words that wait for Maya, a need begun, and private notes."""
    today = local_day(now, story.ZONE)
    three_days_ago = meeting.at(today - timedelta(days=3), 20, 10)
    _suggest(told, "Jonas", "heard", story.SUGGESTED, story.SUGGESTED_NOTE, three_days_ago)
    maya = told.people["Maya"]
    need_id = services_needs.begin_need(maya, Heading(listed="plans"), three_days_ago)
    services_needs.save_need(maya, need_id, story.DRAFT, 0, three_days_ago)
    for name, written in story.NOTES.items():
        for weeks_ago, words in written:
            at = meeting.at(today - timedelta(weeks=weeks_ago), 21, 40)
            notes.save_note(told.people[name], new_id(), words, revision=0, may_begin=True, now=at)


def _quiet_letters(told: Story, now: datetime) -> None:
    """Let no letter of the past go out; where mail is really sent, none at all goes by the clock.

    On a machine that shows captured letters the one about the open round stays: it still holds.
    """
    earlier = services_versions.versions(told.people["Maya"])[1:]
    _cancel(version.id for version in earlier)
    if not settings().shows_captured_letters:
        outbox.cancel(couple_id=told.couple_id)
        for person_id in told.people.values():
            services_choices.pause(person_id, "open", now)
    _due_from(now)


def _due_from(now: datetime) -> None:
    """Let nothing look late: a cancelled letter has no time, and one of the past is due now."""
    cancelled = select(OutboxLetter.id).where(OutboxLetter.state == LetterState.CANCELLED)
    db.session.flush()
    db.session.execute(delete(LetterTime).where(LetterTime.letter_id.in_(cancelled)))
    db.session.execute(update(LetterTime).where(LetterTime.at < now).values(at=now))


def _cancel(about_ids: Iterable[str]) -> None:
    for about_id in about_ids:
        outbox.cancel(about_id=about_id)
