"""A small authenticator in software: it makes passkeys and signs with them, rightly or wrongly."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, encode_cbor

# What an authenticator says of itself: somebody was there, was checked, here is a new key.
PRESENT, VERIFIED, NEW_KEY = 0x01, 0x04, 0x40
ORIGIN = "http://localhost:8000"


@dataclass(frozen=True)
class SoftPasskey:
    """One passkey in a device of its own."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1()), repr=False
    )
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    handle: bytes = b""
    rp_id: str = "localhost"
    origin: str = ORIGIN
    count: int = 0
    verifies: bool = True
    present: bool = True

    def but(self, **changes: Any) -> SoftPasskey:
        """Return the same passkey in a device that behaves otherwise."""
        return replace(self, **changes)

    def made_for(self, options: dict[str, Any]) -> SoftPasskey:
        """Return this passkey knowing its person as the options say."""
        return self.but(handle=base64url_to_bytes(options["user"]["id"]))

    def attestation(self, options: dict[str, Any]) -> str:
        """Answer what asks for a new passkey."""
        numbers = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        cose = {1: 2, 3: -7, -1: 1, -2: x, -3: y}
        made = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id
        data = self._data(NEW_KEY) + made + encode_cbor(cose)
        attested = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("webauthn.create", options)
        return self._sent(clientDataJSON=said, attestationObject=attested)

    def assertion(self, options: dict[str, Any]) -> str:
        """Answer what asks for this passkey."""
        data, said = self._data(), self._said("webauthn.get", options)
        signed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        handle = {"userHandle": self.handle} if self.handle else {}
        return self._sent(clientDataJSON=said, authenticatorData=data, signature=signed, **handle)

    def _data(self, more: int = 0) -> bytes:
        flags = (PRESENT if self.present else 0) | (VERIFIED if self.verifies else 0) | more
        site = hashlib.sha256(self.rp_id.encode()).digest()
        return site + bytes([flags]) + self.count.to_bytes(4, "big")

    def _said(self, kind: str, options: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(said).encode()

    def _sent(self, **response: bytes) -> str:
        name = bytes_to_base64url(self.credential_id)
        answered = {field: bytes_to_base64url(value) for field, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": answered})
