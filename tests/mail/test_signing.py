"""Letters are signed, both unsubscribe headers among what is signed (E4)."""

from __future__ import annotations

import email
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dkim
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from flask import Flask

from couples.mail.carrying.transport import SmtpTransport
from couples.mail.letter import settings
from couples.mail.message.signing import dns_record, signed
from couples.mail.sender_settings import DkimKey
from couples.mail.sending.delivery import deliver
from couples.settings import BadSetting
from tests.mail.conftest import Clock, post
from tests.mail.letters import example
from tests.mail.peer import ScriptedPeer
from tests.test_settings import read

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ED25519 = ed25519.Ed25519PrivateKey.generate()
KEYS = {"rsa": DkimKey("s1", RSA), "ed25519": DkimKey("s1", ED25519)}
OTHERS = {
    "rsa": DkimKey("s1", rsa.generate_private_key(public_exponent=65537, key_size=2048)),
    "ed25519": DkimKey("s1", ed25519.Ed25519PrivateKey.generate()),
}


@pytest.fixture
def curves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lend dkimpy what it would take from a library we do not have: checking one signature."""

    def check(raw: bytes) -> SimpleNamespace:
        key = ed25519.Ed25519PublicKey.from_public_bytes(b64decode(raw))

        def verify(digest: bytes, signature: bytes) -> None:
            try:
                key.verify(signature, digest)
            except InvalidSignature as problem:
                raise bad from problem

        return SimpleNamespace(verify=verify)

    bad = type("BadSignatureError", (Exception,), {})
    lent = SimpleNamespace(
        signing=SimpleNamespace(VerifyKey=lambda raw, encoder: check(raw)),
        encoding=SimpleNamespace(Base64Encoder=None),
        exceptions=SimpleNamespace(BadSignatureError=bad, ValueError=ValueError),
    )
    monkeypatch.setattr(dkim, "nacl", lent, raising=False)


@pytest.fixture
def peer() -> Iterator[ScriptedPeer]:
    peer = ScriptedPeer()
    yield peer
    peer.stop()


def verifies(content: bytes, key: DkimKey) -> bool:
    def answer(name: bytes, timeout: int = 5) -> bytes:
        assert name == b"s1._domainkey.example.org."
        return dns_record(key).encode()

    return bool(dkim.verify(content, dnsfunc=answer))


def sent(app: Flask, peer: ScriptedPeer, key: DkimKey, register: Any, clock: Clock) -> bytes:
    """Send one letter that goes by the clock through a real SMTP conversation."""
    changed = replace(settings(), dkim=key, mail_from="pages@example.org")
    app.extensions["settings"] = changed
    register("open", lambda row, now: example("open-weekly", name="Mäya"))
    post("open", "maya", clock())
    deliver(clock, SmtpTransport(peer.url))
    return peer.contents[0]


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.usefixtures("curves")
def test_a_signature_holds_for_what_really_arrived(
    app: Flask, peer: ScriptedPeer, composing: Callable[..., None], clock: Clock, kind: str
) -> None:
    content, key = sent(app, peer, KEYS[kind], composing, clock), KEYS[kind]
    assert verifies(content, key)
    field = email.message_from_bytes(content)["DKIM-Signature"]
    tags = dict(part.strip().split("=", 1) for part in field.split(";"))
    names = "".join(tags["h"].split()).split(":")
    assert {"list-unsubscribe", "list-unsubscribe-post"} <= set(names)
    assert names.count("from") == 2 and tags["d"] == "example.org"
    assert max(map(len, content.partition(b"\r\n\r\n")[0].split(b"\r\n"))) < 100


@pytest.mark.usefixtures("curves")
@pytest.mark.parametrize("kind", KEYS)
def test_whatever_is_changed_on_the_way_breaks_it(
    app: Flask, peer: ScriptedPeer, composing: Callable[..., None], clock: Clock, kind: str
) -> None:
    content, key = sent(app, peer, KEYS[kind], composing, clock), KEYS[kind]
    changes = [
        (b"minutes", b"minutez"),
        (b"\r\nTo: ", b"\r\nFrom: evil@example.com\r\nTo: "),
        (b"List-Unsubscribe: <https://", b"List-Unsubscribe: <http://"),
        (b"One-Click", b"Two-Click"),
        (b"\r\nDate: ", b"\r\nDate: X"),
        (b"auto-generated", b"no"),
    ]
    for before, after in changes:
        assert before in content
        assert not verifies(content.replace(before, after, 1), key), before
    assert not verifies(content, OTHERS[kind])
    # A relay may fold headers anew.
    refolded = content.replace(b"Subject: A few", b"Subject:  A\r\n\tfew", 1)
    assert refolded != content and verifies(refolded, key)


def test_without_a_key_a_letter_stays_as_it_is(app: Flask) -> None:
    assert signed(settings(), b"From: a@example.org\r\n\r\nHello\r\n").startswith(b"From")


def pem(private: Any, how: Any = None) -> bytes:
    found: bytes = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how or NoEncryption())
    return found


def test_a_wrong_key_stops_the_start_and_is_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    bad = {
        "no key": b"nothing of a key",
        "public": RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "encrypted": pem(RSA, BestAvailableEncryption(b"secret")),
        "curve": pem(ec.generate_private_key(ec.SECP256R1())),
        "binary": b"\xff\x00" * 99,
        "empty": b"",
        "cut": pem(RSA)[:400],
    }
    for case, content in bad.items():
        path.write_bytes(content)
        with pytest.raises(BadSetting, match="DKIM_KEY_FILE") as problem:
            read(DKIM_SELECTOR="s1", DKIM_KEY_FILE=str(path))
        assert problem.value.__context__ is None or problem.value.__suppress_context__, case
        assert "secret" not in str(problem.value)
    for good in (RSA, ED25519, short):
        path.write_bytes(pem(good))
        found = read(DKIM_SELECTOR="S1.mail", DKIM_KEY_FILE=str(path))
        assert found.dkim is not None and found.dkim.selector == "s1.mail"
        assert "PRIVATE" not in repr(found) and "KeyObject" not in repr(found)
    for half in ({"DKIM_SELECTOR": "s1"}, {"DKIM_KEY_FILE": str(path)}):
        with pytest.raises(BadSetting, match="belong together"):
            read(**half)
    with pytest.raises(BadSetting, match="cannot be read"):
        read(DKIM_SELECTOR="s1", DKIM_KEY_FILE=str(tmp_path / "none"))
    with pytest.raises(BadSetting, match="DKIM_SELECTOR"):
        read(DKIM_SELECTOR="s1;d=evil", DKIM_KEY_FILE=str(path))


def test_the_record_for_the_dns_is_one_line(app: Flask) -> None:
    for kind, key in KEYS.items():
        assert dns_record(key).startswith(f"v=DKIM1; k={kind}; p=") and "\n" not in dns_record(key)
