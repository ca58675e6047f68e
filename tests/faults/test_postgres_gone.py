"""PostgreSQL goes and comes back: pages say so, keep what was typed, and mend themselves."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from couples import clock, tokens
from couples.app import create_app
from couples.db import db
from couples.mail.carrying.transport import SmtpTransport
from couples.mail.models import LetterState
from couples.mail.sending.delivery import deliver
from couples.migrate import migrate
from couples.settings import Settings
from couples.surveys.rounds.services_clock import open_due_rounds
from tests.cast import link, make_person, sign_in
from tests.conftest import Browser
from tests.counting import hearing
from tests.faults.mailing import fates, seed
from tests.faults.postgres_server import OwnPostgres
from tests.pages import forms_of
from tests.servers import SmtpPeer
from tests.surveys.agreed import INSIDE, OPENS, at, response_of, round_of, sign

pytestmark = [pytest.mark.timeout(120)]
WORDS = "It was warm by the stove."


@pytest.fixture(scope="module")
def server() -> Iterator[OwnPostgres]:
    found = OwnPostgres(spared=True)
    migrate(found.url)
    yield found
    found.remove()


@pytest.fixture
def app(server: OwnPostgres, settings_for: Callable[..., Settings]) -> Iterator[Flask]:
    app = create_app(settings_for(server.url))
    app.test_client_class = Browser
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_pages_say_in_words_that_the_database_is_away_and_what_was_typed_is_sent_again(
    app: Flask, server: OwnPostgres, capfd: pytest.CaptureFixture[str]
) -> None:
    signed_at = OPENS - timedelta(days=2)
    maya, jonas = make_person("Maya", signed_at), make_person("Jonas", signed_at)
    couple = link(maya, jonas, signed_at)
    sign(couple, signed_at)
    open_due_rounds(OPENS)
    round_id = round_of(couple).id
    response = response_of(round_id, jonas)
    mailed = f"/week/{tokens.make('week', response.id, response.generation)}"
    db.session.rollback()

    browser, stranger = app.test_client(), app.test_client()
    with at(INSIDE):
        sign_in(browser, maya, INSIDE)
        form = next(one for one in forms_of(browser.get("/week").text) if one.named("words"))
        sent = {**dict(form.values()), "words": WORDS, "q0": "6", "decision": "share"}
        server.stop()
        try:
            gone(browser, stranger, mailed)
            from_elsewhere(stranger, mailed)
            again = resend(browser, sent)
        finally:
            server.start()
        assert stranger.get(mailed).status_code == 200
        assert browser.get("/overview").status_code == 200
        assert browser.post("/week", data=again).status_code == 303
    stored = response_of(round_id, maya).payload
    assert (stored["answers"]["overall"], stored["words"]) == (6, WORDS)
    assert WORDS not in capfd.readouterr().err


def gone(browser: FlaskClient, stranger: FlaskClient, mailed: str) -> None:
    """Ask for pages of every kind while the database is away."""
    pages = [(browser, one) for one in ("/overview", "/doc", "/week", "/talks", "/settings")]
    for client, path in [*pages, (stranger, mailed)]:
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5"), path
        assert "Back in a moment" in answer.text
        assert answer.headers["Content-Security-Policy"] and "Set-Cookie" not in answer.headers
    # A process that lives is not to be started anew; but nobody is to be sent to it.
    assert stranger.get("/readyz").status_code == 503
    for path in ("/help", "/how", "/healthz"):
        assert stranger.get(path).status_code == 200, path
    refused = [
        browser.get("/nothing-here"),
        browser.post("/overview", data={"words": WORDS}),
        browser.post("/private/new", data={"words": WORDS}, headers={"X-CSRF": "none"}),
        browser.post("/how"),
        browser.post("/week/of-nothing", data={"words": WORDS}),
    ]
    for answer in refused:
        assert 400 <= answer.status_code <= 503
        assert 'class="exit"' in answer.text and answer.headers["Content-Security-Policy"]


def resend(browser: FlaskClient, sent: dict[str, str]) -> dict[str, str]:
    """Send a form while the database is away; return what the page offers to send again."""
    answer = browser.post("/week", data=sent)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "may not be stored yet" in answer.text
    form = next(one for one in forms_of(answer.text) if one.named("words"))
    again = dict(form.values())
    assert form.action == "/week"
    assert {name: again[name] for name in sent if name != "csrf_token"} == {
        name: value for name, value in sent.items() if name != "csrf_token"
    }
    return again


def from_elsewhere(stranger: FlaskClient, mailed: str) -> None:
    """Send the form of another site: its words can be copied, and no press sends them to us."""
    answer = stranger.post(mailed, data={"words": WORDS, "q0": "3"})
    assert answer.status_code == 503
    assert WORDS in answer.text and f'action="{mailed}"' not in answer.text


class Cutting(SmtpPeer):
    """A mail server beside which the database goes while the third letter is said to it."""

    def __init__(self, server: OwnPostgres) -> None:
        super().__init__()
        self.server = server
        self.back = threading.Timer(1, server.start)

    async def handle_DATA(self, *said: Any) -> str:
        """Keep the letter; its fate cannot be written down now."""
        answer = await super().handle_DATA(*said)
        if len(self.recipients) == 3:
            self.server.stop()
            self.back.start()
        return answer


def test_C8_a_worker_outlasts_its_database_and_no_letter_waits_for_the_end_of_its_claim(
    app: Flask, server: OwnPostgres
) -> None:
    addresses = seed(clock.now(), 3)
    open_due_rounds(clock.now())
    peer = Cutting(server)
    try:
        with pytest.raises(OperationalError):
            deliver(clock.now, SmtpTransport(peer.url))
        peer.back.join()
        deliver(clock.now, SmtpTransport(peer.url))
    finally:
        peer.stop()
    assert Counter(peer.recipients) == dict.fromkeys(addresses, 1)
    found = fates()
    assert {found[address] for address in addresses} == {LetterState.SENT}


def test_C1_rounds_that_were_due_while_it_went_wait_for_no_claims_end(
    app: Flask, server: OwnPostgres
) -> None:
    signed_at = OPENS - timedelta(days=2)
    couples = [
        link(make_person(f"M{n}", signed_at), make_person(f"J{n}", signed_at), signed_at)
        for n in range(3)
    ]
    for couple in couples:
        sign(couple, signed_at)
    db.session.commit()
    back = threading.Timer(1, server.start)

    def cut(_c: object, _cursor: object, asked: str, *_more: object) -> None:
        if asked.startswith("INSERT INTO rounds") and not back.is_alive():
            server.stop()
            back.start()

    with hearing(db.engine, "before_cursor_execute", cut), pytest.raises(OperationalError):
        open_due_rounds(OPENS)
    back.join()
    assert open_due_rounds(OPENS + timedelta(seconds=30)) >= len(couples)
    assert all(round_of(couple) for couple in couples)
