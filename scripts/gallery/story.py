"""The worlds: the demo couple as far as a state needs it, made by the product's own services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from couples import demo
from couples.accounts.addresses import index_of
from couples.accounts.services_signup import person_id_of
from couples.agreement import services_home
from couples.agreement.models import Need, Topic
from couples.agreement.needs import services as services_needs
from couples.agreement.needs.services import Heading
from couples.db import db, transaction
from couples.demo import filling, meeting, story, talking
from couples.demo.meeting import BOTH, Story
from couples.pairing.services import couple_of
from couples.surveys.models import Round
from couples.surveys.rounds import services_clock
from gallery.shapes import World

# A Friday evening inside the week the mock-ups show: a page is open since Thursday, until Sunday.
NOW = datetime.fromisoformat("2026-10-09T21:14:00+02:00")
TODAY = NOW.date()
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
# The demo couple's, and somebody's who is no part of it.
ADDRESSES = {**story.ADDRESSES, "Noor": "noor@example.org"}


def nobody() -> World:
    """No account at all."""
    return World({}, NOW)


@transaction()
def account(name: str, when: datetime = NOW) -> str:
    """Let somebody make an account; return their id."""
    address = ADDRESSES[name]
    known = person_id_of(index_of(address))
    return known or meeting.account(name, address, story.PASSWORD, when)


def alone() -> World:
    """Maya has an account and has seen the first page."""
    return World({"Maya": account("Maya", NOW - WEEK)}, NOW)


@transaction()
def linked() -> World:
    """Both are linked, and nobody has written anything."""
    begins = TODAY + 20 * DAY
    people = meeting.sign_up(begins, story.PASSWORD)
    meeting.link(people, begins)
    return World(people, NOW)


@transaction()
def written() -> World:
    """Both have written their needs; neither is ready."""
    world = linked()
    for name, person_id in world.people.items():
        more = story.MORE_NEEDS if name == "Jonas" else {}
        needs = {listed: topic.needs[name] for listed, topic in story.TOPICS.items()} | more
        for place, (listed, words) in enumerate(list(needs.items())[:4]):
            when = NOW - timedelta(hours=26) + place * timedelta(minutes=1)
            need_id = services_needs.begin_need(person_id, Heading(listed=listed), when)
            services_needs.save_need(person_id, need_id, words, 0, when)
    return _with_needs(world)


@transaction()
def opened() -> World:
    """Both pages are open, some of it is heard; no promise yet."""
    return _with_topics(_told(TODAY + 9 * DAY))


@transaction()
def agreed() -> World:
    """All promises of the first version and the terms are there; nobody has signed."""
    told = _told(TODAY + 3 * DAY)
    filling.work_out(told, 1, days=0)
    return _with_topics(told)


@transaction()
def signed() -> World:
    """The first version is in force, and the first page opens in some days."""
    told = _told(TODAY + 3 * DAY)
    filling.agree(told, 1, days=0)
    return _with_topics(told)


def begun() -> World:
    """The first page is open."""
    return _after_rounds(0)


def one_week() -> World:
    """One week has opened, and the second is open."""
    return _after_rounds(1)


def two_weeks() -> World:
    """Two weeks have opened, and the third is open."""
    return _after_rounds(2)


def half_year() -> World:
    """The whole demo couple: three versions, half a year of weeks, a talk behind and one ahead."""
    demo.fill(NOW)
    people = {name: person_id_of(index_of(ADDRESSES[name])) or "" for name in BOTH}
    return _with_topics(World(people, NOW))


@transaction()
def _after_rounds(count: int) -> World:
    told = _told(TODAY - DAY - count * WEEK)
    for index in range(count):
        filling.live_round(told, index)
    if not count:
        filling.agree(told, 1, days=0)
    opens_at = told.at(count * 7, filling.OPENS_HOUR)
    services_clock.open_due_round(told.couple_id, opens_at)
    return _with_topics(told)


def _told(begins: date) -> Story:
    people, couple_id = meeting.meet(begins, story.PASSWORD)
    topics = {
        line.topic.listed or "": line.topic.id for line in services_home.home(people["Maya"]).topics
    }
    told = Story(people, couple_id, begins, topics)
    talking.before_promising(told)
    return told


def _with_needs(world: World) -> World:
    for name, person_id in world.people.items():
        for need in db.session.scalars(db.select(Need).where(Need.person_id == person_id)):
            world.things[f"{need.listed}@{name}"] = need.id
    return world


def _with_topics(found: Story | World) -> World:
    world = found if isinstance(found, World) else World(found.people, NOW)
    couple_id = couple_of(world.maya).id
    for topic in db.session.scalars(db.select(Topic).where(Topic.couple_id == couple_id)):
        world.things[topic.listed or "own topic"] = topic.id
    rounds = db.select(Round).where(Round.couple_id == couple_id).order_by(Round.number)
    for each in db.session.scalars(rounds):
        world.things[f"round {each.number}"] = world.things["round"] = each.id
    return _with_needs(world)


WORLDS: dict[str, Callable[[], World]] = {
    one.__name__: one
    for one in (
        nobody, alone, linked, written, opened, agreed, signed, begun, one_week, two_weeks,
        half_year,
    )
}  # fmt: skip
