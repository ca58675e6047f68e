"""How the demo couple came together: two accounts, an invite, their needs, opened at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from couples import tokens
from couples.accounts import services_signup
from couples.accounts.addresses import index_of
from couples.accounts.models import SignUp
from couples.accounts.services import end_sessions
from couples.agreement.needs import services as services_needs
from couples.agreement.needs import services_opening
from couples.agreement.needs.services import Heading
from couples.db import db
from couples.demo import story
from couples.mail import outbox
from couples.pairing import services_invites, services_linking
from couples.pairing.models import Membership
from couples.surveys.rhythm import local_instant

BOTH = ("Maya", "Jonas")


@dataclass(frozen=True, slots=True)
class Story:
    """The couple as far as it is made: ids by name, ids of topics, and the first opening's day."""

    people: dict[str, str]
    couple_id: str
    begins: date
    topics: dict[str, str]

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A moment some days after the first opening's day, or before it."""
        return at(self.begins + timedelta(days=days), hour, minute)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """The moment at which the couple's clocks show this time."""
    return local_instant(day, hour, story.ZONE, minute)


def meet(begins: date, password: str) -> tuple[dict[str, str], str]:
    """Bring both together in the weeks before a day; return their ids by name and the couple's."""
    people = sign_up(begins, password)
    couple_id = link(people, begins)
    _write_needs(people, begins)
    return people, couple_id


def sign_up(begins: date, password: str) -> dict[str, str]:
    """Let both make an account, Jonas a day after Maya; nobody stays signed in."""
    people = {}
    for days, name in enumerate(BOTH):
        when = at(begins - timedelta(days=25 - days), 19)
        people[name] = account(name, story.ADDRESSES[name], password, when)
        end_sessions(people[name], when)
    return people


def account(name: str, address: str, password: str, when: datetime) -> str:
    """Let somebody make an account and see the first page; return their id."""
    services_signup.ask_for_account(address, "en", when)
    mine = db.select(SignUp).where(SignUp.address_index == index_of(address))
    asked = db.session.scalars(mine.order_by(SignUp.asked_at.desc()).limit(1)).one()
    outbox.cancel(about_id=asked.id)
    token = tokens.make("confirm", asked.id)
    values = {"name": name, "password": password, "language": "en", "zone": story.ZONE}
    services_signup.confirm(token, **values, now=when)
    person_id = services_signup.person_id_of(index_of(address)) or ""
    services_signup.begin(person_id, when)
    return person_id


def link(people: dict[str, str], begins: date) -> str:
    """Let Maya invite and Jonas accept; return the couple's id."""
    made, taken = (at(begins - timedelta(days=days), 20) for days in (25, 24))
    services_invites.make_invite(people["Maya"], made)
    (invite,) = services_invites.open_invites(people["Maya"], made)
    couple_id = services_linking.accept(invite.code or "", people["Jonas"], taken)
    _redraw(couple_id, people)
    return couple_id


def _redraw(couple_id: str, people: dict[str, str]) -> None:
    """Give the same leaves and marks every time: pictures of the demo couple are printed."""
    rows = db.session.scalars(db.select(Membership).where(Membership.couple_id == couple_id)).all()
    couple = rows[0].couple
    for row in rows:
        db.session.delete(row)
    db.session.flush()
    for leaf, (name, mark) in enumerate(zip(BOTH, ("disc", "diamond"), strict=True), start=1):
        db.session.add(
            Membership(couple_id=couple_id, person_id=people[name], leaf=leaf, mark=mark)
        )
    db.session.flush()
    db.session.expire(couple)


def _write_needs(people: dict[str, str], begins: date) -> None:
    """Both write within a week; Jonas is ready last, which opens both pages."""
    for name, person_id in people.items():
        more = story.MORE_NEEDS if name == "Jonas" else {}
        needs = {listed: topic.needs[name] for listed, topic in story.TOPICS.items()} | more
        for days, (listed, words) in enumerate(needs.items()):
            when = at(begins - timedelta(days=23 - days), 21, 10)
            need_id = services_needs.begin_need(person_id, Heading(listed=listed), when)
            services_needs.save_need(person_id, need_id, words, 0, when)
    for days, name in ((18, "Maya"), (15, "Jonas")):
        services_opening.say_ready(people[name], at(begins - timedelta(days=days), 21, 30))
    for person_id in people.values():
        services_opening.open_pages(person_id)
