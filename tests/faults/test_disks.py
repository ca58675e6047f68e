"""A disk that is full or can only be read: pages say so, nothing is half written, it recovers."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from couples import folder
from couples.app import create_app
from couples.db import db
from couples.doctor import room
from couples.mail.carrying.transport import SmtpTransport
from couples.mail.models import LetterState
from couples.mail.sending.delivery import deliver
from couples.privacy.services import notes_of
from couples.settings import BadSetting, Settings
from couples.surveys.rounds.services_clock import open_due_rounds
from tests.cast import link, make_person, sign_in
from tests.conftest import Browser
from tests.faults.disks import Disk, disk_in
from tests.pages import forms_of
from tests.servers import SmtpPeer
from tests.surveys.agreed import INSIDE, OPENS, at, letters, response_of, sign

WORDS = "It was warm by the stove. " * 60
# After so many seconds the disk is mended.
SOON = 1.0
SIGNED_AT = OPENS - timedelta(days=2)
Spoil = Callable[[Disk], None]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with disk_in(tmp_path / "disk") as found:
        yield found


@pytest.fixture
def app(
    disk: Disk, sqlite_template: Path, settings_for: Callable[..., Settings]
) -> Iterator[Flask]:
    shutil.copy(sqlite_template, disk.folder / "pages.db")
    settings = settings_for(f"sqlite:///{disk.folder / 'pages.db'}")
    app = create_app(replace(settings, data_dir=disk.folder))
    app.test_client_class = Browser
    with app.app_context():
        disk.watch(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def people(app: Flask) -> tuple[str, str]:
    """Return the two of a couple whose page is open."""
    two = make_person("Maya", SIGNED_AT), make_person("Jonas", SIGNED_AT)
    sign(link(*two, SIGNED_AT), SIGNED_AT)
    open_due_rounds(OPENS)
    db.session.rollback()
    return two


SPOILT: dict[str, tuple[Spoil, Spoil]] = {
    "full": (Disk.fill, Disk.make_room),
    "read-only": (Disk.close_to_writers, Disk.open_to_writers),
}


@pytest.fixture(params=SPOILT)
def spoiling(request: pytest.FixtureRequest) -> tuple[Spoil, Spoil]:
    """Return how the disk is spoilt, and how it is mended."""
    return SPOILT[request.param]


def test_a_page_says_so_in_words_nothing_is_half_written_and_sent_again_it_counts_once(
    app: Flask, disk: Disk, people: tuple[str, str], spoiling: tuple[Spoil, Spoil]
) -> None:
    spoil, mend = spoiling
    browser = app.test_client()
    sign_in(browser, people[0], INSIDE)
    with at(INSIDE):
        note = form_with(browser.get("/private/new").text, "words")
        week = form_with(browser.get("/week").text, "round")
        before = {path: browser.get(path).text for path in ("/overview", "/doc")}
        db.session.rollback()
        spoil(disk)
        answers = [
            browser.post("/private/new", data={**note, "words": WORDS}),
            browser.post("/week", data={**week, "q0": "5", "words": WORDS, "decision": "share"}),
        ]
        for answer in answers:
            assert answer.status_code == 503
            assert "may not be stored yet" in answer.text
            assert WORDS.strip() in answer.text
        # Reading goes on.
        assert {path: browser.get(path).text for path in before} == before
        assert browser.get("/healthz").status_code == 200
        mend(disk)
        assert not notes_of(people[0], None)
        assert response_of(week["round"], people[0]).payload is None
        again = form_with(answers[0].text, "words")
        db.session.rollback()
        assert [browser.post("/private/new", data=again).status_code for _ in "12"] == [303, 303]
    assert len(notes_of(people[0], None)) == 1


def form_with(page: str, name: str) -> dict[str, str]:
    """Return what the form with this field sends, its buttons left alone."""
    form = next(one for one in forms_of(page) if one.named(name))
    return {one.name: one.value for one in form.fields}


def test_C8_letters_wait_for_room_and_go_once(
    app: Flask,
    disk: Disk,
    people: tuple[str, str],
    smtp_peer: SmtpPeer,
    spoiling: tuple[Spoil, Spoil],
) -> None:
    spoil, mend = spoiling
    needs_own(disk, spoil)
    spoil(disk)
    # A worker that holds letters waits for a while; they go with the next tick.
    mending = threading.Timer(SOON, mend, [disk])
    mending.start()
    with pytest.raises(OperationalError):
        deliver(lambda: INSIDE, SmtpTransport(smtp_peer.url))
    assert smtp_peer.recipients == []
    mending.join()
    for _ in "12":
        deliver(lambda: INSIDE, SmtpTransport(smtp_peer.url))
    assert sorted(smtp_peer.recipients) == ["jonas@example.org", "maya@example.org"]
    assert {row.state for row in letters("open")} == {LetterState.SENT}


def needs_own(disk: Disk, spoil: Spoil) -> None:
    """Skip where a disk cannot be filled: what is only changed finds room in SQLite's own limit."""
    if spoil is Disk.fill and not disk.is_own:
        pytest.skip("no small disk can be mounted here (root may), so none can be filled")


class Ballast(SmtpPeer):
    """A mail server at whose first letter the sender's disk gets full, for a moment."""

    disk: Disk

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Fill the disk before the answer."""
        if not self.recipients:
            self.disk.fill()
            threading.Timer(SOON, self.disk.make_room).start()
        return await super().handle_DATA(server, session, envelope)


def test_C8_a_fate_that_finds_no_room_is_written_down_once_there_is_some(
    app: Flask, disk: Disk, people: tuple[str, str]
) -> None:
    needs_own(disk, Disk.fill)
    peer = Ballast()
    peer.disk = disk
    with pytest.raises(OperationalError):
        deliver(lambda: INSIDE, SmtpTransport(peer.url))
    later = INSIDE + timedelta(hours=1)
    deliver(lambda: later, SmtpTransport(peer.url))
    peer.stop()
    assert sorted(peer.recipients) == ["jonas@example.org", "maya@example.org"]
    assert {row.state for row in letters("open")} == {LetterState.SENT}


@pytest.mark.parametrize("how", SPOILT)
def test_the_start_and_doctor_say_that_the_disk_takes_nothing(
    app: Flask, disk: Disk, how: str
) -> None:
    settings = app.extensions["settings"]
    assert [one for one in room.check(settings) if one.mark == "BAD"] == []
    db.session.remove()
    db.engine.dispose()
    if not disk.is_own:
        settings = replace(settings, data_dir=Path("/proc"))  # nobody can write there
    elif how == "full":
        disk.fill()
    else:
        disk.remount("ro")
    (found,) = room.check(settings)
    assert found.mark == "BAD" and "letters wait" in found.words
    with pytest.raises(BadSetting, match="which cannot be used"):
        folder.make(settings.data_dir)
    if disk.is_own:
        disk.remount("rw")
        disk.make_room()
        folder.make(settings.data_dir)
