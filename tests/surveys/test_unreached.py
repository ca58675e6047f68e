"""Letters that come back stop; only their reader is told, and only they can try again (E14, S2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from couples import tokens
from couples.accounts import services_passwords, services_signup
from couples.accounts.models import SignUp
from couples.accounts.services_erasing import empty
from couples.db import db, transaction
from couples.mail import outbox
from couples.mail.carrying.transport import SmtpTransport
from couples.mail.letter import settings
from couples.mail.models import LetterState, OutboxLetter, Suppression, SuppressionReason
from couples.mail.returning.returns import Outcome, handle
from couples.mail.sending.delivery import deliver
from couples.mail.suppression import fingerprint, is_suppressed, suppress
from couples.pairing.models import Block
from couples.surveys.letters.services import letters_view
from couples.surveys.models import LetterChoices
from couples.surveys.rounds.services_clock import open_due_rounds
from tests.cast import Cast, prove, sign_in
from tests.mail.peer import ScriptedPeer
from tests.pages import without_tokens
from tests.surveys.agreed import INSIDE, OPENS, WEEK, at, sign

RETURNS = Path(__file__).parent.parent / "mail" / "returns"
TELLING = ("/overview", "/week", "/settings")
PAGES = (*TELLING, "/doc", "/private", "/overview/numbers.csv")
BANNER, LEAF = "Emails from here don’t reach you.", 'id="unreached"'


@dataclass
class Post:
    """A mail server, and who has got what."""

    app: Flask
    cast: Cast
    peer: ScriptedPeer

    def week(self, number: int) -> datetime:
        """Open the round of a week and send what is due; return a moment in it."""
        opens = OPENS + number * WEEK
        with at(opens + timedelta(minutes=1)):
            open_due_rounds(opens)
            deliver(lambda: opens, SmtpTransport(self.peer.url))
        return INSIDE + number * WEEK

    def came_from(self, name: str) -> str:
        """Return the envelope sender of the newest letter to somebody."""
        heard = self.peer.heard
        to = max(n for n, line in enumerate(heard) if line == f"RCPT TO:<{name}@example.org>")
        return heard[to - 1].removeprefix("MAIL FROM:<").removesuffix(">")

    def comes_back(self, message: str, name: str, now: datetime) -> Outcome:
        """Take a message about the newest letter to somebody."""
        tag = self.came_from(name).partition("+")[2].partition("@")[0]
        raw = (RETURNS / f"{message}.eml").read_bytes()
        return handle(raw.replace(b"{tag}", tag.encode()), now)

    def state(self, person_id: str) -> LetterState:
        """Return what became of somebody's newest letter about an open round."""
        db.session.rollback()
        mine = select(OutboxLetter.state).filter_by(person_id=person_id, kind="open")
        return db.session.scalars(mine.order_by(OutboxLetter.due_at.desc()).limit(1)).one()

    def browser(self, person_id: str) -> FlaskClient:
        """Return the browser of somebody signed in."""
        client = self.app.test_client()
        sign_in(client, person_id, OPENS)
        return client


def seen(client: FlaskClient, now: datetime, paths: tuple[str, ...] = PAGES) -> list[bytes]:
    """Return what somebody sees, page by page."""
    prove(client, now)
    with at(now):
        pages = [client.get(path) for path in paths]
    assert {page.status_code for page in pages} == {200}
    return [without_tokens(page.data) for page in pages]


def told(client: FlaskClient, now: datetime) -> tuple[int, int]:
    """Return how often somebody is told on the overview and the week, and in the settings."""
    pages = [page.decode() for page in seen(client, now, TELLING)]
    assert max(page.count(BANNER) for page in pages) <= 1
    return sum(page.count(BANNER) for page in pages), pages[2].count(LEAF)


def begin(app: Flask, cast: Cast, now: datetime) -> Iterator[Post]:
    app.config["WTF_CSRF_ENABLED"] = False
    changed = replace(settings(), mail_from="pages@example.org", verp=True)
    app.extensions["settings"] = changed
    sign(cast.couple, now)
    peer = ScriptedPeer()
    yield Post(app, cast, peer)
    peer.stop()


@pytest.fixture
def post(app: Flask, cast: Cast, now: datetime) -> Iterator[Post]:
    yield from begin(app, cast, now)


@pytest.fixture
def database_post(database_app: Flask, database_cast: Cast, now: datetime) -> Iterator[Post]:
    yield from begin(database_app, database_cast, now)


def test_a_missing_mailbox_from_the_bounce_to_trying_again(database_post: Post) -> None:
    post, cast = database_post, database_post.cast
    maya, jonas = post.browser(cast.maya), post.browser(cast.jonas)
    inside = post.week(0)
    assert post.state(cast.maya) is LetterState.SENT
    assert post.came_from("maya") != post.came_from("jonas")
    before = seen(jonas, inside)
    assert told(maya, inside) == (0, 0)

    assert post.comes_back("postfix-no-mailbox", "maya", inside) is Outcome.NO_MAILBOX
    assert told(maya, inside) == (2, 1)
    assert seen(jonas, inside) == before

    later = post.week(1)
    assert post.state(cast.maya) is LetterState.SUPPRESSED
    assert post.state(cast.jonas) is LetterState.SENT
    with at(later):
        assert jonas.post("/settings/mail-again").status_code == 303
        assert told(maya, later) == (2, 1)
        assert maya.post("/settings/mail-again").status_code == 303
    assert told(maya, later) == (0, 0)
    post.week(2)
    assert post.state(cast.maya) is LetterState.SENT


def test_a_complaint_stops_the_letters_until_they_are_wanted_again(post: Post) -> None:
    maya, jonas, cast = post.browser(post.cast.maya), post.browser(post.cast.jonas), post.cast
    inside = post.week(0)
    before = seen(jonas, inside)
    for way, body in (("/settings/mail-again", {}), ("/settings/pause", {"length": "back"})):
        assert post.comes_back("arf-mail-from", "maya", inside) is Outcome.COMPLAINT
        assert post.comes_back("arf-mail-from", "maya", inside) is Outcome.IGNORED
        assert letters_view(cast.maya, inside).stopped
        assert told(maya, inside) == (2, 1)
        assert b"was reported as unwanted" in seen(maya, inside)[2]
        assert seen(jonas, inside) == before
        with at(inside):
            assert maya.post(way, data=body).status_code == 303
        assert told(maya, inside) == (0, 0)
        assert not letters_view(cast.maya, inside).stopped
        with transaction():
            db.session.query(OutboxLetter).update({"complained_at": None})
    post.week(1)
    assert post.state(cast.maya) is LetterState.SENT


def test_a_pause_that_ends_does_not_bring_a_missing_mailbox_back(post: Post) -> None:
    maya, inside = post.browser(post.cast.maya), post.week(0)
    post.comes_back("exim-no-mailbox", "maya", inside)
    with at(inside):
        maya.post("/settings/pause", data={"length": "back"})
    assert told(maya, inside) == (2, 1)


def complains_of_invite(to: str, person_id: str, now: datetime) -> None:
    """Let a mailbox call an invite unwanted that somebody had mailed to it."""
    row = OutboxLetter(kind="invite", key="i", person_id=person_id, posted_at=now, due_at=now)
    row.state, row.address_index = LetterState.SENT, fingerprint(to)
    with transaction():
        db.session.add(row)
    raw = (RETURNS / "arf-message-id.eml").read_bytes().replace(b"{letter}", row.id.encode())
    assert handle(raw, now) is Outcome.COMPLAINT


def sent(post: Post, kind: str, now: datetime) -> LetterState:
    """Send what is due; return what became of the newest letter of a kind."""
    deliver(lambda: now, SmtpTransport(post.peer.url))
    db.session.rollback()
    newest = select(OutboxLetter.state).filter_by(kind=kind).order_by(OutboxLetter.due_at.desc())
    return db.session.scalars(newest.limit(1)).one()


def test_a_complaint_about_an_invite_blocks_invites_and_stops_nobodys_letters(
    post: Post, now: datetime
) -> None:
    complains_of_invite("kim@example.org", post.cast.ines, now)
    assert db.session.scalars(select(Block.address_index)).all() == [fingerprint("kim@example.org")]
    assert not letters_view(post.cast.ines, now).stopped


def test_P1_who_complained_of_an_invite_may_sign_up_later_and_gets_letters_then(
    post: Post, now: datetime
) -> None:
    to = "kim@example.org"
    complains_of_invite(to, post.cast.ines, now)
    services_signup.ask_for_account(to, "en", now)
    assert sent(post, "confirm", now) is LetterState.SENT
    assert is_suppressed(fingerprint(to)) is SuppressionReason.COMPLAINT, "a letter proves nothing"
    token = tokens.make("confirm", db.session.scalars(select(SignUp.id)).one())
    services_signup.confirm(
        token, name="Kim", password="tea before laptops", language="en", zone="UTC", now=now
    )
    assert is_suppressed(fingerprint(to)) is None


def test_P3_somebody_else_at_the_mailbox_locks_nobody_out(post: Post) -> None:
    inside = post.week(0)
    assert post.comes_back("arf-mail-from", "maya", inside) is Outcome.COMPLAINT
    services_passwords.ask_for_reset("maya@example.org", inside)
    assert sent(post, "reset", inside) is LetterState.SENT
    with transaction():
        mine = db.session.query(LetterChoices).filter_by(person_id=post.cast.maya)
        mine.update({"stopped_at": None})
    post.week(1)
    assert post.state(post.cast.maya) is LetterState.SUPPRESSED, "letters by the clock stay away"


@pytest.mark.parametrize("reason", SuppressionReason)
def test_S5_erasing_forgets_a_missing_mailbox_and_keeps_a_complaint(
    post: Post, now: datetime, reason: SuppressionReason
) -> None:
    index = fingerprint("ines@example.org")
    suppress(index, reason, now)
    with transaction():
        empty(post.cast.ines, now)
    is_kept = reason is SuppressionReason.COMPLAINT
    assert is_suppressed(index) is (reason if is_kept else None)


def test_the_banner_asks_the_database_nothing(post: Post) -> None:
    maya, inside = post.browser(post.cast.maya), post.week(0)
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *found: asked.append(found[2]))

    def count(path: str) -> int:
        asked.clear()
        with at(inside):
            assert maya.get(path).status_code == 200
        return len(asked)

    for path in TELLING:
        count(path)  # the first time it notes that the session is used, and makes what is missing
    before = [count(path) for path in TELLING]
    post.comes_back("postfix-no-mailbox", "maya", inside)
    after = [count(path) for path in TELLING]
    # The settings say why and to which address, for those it concerns.
    assert after[:2] == before[:2] and before[2] < after[2] <= before[2] + 3


def test_one_who_erases_their_account_leaves_nothing_to_come_back_to(post: Post) -> None:
    inside = post.week(0)
    with transaction():
        outbox.forget(OutboxLetter.person_id == post.cast.maya)
    assert post.comes_back("postfix-no-mailbox", "maya", inside) is Outcome.IGNORED
    assert db.session.query(Suppression).count() == 0
