"""What comes back is understood by its numbers, counts once, and is answered by nobody (E14)."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from couples.db import db, new_id, transaction
from couples.mail import outbox, signals
from couples.mail.letter import settings
from couples.mail.message.verp import envelope_sender
from couples.mail.models import (
    LetterState,
    MailServer,
    OutboxLetter,
    Suppression,
    SuppressionReason,
)
from couples.mail.returning.reports import MOST_BYTES, read
from couples.mail.returning.returns import Outcome, handle
from couples.mail.suppression import is_suppressed, suppress
from couples.settings import Settings, new_secret_key
from tests.cast import make_person

FOLDER = Path(__file__).parent / "returns"
INDEX = "f" * 43
IGNORED, NO_MAILBOX, REFUSED = Outcome.IGNORED, Outcome.NO_MAILBOX, Outcome.REFUSED
POLICY, COMPLAINT = Outcome.POLICY, Outcome.COMPLAINT
# What each message of the corpus is good for, and the answer that is kept.
CORPUS = {
    "postfix-no-mailbox": (NO_MAILBOX, "5.1.1"),
    "postfix-full": (REFUSED, "5.2.2"),
    "postfix-policy": (POLICY, "5.7.1"),
    "postfix-delayed": (IGNORED, None),
    "postfix-expired": (REFUSED, "4.4.1"),
    "postfix-relayed": (IGNORED, None),
    "postfix-one-of-two": (IGNORED, None),
    "postfix-two-kinds": (REFUSED, "5.1.1"),
    "exim-no-mailbox": (NO_MAILBOX, "5.1.1"),
    "exim-undefined": (REFUSED, "5.0.0"),
    "exchange-no-mailbox": (NO_MAILBOX, "5.1.10"),
    "webmail-no-mailbox": (NO_MAILBOX, "5.1.1"),
    "global-no-mailbox": (NO_MAILBOX, "5.1.1"),
    "localised-8bit": (NO_MAILBOX, "5.1.1"),
    "no-report-type": (NO_MAILBOX, "5.1.1"),
    "qmail-words": (IGNORED, None),
    "vacation": (IGNORED, None),
    "read-receipt": (IGNORED, None),
    "arf-mail-from": (COMPLAINT, None),
    "arf-return-path": (COMPLAINT, None),
    "arf-message-id": (COMPLAINT, None),
    "arf-not-spam": (IGNORED, None),
    "arf-auth-failure": (IGNORED, None),
}


@dataclass
class Sent:
    """A letter that went, and the application it went from."""

    app: Flask
    id: str
    person_id: str

    def raw(self, name: str, letter_id: str | None = None, by: Settings | None = None) -> bytes:
        """Return a message of the corpus about this letter, or about another one."""
        about = letter_id or self.id
        tag = envelope_sender(by or settings(), about).partition("+")[2].partition("@")[0]
        text = (FOLDER / f"{name}.eml").read_bytes()
        for mark, value in (("{tag}", tag), ("{TAG}", tag.upper()), ("{letter}", about)):
            text = text.replace(mark.encode(), value.encode())
        return text

    def row(self) -> OutboxLetter:
        db.session.rollback()
        return db.session.get_one(OutboxLetter, self.id, populate_existing=True)


@transaction()
def begun_letter(now: datetime, kind: str = "open", person_id: str | None = None) -> str:
    """Put a letter into the outbox that was sent to the address of INDEX."""
    key = new_id()
    outbox.post(kind, key=key, now=now, person_id=person_id, about_id="something")
    letter_id = db.session.scalars(select(OutboxLetter.id).where(OutboxLetter.key == key)).one()
    change = update(OutboxLetter).where(OutboxLetter.id == letter_id)
    db.session.execute(change.values(state=LetterState.SENT, address_index=INDEX, answer="250"))
    return letter_id


def prepared(app: Flask, now: datetime) -> Sent:
    app.extensions["settings"] = replace(settings(), mail_from="pages@example.org", verp=True)
    person_id = make_person("Maya", now)
    return Sent(app, begun_letter(now, person_id=person_id), person_id)


@pytest.fixture
def sent(app: Flask, now: datetime) -> Sent:
    return prepared(app, now)


def everything() -> list[object]:
    """Return all rows that a returned message could touch."""
    db.session.rollback()
    marks = OutboxLetter.returned_at, OutboxLetter.complained_at
    letter = select(OutboxLetter.state, OutboxLetter.answer, *marks)
    found: list[object] = [tuple(row) for row in db.session.execute(letter)]
    found += list(db.session.scalars(select(Suppression.address_index)))
    found += list(db.session.scalars(select(MailServer.alarm_answer)))
    return found


def test_the_corpus_is_read_by_its_numbers(
    sent: Sent, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    assert set(CORPUS) == {path.stem for path in FOLDER.iterdir()}
    caplog.set_level(logging.DEBUG)
    for name, (outcome, answer) in CORPUS.items():
        sent.id = begun_letter(now, person_id=sent.person_id)
        assert handle(sent.raw(name), now) is outcome, name
        row = sent.row()
        assert (row.complained_at is not None) is (outcome is COMPLAINT), name
        assert (row.returned_at is not None) is (outcome not in {IGNORED, COMPLAINT}), name
        assert row.answer == (answer or "250"), name
        assert row.state is LetterState.SENT
        reason = {NO_MAILBOX: "no_mailbox", COMPLAINT: "complaint"}.get(outcome)
        assert is_suppressed(INDEX) == reason, name
        with transaction():
            db.session.query(Suppression).delete()
    assert db.session.query(MailServer.alarm_answer).scalar() == "5.7.1"
    for words in ("maya", "example", "+", "@"):
        assert words not in caplog.text.replace("5.7.1", "")


def test_on_each_database_a_message_counts_once(database_app: Flask, now: datetime) -> None:
    sent = prepared(database_app, now)
    told: list[str] = []

    def note(_sender: object, **values: object) -> None:
        told.append(str(values.get("kind", "returned")))

    with signals.returned.connected_to(note), signals.complained.connected_to(note):
        assert handle(sent.raw("postfix-no-mailbox"), now) is NO_MAILBOX
        before = everything()
        for name in ("postfix-no-mailbox", "postfix-full", "postfix-policy"):
            assert handle(sent.raw(name), now + timedelta(days=1)) is IGNORED, name
        assert everything() == before and told == ["returned"]
        sent.id = begun_letter(now, person_id=sent.person_id)
        assert handle(sent.raw("arf-mail-from"), now) is COMPLAINT
        assert told == ["returned", "open"]
        assert handle(sent.raw("arf-return-path"), now) is IGNORED


def test_a_complaint_counts_though_the_letter_was_returned(sent: Sent, now: datetime) -> None:
    # Who has it sent on to two mailboxes: one is full, the other calls it unwanted.
    assert handle(sent.raw("postfix-full"), now) is REFUSED
    assert handle(sent.raw("arf-mail-from"), now + timedelta(days=1)) is COMPLAINT
    assert is_suppressed(INDEX) is SuppressionReason.COMPLAINT
    assert (sent.row().returned_at, sent.row().answer) == (now, "5.2.2")
    lift_all()
    assert handle(sent.raw("arf-message-id"), now + timedelta(days=2)) is IGNORED
    assert is_suppressed(INDEX) is None


@transaction()
def lift_all() -> None:
    db.session.query(Suppression).delete()


def test_what_nobody_but_we_can_name_counts_for_nothing(sent: Sent, now: datetime) -> None:
    before = everything()
    stranger = replace(settings(), secret_key=new_secret_key())
    for name, (outcome, _answer) in CORPUS.items():
        if outcome is IGNORED or name == "arf-message-id":
            continue
        forged = sent.raw(name, by=stranger).replace(sent.id.encode(), b"x" * 22)
        assert handle(forged, now) is IGNORED, name
        assert handle(sent.raw(name, letter_id=new_id()), now) is IGNORED, name
        plain = sent.raw(name).replace(b"pages+", b"pages-").replace(b"PAGES+", b"PAGES-")
        assert handle(plain.replace(sent.id.encode(), b"x" * 22), now) is IGNORED, name
    # Who was written back to knows a Message-ID: it is no proof of a bounce.
    bounce = sent.raw("postfix-no-mailbox", by=stranger)
    assert sent.id.encode() in bounce and handle(bounce, now) is IGNORED
    other = sent.raw("arf-message-id").replace(b"@example.org>", b"@example.com>")
    assert handle(other, now) is IGNORED
    assert everything() == before


def test_a_letter_that_never_went_cannot_come_back(sent: Sent, now: datetime) -> None:
    with transaction():
        outbox.post("open", key="waits", now=now)
    waiting = db.session.query(OutboxLetter.id).filter_by(key="waits").scalar()
    assert handle(sent.raw("postfix-no-mailbox", letter_id=waiting), now) is IGNORED
    with transaction():
        outbox.forget(OutboxLetter.id == sent.id)
    assert handle(sent.raw("postfix-no-mailbox"), now) is IGNORED


def test_a_complaint_outweighs_a_missing_mailbox(sent: Sent, now: datetime) -> None:
    suppress(INDEX, SuppressionReason.NO_MAILBOX, now)
    assert handle(sent.raw("arf-return-path"), now) is COMPLAINT
    assert is_suppressed(INDEX) is SuppressionReason.COMPLAINT


def nested(depth: int) -> bytes:
    opening = b"".join(
        b"Content-Type: multipart/report; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(depth)
    )
    return opening + b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n"


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda raw: b"",
    "NULs": lambda raw: b"\0" * 5000,
    "no headers": lambda raw: raw.partition(b"\n\n")[2],
    "one endless line": lambda raw: b"To: " + b"a" * 900_000,
    "no end": lambda raw: raw[: len(raw) // 2],
    "no boundary": lambda raw: raw.replace(b"boundary=", b"border="),
    "random bytes": lambda raw: bytes(range(256)) * 4000,
    "too big": lambda raw: raw + b"x" * MOST_BYTES,
    "ten megabytes": lambda raw: raw + b"x\n" * 5_000_000,
    "forty deep": lambda raw: nested(40),
    "a hundred deep": lambda raw: nested(100),
    "ten thousand deep": lambda raw: nested(10_000),
    "bad base64": lambda raw: raw.replace(
        b"message/delivery-status\n",
        b"message/delivery-status\nContent-Transfer-Encoding: base64\n",
    ),
    "unknown encoding": lambda raw: raw.replace(
        b"Content-Type: multipart", b"Content-Transfer-Encoding: x-none\nContent-Type: multipart"
    )[:900],
    "bad parameters": lambda raw: raw.replace(b"report-type=", b"report-type*0*=''%%%=").replace(
        b"boundary=", b"boundary*=klingon''%FF"
    ),
    "empty groups": lambda raw: raw.replace(b"Action: failed", b"\n\n\n:\n =\n"),
}


def test_broken_mail_is_left_quickly(sent: Sent, now: datetime) -> None:
    before, raw = everything(), sent.raw("postfix-no-mailbox")
    for case, broken in BROKEN.items():
        began = time.perf_counter()
        assert handle(broken(raw), now) is IGNORED, case
        assert time.perf_counter() - began < 3, case
    assert everything() == before


def test_every_cut_and_every_odd_byte_is_survived(sent: Sent) -> None:
    for name in CORPUS:
        raw = sent.raw(name)
        for at in range(0, len(raw), 97):
            read(raw[:at])
            read(raw[:at] + b"\xff\0\r" + raw[at + 3 :])


def test_line_ends_make_no_difference(sent: Sent, now: datetime) -> None:
    raw = sent.raw("exim-no-mailbox").replace(b"\n", b"\r\n")
    assert handle(raw, now) is NO_MAILBOX


def test_the_same_message_many_times_at_once_counts_once(
    database_app: Flask, now: datetime
) -> None:
    sent = prepared(database_app, now)
    raw = {name: sent.raw(name) for name in ("postfix-no-mailbox", "arf-return-path")}
    db.session.remove()
    outcomes: list[Outcome] = []

    def take(name: str) -> None:
        with database_app.app_context():
            outcomes.append(handle(raw[name], now))
            db.session.remove()

    threads = [threading.Thread(target=take, args=(name,)) for name in raw for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 8
    assert sorted(one for one in outcomes if one is not IGNORED) == [COMPLAINT, NO_MAILBOX]
