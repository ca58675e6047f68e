"""Workers by the dozen: `python -m tests.faults.sender DATABASE_URL FOLDER` forks one per order.

Each is a process of its own that runs the real delivery and can be killed for real; forked from a
process that has loaded everything, it is there in milliseconds instead of seconds. Orders come
and answers go as lines of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from couples.accounts.models import Person
from couples.app import create_app
from couples.db import db, new_id, transaction
from couples.mail import outbox
from couples.mail.carrying.transport import SmtpTransport
from couples.mail.letter import composers, settings
from couples.mail.message import mime
from couples.mail.models import (
    UNFINISHED,
    LetterState,
    LetterTime,
    MailServer,
    OutboxLetter,
    Suppression,
)
from couples.mail.outbox import Post
from couples.mail.sending.delivery import deliver
from couples.pairing.models import Membership
from couples.sealing import KeyRing
from couples.settings import Settings, new_secret_key
from couples.surveys.models import Round
from couples.surveys.rounds.services_clock import open_due_rounds
from tests.cast import link, make_person
from tests.faults.trap import Trap
from tests.surveys.agreed import INSIDE, OPENS, sign

NAMES = ("anna", "berit", "carla")
WINDOW = timedelta(hours=3)
WIPED = (LetterTime, OutboxLetter, Suppression, MailServer)
HANDED_OVER_WITHIN = 20.0


def seed(_order: dict[str, Any]) -> dict[str, Any]:
    """Make persons whose check-in is open."""
    signed_at = OPENS - timedelta(days=1)
    persons = [make_person(name, signed_at) for name in (*NAMES, "dora")]
    for one, two in (persons[:2], persons[2:]):
        sign(link(one, two, signed_at), signed_at)
    open_due_rounds(OPENS)
    warm_up()
    return {"now": INSIDE.isoformat(), "addresses": [f"{name}@example.org" for name in NAMES]}


def warm_up() -> None:
    """Compose once, so that no worker has to read templates first."""
    for row in db.session.scalars(select(OutboxLetter).where(OutboxLetter.kind == "open")):
        letter = composers[row.kind](row, INSIDE)
        assert letter
        mime.as_bytes(letter, settings(), INSIDE)


@transaction()
def post(_order: dict[str, Any]) -> dict[str, Any]:
    """Let nothing wait but one letter to each of three persons, in their order."""
    for table in WIPED:
        db.session.execute(delete(table))
    for person in db.session.scalars(select(Person)):
        person.returned_at = None
    outbox.post_all([wish_for(name, place) for place, name in enumerate(NAMES)], INSIDE)
    return {}


def wish_for(name: str, place: int) -> Post:
    """Return the wish for a person's letter about the open round."""
    person = next(one for one in db.session.scalars(select(Person)) if one.name == name)
    couple_id = db.session.scalar(
        select(Membership.couple_id).where(Membership.person_id == person.id)
    )
    round_ = db.session.scalars(select(Round).where(Round.couple_id == couple_id)).one()
    return Post(
        kind="open",
        key=new_id(),
        person_id=person.id,
        about_id=round_.id,
        couple_id=couple_id,
        due_at=INSIDE - timedelta(seconds=9 - place),
        not_after=INSIDE + WINDOW,
    )


def fates(_order: dict[str, Any]) -> dict[str, Any]:
    """Say what the outbox says about each address, and when to look next."""
    db.session.rollback()
    query = select(Person, OutboxLetter.state).join(
        OutboxLetter, OutboxLetter.person_id == Person.id
    )
    states = {person.address: state.value for person, state in db.session.execute(query)}
    times, first = db.session.execute(
        select(func.count(LetterTime.letter_id), func.min(LetterTime.at))
    ).one()
    rest = sum(LetterState(state) in UNFINISHED for state in states.values())
    return {
        "states": states,
        "times": times,
        "unfinished": rest,
        "next": first.isoformat() if first else None,
    }


def work(order: dict[str, Any]) -> dict[str, Any]:
    """Fork a worker; say how it ended."""
    db.session.remove()
    # No connection crosses the fork.
    db.engine.dispose()
    pid = os.fork()
    if pid:
        return {"status": os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}
    try:
        run(order)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def run(order: dict[str, Any]) -> None:
    """Deliver as a worker does, at the moment of the order."""
    if order["point"]:
        Trap(order["point"], order["settled"]).set(db.engine)
    now = datetime.fromisoformat(order["now"])
    transport = SmtpTransport(
        order["smtp_url"],
        hello=f"worker-{os.getpid()}",
        answer_seconds=order["patience"] or HANDED_OVER_WITHIN,
    )
    deliver(lambda: now, transport)


ORDERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "seed": seed,
    "post": post,
    "work": work,
    "fates": fates,
}


def main(database_url: str, folder: str) -> None:
    """Do what each line orders."""
    environ = {
        "SECRET_KEY": new_secret_key(),
        "SEALING_KEYS": KeyRing.new().text(),
        "DATABASE_URL": database_url,
        "DATA_DIR": folder,
        "MAIL_FROM": "pages@pages.example.org",
    }
    with create_app(Settings.from_environ(environ)).app_context():
        for line in sys.stdin:
            order = json.loads(line)
            print(json.dumps(ORDERS[order["do"]](order)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
