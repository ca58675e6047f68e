"""How far a failed attempt got decides whether a letter may be tried again."""

from __future__ import annotations

import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from couples.mail.carrying.captured import CapturedTransport
from couples.mail.carrying.replies import Meaning
from couples.mail.carrying.transport import FateUnknown, NotSent, SmtpTransport, Unreachable
from tests.mail.peer import HANG_UP, SILENCE, ScriptedPeer
from tests.servers import SmtpPeer

CONTENT = b"Subject: hello\r\n\r\nHello\r\n.\r\n..\r\nBye\r\n"


@pytest.fixture(params=["", "PIPELINING"], ids=["step by step", "in one go"])
def peer(request: pytest.FixtureRequest) -> Iterator[ScriptedPeer]:
    peer = ScriptedPeer(offers=request.param)
    yield peer
    peer.stop()


def transport(peer: ScriptedPeer | SmtpPeer, **changes: float) -> SmtpTransport:
    return SmtpTransport(peer.url, **changes)  # type: ignore[arg-type]


def send(peer: ScriptedPeer | SmtpPeer, times: int = 1) -> None:
    with transport(peer, answer_seconds=0.5).connection() as connection:
        for _ in range(times):
            connection.open()
            connection.send("pages@example.org", "maya@example.org", CONTENT)


def test_lines_that_begin_with_a_dot_arrive_as_they_were(peer: ScriptedPeer) -> None:
    send(peer)
    assert peer.contents == [CONTENT]


def test_a_real_server_takes_a_batch_over_one_connection(smtp_peer: SmtpPeer) -> None:
    send(smtp_peer, times=3)
    assert smtp_peer.recipients == ["maya@example.org"] * 3


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "CONTENT"])
@pytest.mark.parametrize(("code", "status"), [(451, "4.7.1"), (421, None), (550, "5.1.1")])
def test_a_refusal_is_certainly_not_sent_and_keeps_its_numbers(
    peer: ScriptedPeer, step: str, code: int, status: str | None
) -> None:
    peer.script[step] = [f"{code} {status or 'no'} 5.7.2 maya@example.org"]
    with pytest.raises(NotSent) as refused:
        send(peer)
    found = refused.value
    assert (found.step, found.code, found.status) == (step, code, status)
    assert "maya" not in str(found)


def test_the_answer_to_a_letter_that_was_taken_is_kept_as_numbers(peer: ScriptedPeer) -> None:
    peer.script["CONTENT"] = ["250 2.0.0 queued as 12345"]
    with transport(peer).connection() as connection:
        connection.open()
        answer = connection.send("pages@example.org", "maya@example.org", CONTENT)
    assert answer == "250 2.0.0"


@pytest.mark.parametrize("end", [HANG_UP, SILENCE])
@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_line_lost_before_the_content_is_certainly_not_sent(
    peer: ScriptedPeer, step: str, end: str
) -> None:
    peer.script[step] = [end]
    with pytest.raises(NotSent) as lost:
        send(peer)
    assert lost.value.meaning is Meaning.GOING_AWAY
    assert peer.contents == []


@pytest.mark.parametrize("end", [HANG_UP, SILENCE, "nonsense"])
def test_no_answer_after_the_content_leaves_the_fate_unknown(peer: ScriptedPeer, end: str) -> None:
    peer.script["CONTENT"] = [end]
    with pytest.raises(FateUnknown):
        send(peer)
    assert len(peer.contents) == 1


def test_a_kept_connection_that_died_is_replaced_once(peer: ScriptedPeer) -> None:
    peer.script["MAIL"] = ["250 ok", "421 idle too long"]
    send(peer, times=2)
    assert (len(peer.contents), peer.connections) == (2, 2)


def test_a_server_that_hangs_up_again_and_again_is_not_called_for_ever(peer: ScriptedPeer) -> None:
    peer.script["MAIL"] = [HANG_UP] * 9
    with pytest.raises(NotSent):
        send(peer)
    assert peer.connections == 1


def test_a_server_that_says_goodbye_is_called_anew_for_the_next_letter(peer: ScriptedPeer) -> None:
    peer.script["RCPT"] = ["421 too many"]
    with transport(peer).connection() as connection:
        with pytest.raises(NotSent):
            connection.send("pages@example.org", "nobody@example.org", CONTENT)
        connection.send("pages@example.org", "maya@example.org", CONTENT)
    assert (len(peer.contents), peer.connections) == (1, 2)


def test_after_a_refusal_the_next_letter_starts_afresh(peer: ScriptedPeer) -> None:
    peer.script["RCPT"] = ["550 nobody"]
    with transport(peer).connection() as connection:
        with pytest.raises(NotSent):
            connection.send("pages@example.org", "nobody@example.org", CONTENT)
        connection.send("pages@example.org", "maya@example.org", CONTENT)
    assert "rset" in [line.lower() for line in peer.heard]
    assert (len(peer.contents), peer.connections) == (1, 1)


def test_no_server_is_no_letters_fault() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with (
        pytest.raises(Unreachable),
        SmtpTransport(f"smtp://127.0.0.1:{port}").connection() as connection,
    ):
        connection.open()


def test_encryption_that_is_asked_for_is_never_left_out(peer: ScriptedPeer) -> None:
    with (
        pytest.raises(Unreachable),
        SmtpTransport(f"{peer.url}?starttls=1").connection() as connection,
    ):
        connection.open()
    assert not [line for line in peer.heard if line.lower().startswith(("mail", "auth"))]


def test_S6_captured_letters_can_be_read_by_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "letters"
    with CapturedTransport(folder).connection() as connection:
        connection.open()
        connection.send("pages@example.org", "maya@example.org", CONTENT)
    assert {stat.S_IMODE(path.stat().st_mode) for path in [folder, folder / "new"]} == {0o700}
    (kept,) = (folder / "new").iterdir()
    assert kept.read_bytes() == CONTENT.replace(b"\r\n", b"\n")
