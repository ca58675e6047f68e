"""A couple that has signed, made through our own services before the browser opens."""

from __future__ import annotations

from couples.accounts.services import begin_session
from tests import world as worlds
from tests.cast import make_person
from tests.journeys.service import Service
from tests.world import World


def signed_couple(service: Service) -> World:
    """Make Maya and Jonas in the running service's database; their first round is planned."""
    world, now = World(), service.now()
    with service.inside():
        for name in ("Maya", "Jonas"):
            world.people[name] = make_person(name, now)
        worlds.link(world, "Maya", "Jonas", now)
        worlds.sign_first_version(world, "Maya", "Jonas", now)
        for name, person_id in world.people.items():
            world.sessions[name] = begin_session(person_id, keep=True, now=now)
    return world
