"""A door with TLS before the service, as a reverse proxy of an operator would be; loopback only."""

from __future__ import annotations

import datetime
import http.client
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

# These belong to one connection and are not handed on.
OWN = {"connection", "keep-alive", "transfer-encoding", "x-forwarded-for", "x-forwarded-proto"}


def make_certificate(folder: Path) -> Path:
    """Write a certificate for localhost, with its key, that nobody else trusts; say where."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    began = datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1)
    names: list[x509.GeneralName] = [
        x509.DNSName("localhost"),
        x509.IPAddress(ip_address("127.0.0.1")),
    ]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(began)
        .not_valid_after(began + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / "front.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return path


class Front(BaseHTTPRequestHandler):
    """Hands every request on to the service, and its answer back."""

    protocol_version = "HTTP/1.1"
    behind = 0

    def version_string(self) -> str:
        """Say nothing of what this is."""
        return ""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def hand_on(self) -> None:
        """Do one request."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        sent = {name: value for name, value in self.headers.items() if name.lower() not in OWN}
        sent |= {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https"}
        sent |= {"X-Forwarded-Host": self.headers.get("Host", "")}
        connection = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=60)
        try:
            connection.request(self.command, self.path, body=body, headers=sent)
            answer = connection.getresponse()
            self.answer(answer, answer.read())
        finally:
            connection.close()

    def answer(self, answer: http.client.HTTPResponse, body: bytes) -> None:
        """Give back what the service said."""
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in {*OWN, "content-length"}:
                self.send_header(name, value)
        empty = answer.status in {204, 304}
        if not empty:
            self.send_header("Content-Length", answer.getheader("Content-Length") or str(len(body)))
        self.end_headers()
        if not empty and self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_POST = do_HEAD = do_OPTIONS = do_PUT = do_DELETE = do_PATCH = do_TRACE = hand_on  # noqa: N815


class Quiet(ThreadingHTTPServer):
    """A server that says nothing when a tool hangs up."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def front(behind: int, certificate: Path) -> Iterator[int]:
    """Keep the door open for as long as this lasts; give its port."""
    handler = type("FrontOfOne", (Front,), {"behind": behind})
    server = Quiet(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
