"""A real mail server that offers STARTTLS with a certificate it has signed itself."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers import free_port


class Peer:
    """What such a server has been told: passwords, and whether letters came encrypted."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self.encrypted: list[bool] = []
        self.passwords: list[bytes] = []
        self.controller = Controller(
            self,
            hostname="127.0.0.1",
            port=free_port(),
            tls_context=context,
            authenticator=self._let_in,
            auth_require_tls=False,
        )

    def _let_in(self, *given: Any) -> AuthResult:
        self.passwords.append(given[-1].password)
        return AuthResult(success=True)

    async def handle_DATA(self, _server: Any, session: Any, _envelope: Any) -> str:
        self.encrypted.append(session.ssl is not None)
        return "250 kept"

    def url(self, host: str = "127.0.0.1", user: str = "", query: str = "") -> str:
        return f"smtp://{user}{host}:{self.controller.port}{query}"


@contextmanager
def running(context: ssl.SSLContext | None) -> Iterator[Peer]:
    """Run one server."""
    peer = Peer(context)
    peer.controller.start()
    try:
        yield peer
    finally:
        peer.controller.stop()


def own_context(folder: Path) -> ssl.SSLContext:
    """Return a server's context with a certificate of its own that no authority knows."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = folder / "server.pem"
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return context
