"""Letters go encrypted where they can; a password never goes in clear to another machine."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from couples.doctor import mail_server
from couples.mail.carrying.transport import SmtpTransport, Unreachable, context_for, port_of
from couples.settings import Settings
from tests.mail.peer import ScriptedPeer
from tests.mail.tls_peer import Peer, own_context, running

USER = "pages:p%40ss@"
# Reaches this machine, and is none of its loopback names: what holds for others holds for it.
ELSEWHERE = "0.0.0.0"


@pytest.fixture
def offering(tmp_path: Path) -> Iterator[Peer]:
    with running(own_context(tmp_path)) as peer:
        yield peer


@pytest.fixture
def plain() -> Iterator[Peer]:
    with running(None) as peer:
        yield peer


def send(url: str) -> None:
    with SmtpTransport(url).connection() as connection:
        connection.open()
        connection.send("pages@example.org", "maya@example.org", b"Subject: hello\r\n\r\nHello\r\n")


@pytest.mark.parametrize(
    ("query", "encrypted"), [("", True), ("?starttls=1", True), ("?starttls=0", False)]
)
def test_encryption_is_used_where_it_is_offered_unless_it_is_forbidden(
    offering: Peer, query: str, encrypted: bool
) -> None:
    send(offering.url(query=query))
    assert offering.encrypted == [encrypted]


def test_a_password_goes_encrypted_where_encryption_is_offered(offering: Peer) -> None:
    send(offering.url(user=USER))
    assert (offering.passwords, offering.encrypted) == ([b"p@ss"], [True])


def test_without_encryption_letters_go_unless_it_is_demanded(plain: Peer) -> None:
    send(plain.url())
    with pytest.raises(Unreachable, match="starttls=1"):
        send(plain.url(query="?starttls=1"))
    assert plain.encrypted == [False]


@pytest.mark.parametrize("query", ["", "?starttls=0"])
def test_no_password_goes_in_clear_to_another_machine(plain: Peer, query: str) -> None:
    with pytest.raises(Unreachable, match="in clear"):
        send(plain.url(ELSEWHERE, USER, query))
    assert (plain.passwords, plain.encrypted) == ([], [])


@pytest.mark.parametrize("answer", ["454 not now", "502 never heard of it"])
@pytest.mark.parametrize("query", ["", "?starttls=1"])
def test_where_encryption_is_offered_and_then_refused_nothing_goes_in_clear(
    query: str, answer: str
) -> None:
    peer = ScriptedPeer({"EHLO": ["250-here\r\n250 STARTTLS"], "STARTTLS": [answer]})
    with pytest.raises(Unreachable, match="SMTPResponseException"):
        send(f"{peer.url.replace('//', '//' + USER)}{query}")
    peer.stop()
    assert [line.split()[0].upper() for line in peer.heard] == ["EHLO", "STARTTLS"]


def test_on_this_machine_a_password_may_go_in_clear(plain: Peer) -> None:
    send(plain.url(user=USER))
    assert plain.passwords == [b"p@ss"]


def test_another_machines_certificate_must_hold(offering: Peer) -> None:
    with pytest.raises(Unreachable, match="SSLCertVerificationError"):
        send(offering.url(ELSEWHERE, USER))
    assert (offering.passwords, offering.encrypted) == ([], [])
    assert context_for("mail.example.org").verify_mode is ssl.CERT_REQUIRED
    assert context_for("mail.example.org").check_hostname


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("smtp://mail.example.org", 25),
        ("smtp://user:word@mail.example.org", 587),
        ("smtps://user:word@mail.example.org", 465),
        ("smtps://mail.example.org", 465),
        ("smtp://user:word@mail.example.org:2525", 2525),
    ],
)
def test_the_usual_ports_are_known(url: str, port: int) -> None:
    assert port_of(url) == port


def test_the_doctor_tries_what_a_letter_would(
    plain: Peer, offering: Peer, settings_for: Callable[..., Settings]
) -> None:
    settings = settings_for("sqlite:////nonexistent/pages.db")
    found = list(mail_server.check(replace(settings, smtp_url=offering.url(user=USER))))
    assert {one.mark for one in found} == {"ok"}
    assert "encrypted" in found[1].words
    [ill] = mail_server.check(replace(settings, smtp_url=plain.url(ELSEWHERE, USER)))
    assert (ill.mark, "SMTP_URL" in ill.words) == ("BAD", True)
    for word in ("p@ss", "p%40ss"):
        assert not any(word in one.words for one in [*found, ill])
