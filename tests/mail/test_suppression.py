"""An address that is nobody's gets no more letters, and is believed when it takes one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from couples.accounts import addresses
from couples.db import db
from couples.mail import letter, signals, suppression
from couples.mail.carrying.transport import Transport
from couples.mail.models import LetterState, Suppression, SuppressionReason
from couples.mail.sending.delivery import deliver
from tests.mail.conftest import Clock, post, row_of, states
from tests.mail.peer import ScriptedPeer

SENT, SUPPRESSED, DEAD = LetterState.SENT, LetterState.SUPPRESSED, LetterState.DEAD
NO_MAILBOX, COMPLAINT = SuppressionReason.NO_MAILBOX, SuppressionReason.COMPLAINT


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """Return the names of the signals that were sent, as they are sent."""
    found: list[str] = []

    def returned(_sender: Any, **_values: Any) -> None:
        found.append("returned")

    def delivered_again(_sender: Any, **_values: Any) -> None:
        found.append("delivered again")

    with (
        signals.returned.connected_to(returned),
        signals.delivered_again.connected_to(delivered_again),
    ):
        yield found


def index_of(person: str) -> str:
    return suppression.fingerprint(f"{person}@example.org")


@pytest.mark.parametrize("typed", ["Maya@Example.org", "maya@münchen.example", "a.b+c@EXAMPLE.org"])
def test_a_letters_address_has_the_fingerprint_its_account_has(posting: Flask, typed: str) -> None:
    address = addresses.canonical(typed)
    assert suppression.fingerprint(address) == addresses.index_of_typed(typed)


@pytest.mark.parametrize(
    ("step", "answer", "fate", "reason"),
    [
        ("RCPT", "550 5.1.1 nobody", SUPPRESSED, NO_MAILBOX),
        ("CONTENT", "550 5.1.10 nobody", SUPPRESSED, NO_MAILBOX),
        ("RCPT", "550 nobody here", DEAD, None),
        ("RCPT", "552 5.2.2 full", DEAD, None),
    ],
)
def test_E12_only_an_address_that_is_nobodys_is_suppressed(
    posting: Flask,
    plain_kind: str,
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
    heard: list[str],
    step: str,
    answer: str,
    fate: LetterState,
    reason: SuppressionReason | None,
) -> None:
    peer.script[step] = [answer]
    post(plain_kind, "maya", clock())
    deliver(clock, transport)
    assert states() == {"maya": fate}
    assert row_of("maya").address_index == index_of("maya")
    assert row_of("maya").answer == " ".join(answer.split()[:2]).removesuffix(" nobody")
    assert suppression.is_suppressed(index_of("maya")) is reason
    assert heard == (["returned"] if reason else [])


@pytest.mark.parametrize("reason", SuppressionReason)
def test_what_is_posted_to_a_suppressed_address_is_not_sent(
    posting: Flask,
    plain_kind: str,
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
    reason: SuppressionReason,
) -> None:
    suppression.suppress(index_of("maya"), reason, clock())
    post(plain_kind, "maya", clock())
    post(plain_kind, "jonas", clock())
    deliver(clock, transport)
    assert states() == {"maya": SUPPRESSED, "jonas": SENT}
    assert not [line for line in peer.heard if "maya" in line]
    clock.forward(days=1)
    assert deliver(clock, transport).claimed == 0


@pytest.mark.parametrize(("reason", "left"), [(NO_MAILBOX, None), (COMPLAINT, COMPLAINT)])
def test_an_account_letter_always_goes_and_lifts_a_missing_mailbox_but_no_complaint(
    posting: Flask,
    plain_kind: str,
    clock: Clock,
    transport: Transport,
    heard: list[str],
    monkeypatch: pytest.MonkeyPatch,
    reason: SuppressionReason,
    left: SuppressionReason | None,
) -> None:
    monkeypatch.setattr(letter, "_account_letters", {plain_kind})
    suppression.suppress(index_of("maya"), reason, clock())
    heard.clear()
    post(plain_kind, "maya", clock())
    deliver(clock, transport)
    assert states() == {"maya": SENT}
    assert suppression.is_suppressed(index_of("maya")) is left
    assert heard == ([] if left else ["delivered again"])


def test_an_account_letter_that_comes_back_again_leaves_the_suppression(
    posting: Flask,
    plain_kind: str,
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(letter, "_account_letters", {plain_kind})
    suppression.suppress(index_of("maya"), NO_MAILBOX, clock())
    peer.script["RCPT"] = ["550 5.1.1 nobody"]
    post(plain_kind, "maya", clock())
    deliver(clock, transport)
    assert states() == {"maya": SUPPRESSED}
    assert suppression.is_suppressed(index_of("maya")) is NO_MAILBOX


def test_suppressing_twice_keeps_one_row_and_a_complaint_outweighs(
    posting: Flask, clock: Clock
) -> None:
    for reason in (NO_MAILBOX, NO_MAILBOX, COMPLAINT, NO_MAILBOX):
        suppression.suppress(index_of("maya"), reason, clock())
        clock.forward(days=1)
    kept = db.session.query(Suppression).one()
    assert (kept.reason, kept.since) == (COMPLAINT, clock() - timedelta(days=4))
    suppression.lift(index_of("maya"))
    assert suppression.is_suppressed(index_of("maya")) is COMPLAINT


def test_which_kinds_go_in_spite_of_a_suppression_is_a_short_list(posting: Flask) -> None:
    kinds = {kind for kind in letter.composers if letter.is_account_letter(kind)}
    assert kinds == {"confirm", "reset", "changed"}
