"""A program that looks through mail: it follows every link and presses every button as it comes."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle, islice

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import tokens
from couples.accounts import services_passwords, services_signup
from couples.accounts.models import Reset, SignUp
from couples.db import Base, db
from couples.pairing import services_invites
from couples.pairing.models import Invite
from couples.pairing.rules import in_groups
from couples.surveys.readers import choices_of
from tests.cast import Cast
from tests.pages import Form, forms_of
from tests.surveys.agreed import INSIDE, at, opened, response_of

FETCHES = 1000
# What stands in these tables may not change by anything a program can do with a letter.
GUARDED = (
    *("responses", "letter_choices", "memberships", "couples", "persons", "sessions"),
    *("invites", "blocks", "suppressions"),
)


@pytest.fixture
def links(app: Flask, cast: Cast, now: datetime) -> list[str]:
    """Return the address behind every kind of link that is mailed; all of them still work."""
    round_id = opened(cast.couple, now).id
    mine = [response_of(round_id, person_id) for person_id in (cast.maya, cast.jonas)]
    choices = choices_of([cast.maya])[cast.maya]
    services_signup.ask_for_account("kim@example.org", "en", INSIDE)
    services_passwords.ask_for_reset("maya@example.org", INSIDE)
    services_invites.make_invite(cast.ines, INSIDE, address="lea@example.org")
    code = db.session.scalars(db.select(Invite)).one().code
    app.config["RATELIMIT_ENABLED"] = False
    return [
        *(f"/week/{tokens.make('week', one.id, one.generation)}" for one in mine),
        f"/stop/{tokens.make('stop', choices.id, choices.generation)}",
        f"/reset/{tokens.make('reset', db.session.scalars(db.select(Reset)).one().id)}",
        f"/confirm/{tokens.make('confirm', db.session.scalars(db.select(SignUp)).one().id)}",
        f"/join/{in_groups(code)}",
    ]


def dump(*tables: str) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of these tables, or of every table."""
    db.session.rollback()
    wanted = tables or tuple(Base.metadata.tables)
    return {
        name: [tuple(row) for row in db.session.execute(db.text(f"SELECT * FROM {name}"))]
        for name in wanted
    }


def presses(form: Form) -> list[dict[str, str]]:
    """Return what each button of a form sends as it comes: nothing chosen, nothing typed."""
    as_it_comes = {one.name: one.value for one in form.fields if one.value or not one.offers}
    return [as_it_comes, *({**as_it_comes, **dict([button])} for button in form.buttons)]


def test_E6_a_thousand_fetches_change_nothing_at_all(client: FlaskClient, links: list[str]) -> None:
    before = dump()
    with at(INSIDE):
        for number, path in enumerate(islice(cycle(links), FETCHES)):
            answer = client.open(path, method="HEAD" if number // len(links) % 2 else "GET")
            assert answer.status_code == 200, path
    assert dump() == before


@pytest.mark.parametrize("seconds", [0.2, 2, 3600])
def test_E6_every_button_as_it_comes_records_stops_and_links_nothing(
    client: FlaskClient, links: list[str], seconds: float
) -> None:
    before, pressed = dump(*GUARDED), 0
    for path in links:
        with at(INSIDE):
            forms = forms_of(client.get(path).text)
        for form in forms:
            for fields in presses(form):
                pressed += 1
                with at(INSIDE + timedelta(seconds=seconds)):
                    assert client.post(form.action or path, data=fields).status_code < 500
    assert pressed >= 2 * 3 + 4, "three ways to press each check-in page, one each of the others"
    assert dump(*GUARDED) == before


def test_E6_the_stop_page_takes_a_choice_and_mail_programs_take_none(
    client: FlaskClient, links: list[str], cast: Cast
) -> None:
    (stop,) = (path for path in links if path.startswith("/stop/"))
    with at(INSIDE):
        (form,) = forms_of(client.get(stop).text)
        wishes = form.named("length")
        assert wishes is not None and (wishes.value, wishes.offers[0]) == ("", "stop")
        before = dump("letter_choices")
        assert "Pick one first" in client.post(stop).text
        assert dump("letter_choices") == before
        assert "These emails have stopped" in client.post(stop, data={"length": "stop"}).text
    assert choices_of([cast.maya])[cast.maya].stopped_at == INSIDE
