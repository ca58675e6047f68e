"""What happens beside forms: letters come, words go along, time passes, something fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from sqlalchemy import select, text

from couples.db import db
from couples.mail.letter import composers
from couples.mail.models import LetterState, OutboxLetter
from couples.surveys.letters.services_look_ins import post_look_ins
from tests.canary.browsing import Answer, Browser
from tests.canary.filling import BY_LETTER, Filled, Filler, texts_of
from tests.canary.house import NOBODY
from tests.journeys.service import until
from tests.journeys.story import link_in
from tests.pages import forms_of
from tests.routes import TABLE
from tests.world import BERLIN, NOW

# When Maya gets which letters: the morning after the round that is open now; in the next one;
# near its end; on the day on which the agreement is to be read again.
MOMENTS: tuple[tuple[datetime, frozenset[str]], ...] = (
    (datetime(2026, 9, 14, 9, tzinfo=BERLIN), frozenset({"closed"})),
    (datetime(2026, 9, 17, 20, tzinfo=BERLIN), frozenset({"open"})),
    (datetime(2026, 9, 20, 18, 30, tzinfo=BERLIN), frozenset({"reminder", "look_in"})),
    (datetime(2026, 11, 30, 10, tzinfo=BERLIN), frozenset({"review"})),
)
ENDS_HERE = ("/exit", "/static", "/letters", "/settings/erased")


def link_to(filler: Filler, address: str, path: str) -> str:
    """Wait for a letter to an address and return the path of its link."""

    def found() -> list[str]:
        letters = filler.house.peer.to(address)
        links = [link_in(one) for one in letters]
        return [re.sub(r"^https?://[^/]+", "", one) for one in links if f"/{path}/" in one]

    return until(found, f"a letter to {address} that leads to /{path}/")[-1]


def come_and_go(filler: Filler, signed_up: Filled) -> None:
    """Somebody new confirms their address, comes again, resets, signs in, and is erased."""
    house, address = filler.house, signed_up.words["address"]
    filler.note("/confirm", house.fresh_browser(), link_to(filler, address, "confirm"))
    for page in ("/signup", "/reset"):
        filler.note(f"{page} again", house.fresh_browser(), page, {"address": address})
    link = link_to(filler, address, "reset")
    password = filler.note(BY_LETTER, house.fresh_browser(), link).words["password"]
    browser = house.fresh_browser()
    filler.note("/signin at last", browser, "/signin", {"address": address, "password": password})
    assert press(browser, "/start", "/start").status_code == 303
    form = next(one for one in forms_of(browser.get("/settings/erase").text) if one.named("when"))
    pairs = [(name, "now" if name == "when" else value) for name, value in form.values()]
    assert browser.post("/settings/erase", pairs).status_code == 303
    assert (house.service.folder / "var" / "erased").exists()


def move(filler: Filler) -> None:
    """Maya, whose new password has voided the first one, asks for an address and takes it."""
    browser = filler.house.browser("Maya")
    asked = filler.note("/settings/address again", browser, "/settings/address")
    link = link_to(filler, asked.words["address"], "address")
    assert press(browser, link, link).status_code == 303


def sign_up_nobody(filler: Filler) -> None:
    """Somebody types an address that the mail server does not know."""
    address = filler.canaries.address("/signup, refused by the server", f"-{NOBODY}")
    filler.note("/signup of nobody", filler.house.fresh_browser(), "/signup", {"address": address})
    until(lambda: filler.house.peer.refused, "the mail server to refuse an address")


def switch_letters_on(filler: Filler) -> None:
    """Maya wants every letter there is."""
    answer = press(filler.house.browser("Maya"), "/settings", "/settings/letters")
    assert answer.status_code == 303


def press(browser: Browser, page: str, action: str) -> Answer:
    """Send a form as it stands on a page, every choice made."""
    forms = forms_of(browser.get(page).text)
    form = next(form for form in forms if (form.action or page) == action)
    return browser.post(action, form.values())


def take_along(filler: Filler) -> bytes:
    """Maya takes her words along, and Tom takes them in; return the file."""
    maya, tom = filler.house.browser("Maya"), filler.house.browser("Tom")
    files = {}
    for kind in ("html", "json"):
        form = forms_of(maya.get("/settings/export").text)[0]
        pairs = [pair for pair in form.values() if pair[0] != "kind"]
        answer = maya.post("/settings/export", [*pairs, ("kind", kind)])
        assert answer.status_code == 200
        files[kind] = answer.data
    form = next(one for one in forms_of(tom.get("/settings/import").text) if one.named("file"))
    pairs = [pair for pair in form.values() if pair[0] != "file"]
    assert tom.hand_in("/settings/import", pairs, "file", files["json"]).status_code == 200
    return files["json"]


def fail(filler: Filler) -> None:
    """A note is kept while its table is gone: the error, too, has been told what was written."""
    browser = filler.house.browser("Jonas")
    form = next(one for one in forms_of(browser.get("/private/new").text) if texts_of(one))
    _rename("notes", "notes_away")
    try:
        done = filler.fill(browser, "/private/new", form, {}, "/private/new (fails)")
    finally:
        _rename("notes_away", "notes")
    # SQLite says that a table is missing as it says that it cannot be reached.
    assert done.answer.status_code in {500, 503}
    until(lambda: "privacy.add_note" in filler.house.service.log(), "a line on what went wrong")


def _rename(table: str, other: str) -> None:
    with db.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO {other}"))


def look_around(filler: Filler) -> None:
    """Maya and Jonas look at every page and every file there is for them."""
    for who, column in (("Maya", 1), ("Jonas", 2)):
        browser = filler.house.browser(who)
        seen = {place for place, _shown in browser.observed}
        for path in _paths(filler, column):
            if f"GET {path}" not in seen:
                assert browser.get(path).status_code < 500, path


def _paths(filler: Filler, column: int) -> Iterator[str]:
    """Give the address of every page one of the table's people has."""
    for line in TABLE.strip().splitlines():
        method, rule, *rest = line.split()
        kind, gives = rest[:-6], rest[-6:][column]
        if method == "GET" and gives == "200" and not rule.startswith(ENDS_HERE):
            yield filler.house.address(rule, "".join(kind).replace("_", " "))


def time_passes(filler: Filler) -> None:
    """Every kind of letter there is goes out, those by the clock to Maya."""
    maya, seen = filler.house.world.people["Maya"], set[str]()
    for moment, kinds in MOMENTS:
        filler.house.service.move_to(moment)
        # The clock does this every twenty seconds here, which is long for a test.
        post_look_ins(moment)
        until(partial(_have_come, kinds, moment, maya), f"{sorted(kinds)}, {moment:%d %B}")
        # What was sent long ago is forgotten in time.
        seen |= sent(NOW)
    assert set(composers) - seen == set(), "every kind of letter is looked at"


def _have_come(kinds: frozenset[str], since: datetime, person_id: str) -> bool:
    return kinds <= sent(since, person_id)


def sent(since: datetime, person_id: str | None = None) -> set[str]:
    """Return of which kinds a letter has gone out since then, to one person or to anybody."""
    db.session.rollback()
    query = select(OutboxLetter.kind).where(
        OutboxLetter.state == LetterState.SENT, OutboxLetter.settled_at >= since
    )
    mine = query.where(OutboxLetter.person_id == person_id) if person_id else query
    return set(db.session.scalars(mine))
