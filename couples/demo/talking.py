"""What the demo couple did besides promising: reflecting, hearing each other, tidying topics."""

from __future__ import annotations

from datetime import datetime

from couples.agreement.needs import services_hearing
from couples.agreement.needs.services_hearing import Heard
from couples.agreement.promises import services_side
from couples.agreement.topics import services as services_topics
from couples.agreement.topics.services import Proposal
from couples.demo import story
from couples.demo.meeting import BOTH, Story
from couples.preparing import services_reflection
from couples.surveys.own_questions import services as services_own

REFLECTED, MERGED, RETIRED = -24, -12, 33
HEARD = -13


def before_promising(told: Story) -> None:
    """Let Maya reflect, each say once what they hear, and both make one topic of two."""
    maya = told.people["Maya"]
    services_reflection.save_reflection(maya, story.REFLECTION, 0, told.at(REFLECTED, 20, 40))
    for heard in story.HEARD:
        _hear(told, heard)
    into_id = told.topics[story.MERGED_INTO]
    merge = Proposal("merge", into_id, story.MERGED_NOTE)
    _move(told, BOTH, story.MERGED, merge, told.at(MERGED, 20))


def put_aside(told: Story) -> None:
    """Let both put a topic aside that has settled itself."""
    retire = Proposal("retire", note=story.RETIRED_NOTE)
    _move(told, BOTH[::-1], story.RETIRED, retire, told.at(RETIRED, 20))


def ask_of_their_own(told: Story, days: int) -> None:
    """Let Jonas suggest a question of their own, and Maya say yes to it the evening after."""
    maya, jonas = told.people["Maya"], told.people["Jonas"]
    services_own.suggest(jonas, story.OWN_QUESTION, told.at(days - 3, 21))
    (waiting,) = services_own.questions(maya).waiting
    services_own.use(maya, waiting.id, told.at(days - 2, 20))
    told.topics["own"] = waiting.id


def _hear(told: Story, heard: story.Heard) -> None:
    listener = told.people[heard.by]
    page = services_side.side(listener, told.topics[heard.listed])
    (leaf,) = (leaf for leaf in page.leaves if leaf.person.person_id != listener)
    author, need_id = leaf.person.person_id, leaf.needs[0].id
    services_hearing.hear(listener, need_id, Heard(heard.words), told.at(HEARD, 21))
    services_hearing.answer(author, need_id, heard.answer, 1, told.at(HEARD, 21, 20))


def _move(told: Story, pair: tuple[str, ...], listed: str, wanted: Proposal, at: datetime) -> None:
    """The first of a pair suggests it, and the other says yes to it the same evening."""
    one, other = (told.people[name] for name in pair)
    topic_id = told.topics[listed]
    services_topics.propose(one, topic_id, wanted, at)
    waiting = services_topics.moves(other, topic_id).waiting
    if waiting is None:
        raise RuntimeError("the demo's suggestion is not there")
    services_topics.use(other, waiting.id, at)
