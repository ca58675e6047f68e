"""Words of every field are looked for wherever the service writes anything (rule S1, B11, H7).

Every form there is, is filled in by people who use the real service: one process for the pages,
one that works, a queue, a mail server. Each field gets a word that stands nowhere else, and then
nothing that can be read without the keys may hold one: database, logs, queue, letters, addresses.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import current_app
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from couples.db import db
from couples.typed import CHOICES
from tests import test_bad_input
from tests import world as worlds
from tests.canary import life
from tests.canary.filling import TAKEN, Filler, form_on, texts_of
from tests.canary.finding import PLANTED, Place, leaks, numbers, sightings
from tests.canary.house import House, Peer
from tests.canary.letters import hold_own_name_and_address_alone
from tests.journeys.service import Service
from tests.routes import FORMS
from tests.stage import Stage

# What is typed there is a code or a password that is wrong, or belongs to a key nobody holds.
REFUSED = {
    "/join", "/private/lock", "/private/lock/off", "/private/older", "/private/open",
    "/settings/codes/app", "/settings/passkeys", "/settings/prove", "/signin", "/signin/code",
}  # fmt: skip
# Written over by a later form of the same thing, or kept nowhere.
NOT_IN_THE_FILE = {
    "/doc/air", "/doc/before", "/doc/mine/<need_id>", "/hint", "/private/<note_id>",
    "/settings/address", "/settings/password",
}  # fmt: skip


@pytest.fixture(scope="module")
def with_words(whole_stage: Stage) -> list[str]:
    """Return the routes of all forms into which somebody types, as the world's pages show them."""
    address, pages = partial(test_bad_input.address, whole_stage), dict[tuple[str, str], str]()
    with whole_stage.app.app_context():
        whole_stage.reset()
        for who, page in set(FORMS.values()):
            client = whole_stage.browser(None if who == "nobody" else who)
            pages[who, page] = client.get(address(page)).text
        whole_stage.close()
    return [rule for rule, at in FORMS.items() if texts_of(form_on(pages[at], rule, address)[1])]


@contextmanager
def living(folder: Path, **environ: str) -> Iterator[House]:
    """Run the service on the world, its home and its place for passing files in this folder too."""
    peer, service = Peer(), Service(folder, "")
    for name in ("home", "tmp"):
        (folder / name).mkdir()
    places = {"HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp")}
    service.environ |= {**places, "SMTP_URL": peer.url, **environ}
    with service.inside(), ExitStack() as ends:
        ends.callback(peer.stop)
        app: Any = current_app
        house = House(service, peer, worlds.build(), app._get_current_object())
        ends.callback(house.close)
        service.move_to(worlds.NOW)
        ends.callback(service.stop)
        service.start()
        house.listen()
        yield house


def test_B11_what_anybody_wrote_stands_nowhere_in_the_files_logs_queue_letters_or_addresses(
    tmp_path: Path, sqlite_template: Path, with_words: list[str]
) -> None:
    (tmp_path / "var").mkdir(mode=0o700)
    shutil.copy(sqlite_template, tmp_path / "var" / "pages.db")
    with living(tmp_path) as house:
        filler = Filler(house)
        filler.fill_all(with_words)
        everything_was_filled_in(filler)
        life.move(filler)
        life.come_and_go(filler, filler.by_rule("/signup"))
        life.sign_up_nobody(filler)
        life.switch_letters_on(filler)
        her_words_are_kept(filler, life.take_along(filler))
        life.fail(filler)
        life.look_around(filler)
        assert leaks(filler.canaries, house.places()) == []
        life.time_passes(filler)
        hold_own_name_and_address_alone(filler)
        assert leaks(filler.canaries, house.places()) == []
        planted_words_are_found(house)
        house.service.stop()
        assert leaks(filler.canaries, files_and_rows(house)) == []


def test_B11_neither_does_it_in_postgresql(
    tmp_path: Path, postgres_url: str, with_words: list[str]
) -> None:
    with living(tmp_path, DATABASE_URL=postgres_url) as house:
        filler = Filler(house)
        filler.fill_all(with_words)
        life.fail(filler)
        assert leaks(filler.canaries, house.places()) == []
        planted_words_are_found(house)


def everything_was_filled_in(filler: Filler) -> None:
    """Fail where a field of words has been left out, or a form has not kept what it should."""
    sent = [done for done in filler.done if not done.is_spoiled]
    assert {done.answer.status_code for done in filler.done if done.is_spoiled} == {400}
    assert {done.rule for done in sent if done.answer.status_code not in TAKEN} == REFUSED
    names = {name for done in filler.done for name in done.words}
    assert {"words", "motives", "typed_name", "address", "password"} <= fields_of_words()
    assert fields_of_words() - names == set(), "fields of words that no form of the world has"


def fields_of_words() -> set[str]:
    """Return the names of all fields into which people type, of all forms there are."""
    forms = [form for form in subclasses(FlaskForm) if form.__module__.startswith("couples.")]
    found = {
        name
        for form in forms
        for name in dir(form)
        if is_typed_into(getattr(getattr(form, name), "field_class", object))
    }
    return {name for name in found if "password" in name or not CHOICES.fullmatch(name)}


def is_typed_into(kind: type) -> bool:
    """Whether a field is one of texts; a text area and an email field are made from it too."""
    return issubclass(kind, StringField) and not issubclass(kind, HiddenField)


def subclasses(kind: type) -> Iterator[type]:
    """Give every class that is made from this one."""
    children: list[type] = type.__subclasses__(kind)
    for one in children:
        yield one
        yield from subclasses(one)


def her_words_are_kept(filler: Filler, file: bytes) -> None:
    """Fail where a form only seemed to keep the words: her own file holds what she wrote."""
    hers = [done for done in filler.done if FORMS.get(done.rule, ("",))[0] == "Maya"]
    taken = [done for done in hers if done.answer.status_code in TAKEN]
    kept = {done.rule for done in taken if numbers(str(done.words).encode()) <= numbers(file)}
    assert {done.rule for done in taken} - kept == NOT_IN_THE_FILE


def files_and_rows(house: House) -> Iterator[Place]:
    """Give what is left once the service has ended."""
    yield from (place for place in house.places() if not place[0].startswith(("GET", "POST")))


def planted_words_are_found(house: House) -> None:
    """Fail where the looks would overlook a word that does stand there."""
    house.plant(PLANTED)
    found = {place for place, _how, _around in sightings(PLANTED, house.places())}
    database = {"PostgreSQL"} if "postgresql" in str(db.engine.url) else {"var/pages.db"}
    for wanted in (
        *database,
        "table planted",
        f"var/{PLANTED}",
        "log",
        "the queue, b'planted'",
        "the queue, all",
        "var/queue/appendonlydir",
        "GET /signin",
    ):
        assert [place for place in found if place.startswith(wanted)], wanted
