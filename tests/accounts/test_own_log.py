"""What happened to an account, for its person alone (S5); ending sessions (ASVS 7.4.5, 7.5.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from couples import clock, upkeep
from couples.accounts.codes.services import turn_off_for
from couples.accounts.events import services as events
from couples.accounts.events import wording
from couples.accounts.models import AccountEvent
from couples.accounts.services import begin_session, sessions_of
from couples.accounts.services_elsewhere import sign_out_address
from couples.accounts.services_passwords import asks_for_code
from couples.cli import commands
from couples.db import db
from couples.settings import Settings
from tests.accounts.pages import body, letters
from tests.accounts.second_step import turn_on
from tests.accounts.test_address_change import NEW, OLD, moved
from tests.cast import Cast, make_cast, sign_in

LOG = "/settings/sessions"


def test_S5_the_log_tells_its_person_in_words_and_nobody_else(
    client: FlaskClient, cast: Cast
) -> None:
    now = clock.now()
    sign_in(client, cast.jonas, now)
    before = body(client.get(LOG))
    assert "Nothing yet." in client.get(LOG).text
    for minutes, kind in enumerate(events.KINDS):
        events.note(cast.maya, kind, now - timedelta(minutes=minutes))
    assert body(client.get(LOG)) == before
    sign_in(client, cast.maya, now)
    page = client.get(LOG).text
    said = [str(wording.WORDS[kind]) for kind in events.KINDS]
    places = [page.index(f"<p>{each}</p>") for each in said]
    assert places == sorted(places), "the newest comes first"
    assert len(set(said)) == len(events.KINDS) == len(wording.WORDS)


def test_the_log_is_kept_for_ninety_days(app: Flask, cast: Cast) -> None:
    now = clock.now()
    events.note(cast.maya, "exported", now - events.KEPT)
    events.note(cast.maya, "signed_in", now - events.KEPT + timedelta(seconds=1))
    assert [one.kind for one in events.events_of(cast.maya, now)] == ["signed_in"]
    events.sweep(now)
    assert len(db.session.scalars(select(AccountEvent)).all()) == 1


def test_ASVS_7_5_2_each_session_can_be_ended_and_that_is_noted(
    client: FlaskClient, cast: Cast
) -> None:
    now = clock.now()
    sign_in(client, cast.maya, now)
    for _each in range(3):
        begin_session(cast.maya, keep=True, now=now)
    theirs = begin_session(cast.jonas, keep=True, now=now)
    mine = [one.id for one in sessions_of(cast.maya, now, here="")]
    (other,) = [one.id for one in sessions_of(cast.jonas, now, here="")]
    assert client.post(f"{LOG}/{other}/end").status_code == 404 and theirs
    answered = [client.post(f"{LOG}/{one}/end").status_code for one in mine]
    assert 303 in answered and events.events_of(cast.jonas, now + timedelta(hours=1)) == []
    kinds = [one.kind for one in events.events_of(cast.maya, now + timedelta(hours=1))]
    assert set(kinds) == {"signed_out_elsewhere"}


def test_signing_out_everywhere_else_is_noted_too(client: FlaskClient, cast: Cast) -> None:
    now = clock.now()
    begin_session(cast.maya, keep=True, now=now)
    sign_in(client, cast.maya, now)
    assert client.post(f"{LOG}/end").location == LOG
    assert len(sessions_of(cast.maya, now, here="")) == 1
    assert "Signed out on other browsers" in client.get(LOG).text


@pytest.fixture
def server(sqlite_url: str, tmp_path: Path, settings_for: Callable[..., Settings]) -> Settings:
    """Return the settings of a server, all sessions of whose people live."""
    return settings_for(sqlite_url)


def test_ASVS_7_4_5_whoever_runs_the_server_can_end_a_persons_sessions_and_learns_nothing(
    server: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    with upkeep.database_only(server):
        cast = make_cast(now)
        for person_id in (cast.maya, cast.jonas):
            begin_session(person_id, keep=True, now=now)
    monkeypatch.setattr(Settings, "from_process", lambda: server)
    said = {
        CliRunner().invoke(commands, ["sign-out", address]).output
        for address in ("nobody@example.org", "no address", " Maya@Example.org")
    }
    assert said == {"If this address has an account here, it is signed out everywhere.\n"}
    with upkeep.database_only(server):
        assert sessions_of(cast.maya, now, here="") == []
        assert len(sessions_of(cast.jonas, now, here="")) == 1
        assert [one.kind for one in events.events_of(cast.maya, clock.now())] == [
            "signed_out_elsewhere"
        ]


def test_ASVS_7_4_5_the_address_before_finds_an_account_that_was_taken_away(
    app: Flask, cast: Cast
) -> None:
    now = clock.now()
    moved(cast.maya, NEW, now)
    begin_session(cast.maya, keep=True, now=now)
    sign_out_address("typed@once.example", now)
    assert len(sessions_of(cast.maya, now, here="")) == 1
    sign_out_address(OLD, now)
    assert sessions_of(cast.maya, now, here="") == []


def test_A4_whoever_runs_the_server_can_turn_codes_off_and_its_person_is_told(
    server: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who sat at an open browser turned codes on: even a new password asks for a code then."""
    now = clock.now()
    with upkeep.database_only(server) as app:
        app.config["SECRET_KEY"] = server.secret_key
        cast = make_cast(now)
        for person_id in (cast.maya, cast.jonas):
            turn_on(person_id, now)
            begin_session(person_id, keep=True, now=now)
    monkeypatch.setattr(Settings, "from_process", lambda: server)
    said = {
        CliRunner().invoke(commands, ["codes-off", address]).output
        for address in ("nobody@example.org", "no address", " Maya@Example.org")
    }
    switched = "If this address has an account here with sign-in codes, they are switched off.\n"
    assert said == {switched}
    with upkeep.database_only(server):
        assert not asks_for_code(cast.maya) and asks_for_code(cast.jonas)
        assert sessions_of(cast.maya, now, here="") == []
        assert len(sessions_of(cast.jonas, now, here="")) == 1
        assert events.events_of(cast.maya, clock.now())[0].kind == "codes_off_by_operator"
        told = [row.person_id for row in letters("changed")]
        assert told.count(cast.maya) == 2 and told.count(cast.jonas) == 1


def test_codes_are_turned_off_for_the_address_before_as_well(app: Flask, cast: Cast) -> None:
    now = clock.now()
    turn_on(cast.maya, now)
    moved(cast.maya, NEW, now)
    turn_off_for(OLD, now)
    assert not asks_for_code(cast.maya)
    turn_off_for(OLD, now)
    kinds = [one.kind for one in events.events_of(cast.maya, now)]
    assert kinds.count("codes_off_by_operator") == 1, "where there are none nothing happens"
