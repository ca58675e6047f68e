"""What happens to talks, and to what is brought to them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from couples.db import db
from couples.demo import story as told
from couples.pairing.services import couple_of
from couples.talks import services_next
from couples.talks.agenda import services as services_agenda
from couples.talks.models import AgendaItem, Talk
from couples.talks.planning import services as services_planning
from couples.talks.sitting import services as services_sitting
from couples.talks.sitting import services_after, services_steps
from couples.talks.sitting.rules import TALKED
from couples.talks.sitting.shapes import StepWords, Written
from gallery.shapes import World

# The Sunday of the next talk, the evening after it, and much later.
TODAY = datetime.fromisoformat("2026-10-11T09:00:00+02:00")
AFTER = datetime.fromisoformat("2026-10-11T20:30:00+02:00")
LONG_AFTER = datetime.fromisoformat("2026-11-20T20:10:00+01:00")
SAID = {"q-{line 0}": "talked", "q-{line 1}": "done"}
STEP = StepWords("Jonas makes the dentist calls this month.", False, date(2026, 11, 1))


def named(world: World) -> None:
    """Name the talk behind and the one ahead."""
    couple_id = couple_of(world.maya).id
    query = db.select(Talk).where(Talk.couple_id == couple_id)
    for talk in db.session.scalars(query):
        world.things["past talk" if talk.talked_at else "talk"] = talk.id


def maya_proposes(world: World) -> None:
    """Maya proposes two times."""
    _propose(world, world.maya)


def jonas_proposes(world: World) -> None:
    """Jonas proposes two times."""
    _propose(world, world.jonas)


def _propose(world: World, person_id: str) -> None:
    days = (TODAY + timedelta(days=more, hours=10, minutes=30) for more in (1, 3))
    services_planning.propose(person_id, list(days), 30, world.now)
    named(world)


def jonas_agrees(world: World) -> None:
    """Jonas says yes to one of them."""
    waiting = services_next.next_talk(world.jonas, world.now)
    if waiting is None:
        raise RuntimeError("no talk was proposed")
    services_planning.say_yes(world.jonas, waiting.theirs[0].id, world.now)


def called_off(world: World) -> None:
    """Jonas has called the talk off."""
    named(world)
    services_planning.call_off(world.jonas, world.things["talk"], world.now)


def item(world: World) -> None:
    """Name what Maya brings to the next talk."""
    named(world)
    query = db.select(AgendaItem).where(
        AgendaItem.author_id == world.maya, AgendaItem.talk_id.is_(None)
    )
    world.things["item"] = db.session.scalars(query).all()[-1].id


def item_elsewhere(world: World) -> None:
    """Maya changes what she brings in another tab."""
    row = db.session.get_one(AgendaItem, world.things["item"])
    services_agenda.change(world.maya, row.id, "Who calls the dentist", row.revision)


def item_gone(world: World) -> None:
    """Maya takes back what she brings in another tab."""
    services_agenda.take_back(world.maya, world.things["item"], world.now)


def lines(world: World) -> None:
    """Name what is asked about after the talk."""
    named(world)
    page = services_sitting.talk_page(world.maya, world.things["talk"], told.ZONE, AFTER)
    asked = [one.id for one in page.items] + [one.id for one in page.steps]
    for number, line_id in enumerate(asked):
        world.things[f"line {number}"] = line_id


def jonas_writes(world: World) -> None:
    """Jonas writes down what came of the talk."""
    _write_down(world, AFTER)


def _write_down(world: World, at: datetime) -> None:
    page = services_sitting.talk_page(world.jonas, world.things["talk"], told.ZONE, at)
    said = {one.id: TALKED for one in page.items} | {one.id: "done" for one in page.steps}
    services_after.write_down(world.jonas, page.id, Written(said, STEP), at)


def just_talked(world: World) -> None:
    """They have just talked, and a step came of it."""
    named(world)
    _write_down(world, world.now)


def step_elsewhere(world: World) -> None:
    """Jonas words the step in another way meanwhile."""
    wanted = StepWords("Make the dentist calls before November.", False, None)
    services_steps.change(world.jonas, world.things["talk"], wanted, 1, world.now)
