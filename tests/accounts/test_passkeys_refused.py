"""What is refused as a passkey, and what is not a refusal but a mistake of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, encode_cbor

from couples import clock
from couples.accounts.models import Passkey
from couples.db import db, transaction
from tests.accounts.authenticator import NEW_KEY, SoftPasskey
from tests.accounts.test_passkeys import Device, rows
from tests.cast import Cast, sign_in
from tests.tries import forget_tries


@dataclass(frozen=True)
class Crafted(SoftPasskey):
    """A passkey somebody has built by hand: parts of the key, and what attests it, are theirs."""

    parts: dict[int, Any] = field(default_factory=dict)
    format: Any = "none"
    statement: Any = field(default_factory=dict)

    def attestation(self, options: dict[str, Any]) -> str:
        """Answer with a key and a statement of one's own."""
        made = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id
        data = self._data(NEW_KEY) + made + encode_cbor(cose(self) | self.parts)
        sent = {"fmt": self.format, "attStmt": self.statement, "authData": data}
        said = self._said("webauthn.create", options)
        return self._sent(clientDataJSON=said, attestationObject=encode_cbor(sent))


def cose(passkey: SoftPasskey) -> dict[int, Any]:
    """Return a passkey's public key as its device sends it."""
    numbers = passkey.key.public_key().public_numbers()
    x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
    return {1: 2, 3: -7, -1: 1, -2: x, -3: y}


CRAFTED = {
    "a point on no curve": Crafted(parts={-2: bytes(32)}),
    "a list for a number": Crafted(parts={-2: []}),
    "another curve": Crafted(parts={-1: 99}),
    "no kind": Crafted(parts={1: None}),
    "another algorithm": Crafted(parts={3: "ES256"}),
    "packed, with nothing": Crafted(format="packed"),
    "packed, signed with a number": Crafted(format="packed", statement={"alg": -7, "sig": 1}),
    "packed, with no certificate": Crafted(
        format="packed", statement={"alg": -7, "sig": b"x", "x5c": [b"junk"]}
    ),
    "SafetyNet, with text": Crafted(
        format="android-safetynet", statement={"ver": "2.0", "response": "x"}
    ),
    "SafetyNet, with bytes": Crafted(
        format="android-safetynet", statement={"ver": "2.0", "response": b"\xff"}
    ),
    "U2F, with junk": Crafted(format="fido-u2f", statement={"sig": b"x", "x5c": [b"junk"]}),
    "a TPM of nothing": Crafted(format="tpm", statement={"ver": "2.0", "alg": -7}),
    "a number for a format": Crafted(format=5),
}


def test_ASVS_2_2_1_a_passkey_built_by_hand_is_refused_with_a_sentence(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.maya, clock.now())
    for case, passkey in CRAFTED.items():
        answer = Device(client, passkey).add()
        assert answer.status_code == 422, case
        assert answer.get_json()["says"].startswith("That passkey wasn’t added"), case
        forget_tries()
    assert rows(Passkey) == 0
    assert Device(client, Crafted()).add().status_code == 200


def test_16_5_a_mistake_of_ours_is_no_refusal(app: Flask, client: FlaskClient, cast: Cast) -> None:
    """A key that was kept and can no longer be read is told in the log, not to its person."""
    sign_in(client, cast.maya, clock.now())
    device = Device(client)
    assert device.add().status_code == 200
    with transaction():
        row = db.session.scalars(db.select(Passkey)).one()
        kept = base64url_to_bytes(row.credential["public_key"])
        broken = encode_cbor(cose(device.passkey) | {-2: bytes(32)})
        assert len(kept) == len(broken)
        row.credential = row.credential | {"public_key": bytes_to_base64url(broken)}
    client.post("/signout")
    with pytest.raises(ValueError, match="curve"):
        device.enter()
