"""The demo couple's talks: one behind them with what came of it, and one both said yes to."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from couples.demo import story
from couples.demo.meeting import BOTH, Story, at
from couples.surveys.rhythm import local_day
from couples.talks import services_next
from couples.talks.agenda import services as services_agenda
from couples.talks.planning import services as services_planning
from couples.talks.sitting import services as services_sitting
from couples.talks.sitting import services_after
from couples.talks.sitting.rules import TALKED
from couples.talks.sitting.shapes import StepWords, Written

HOUR, MINUTE = 19, 30
TALK_MINUTES = 30
# They have talked once, in the week before this round, which asks about the step that came of it.
TALKED_BEFORE = 25
BROUGHT = {
    "Maya": ("Something small to laugh about", "time"),
    "Jonas": ("Who makes which calls", "home"),
}
STEP = "Make the dentist calls this month."
# And what Maya brings to the next one; Jonas leaves his line as it is.
BRINGS = ("Dentist and doctor calls", "home")
SUNDAY = 6


def talk_once(told: Story, days: int) -> None:
    """Let both talk two days before a round, about what each brought, with one next step."""
    starts_at = told.at(days - 2, HOUR, MINUTE)
    talk_id = _plan(told, starts_at, told.at(days - 4, 20))
    said = {}
    for name, (words, about) in BROUGHT.items():
        added_at = told.at(days - 3, 21, BOTH.index(name))
        item_id = services_agenda.add(told.people[name], words, told.topics[about], added_at)
        said[item_id] = TALKED
    day = told.begins + timedelta(days=days + 21)
    written = Written(said, StepWords(STEP, True, day))
    ended_at = told.at(days - 2, HOUR + 1, 5)
    jonas = told.people["Jonas"]
    services_after.write_down(jonas, talk_id, written, ended_at)
    step = services_sitting.talk_page(jonas, talk_id, story.ZONE, ended_at).step
    told.topics["step"] = step.id if step else ""


def plan_the_next(told: Story, now: datetime) -> None:
    """Let both say yes to next Sunday, and Maya bring something."""
    today = local_day(now, story.ZONE)
    _plan(told, at(_next_sunday(today), HOUR, MINUTE), at(today - timedelta(days=2), 20))
    words, about = BRINGS
    when = at(today - timedelta(days=2), 21)
    services_agenda.add(told.people["Maya"], words, told.topics[about], when)


def _next_sunday(today: date) -> date:
    return today + timedelta(days=(SUNDAY - today.weekday() - 1) % 7 + 1)


def _plan(told: Story, starts_at: datetime, when: datetime) -> str:
    """Let Maya propose a time and Jonas say yes to it the same evening; return the talk."""
    maya, jonas = (told.people[name] for name in BOTH)
    services_planning.propose(maya, [starts_at], TALK_MINUTES, when)
    yes_at = when + timedelta(minutes=25)
    waiting = services_next.next_talk(jonas, yes_at)
    if waiting is None:
        raise RuntimeError("the demo's talk is not there")
    (time,) = waiting.theirs
    services_planning.say_yes(jonas, time.id, yes_at)
    return waiting.id
