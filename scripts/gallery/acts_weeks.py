"""What happens to check-ins, talks and questions."""

from __future__ import annotations

from datetime import datetime, timedelta

from couples.db import db
from couples.surveys.answering import services as services_answers
from couples.surveys.answering import services_drafts, services_skipping
from couples.surveys.answering.services import Answers
from couples.surveys.letters import services as services_choices
from couples.surveys.longer_look import services as services_longer
from couples.surveys.longer_look.services import LONG_SCALE
from couples.surveys.models import Round
from couples.surveys.own_questions import services as services_questions
from couples.surveys.rounds import services_clock
from couples.surveys.rules import OVERALL
from gallery.acts import stop_token
from gallery.shapes import World

# The morning after the week that is open has closed, and later weeks of the same couple.
MONDAY = datetime.fromisoformat("2026-10-12T08:30:00+02:00")
LATER = datetime.fromisoformat("2026-11-20T20:10:00+01:00")
FOURTH = datetime.fromisoformat("2026-10-30T19:00:00+01:00")
QUESTION = "Did we have an evening without the list?"


def week_begun(world: World) -> None:
    """Maya has begun to answer."""
    fields = {"q0": "5", "q1": "4", "words": "A long week at work."}
    services_drafts.save_draft(world.maya, world.things["round"], fields, 0, world.now)


def maya_answered(world: World) -> None:
    """Maya has answered and shares it."""
    _answer(world, "Maya", 5, "Tuesday was a real evening.")


def both_answered(world: World) -> None:
    """Both have answered and share it, and the week closes."""
    maya_answered(world)
    _answer(world, "Jonas", 6, "The hello at the door.")
    settled(world)


def only_jonas(world: World) -> None:
    """Jonas has answered, Maya keeps hers, and the week closes."""
    _answer(world, "Jonas", 6, "")
    _answer(world, "Maya", 5, "", share=False)
    settled(world)


def words_elsewhere(world: World) -> None:
    """Maya writes other words in another window."""
    answers = Answers(
        {OVERALL: 5}, True, words="We finished the puzzle.", words_shared=True,
        words_before="Tuesday was a real evening.",
    )  # fmt: skip
    services_answers.save_answers(world.maya, world.things["round"], answers, world.now)


def _answer(world: World, name: str, number: int, words: str, share: bool = True) -> None:
    person_id, round_id = world.people[name], world.things["round"]
    asked = services_answers.questions_of(db.session.get_one(Round, round_id))
    numbers: dict[str, int | None] = dict.fromkeys(asked, number)
    answers = Answers(numbers, share, words=words, words_shared=bool(words))
    services_answers.save_answers(person_id, round_id, answers, world.now)


def settled(_world: World) -> None:
    """The open week closes."""
    services_clock.close_due_rounds(MONDAY)


def it_closes(world: World) -> None:
    """The week closes while the page stands open."""
    world.set_clock(MONDAY)


def maya_skips(world: World) -> None:
    """Maya leaves this one out."""
    services_skipping.skip(world.maya, world.now)


def paused(world: World) -> None:
    """Maya has paused her letters."""
    services_choices.pause(world.maya, "two", world.now)


def stopped(world: World) -> None:
    """Maya has stopped her letters."""
    stop_token(world)
    services_choices.stop_by_token(world.things["stop"], world.now)


def three_missed(world: World) -> None:
    """Three weeks have gone by without an answer of Maya's, and a fourth is open."""
    now = world.now
    while now < FOURTH:
        services_clock.close_due_rounds(now)
        services_clock.open_due_rounds(now)
        now += timedelta(hours=12)


def question_waits(world: World) -> None:
    """Jonas suggests a question of their own."""
    services_questions.suggest(world.jonas, QUESTION, world.now)
    (waiting,) = services_questions.questions(world.maya).waiting
    world.things["question"] = waiting.id


def question_used(world: World) -> None:
    """Jonas takes his question back meanwhile."""
    services_questions.put_away(world.jonas, world.things["question"], world.now)


def looked_longer(world: World) -> None:
    """Maya has finished a longer look."""
    page = services_longer.open_page(world.maya, world.now)
    points: dict[str, int | None] = {one.key: one.choices[2][1] for one in LONG_SCALE.items}
    revision = page.look.revision if page.look else 0
    services_longer.finish_look(world.maya, points, revision, world.now)
