"""A name server of a few lines that knows what a test tells it."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

# What a name has: "example.org MX" → its records, as a zone file would write them.
Zone = Mapping[str, list[str]]
BROKEN = ["broken"]
SILENT = ["silent"]


class DnsPeer(socketserver.UDPServer):
    """Answers over UDP on a free loopback port; a name it does not know does not exist."""

    def __init__(self, zone: Zone) -> None:
        """Be ready; nothing is answered before `serve_forever`."""
        super().__init__(("127.0.0.1", 0), Asked)
        self.zone = zone
        self.heard: list[str] = []

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    def answer(self, question: dns.message.Message) -> bytes | None:
        """Return the answer to one question; nothing where it is to stay silent."""
        asked = question.question[0]
        name, kind = asked.name.to_text(omit_final_dot=True), asked.rdtype.name
        self.heard.append(f"{name} {kind}")
        found = self.zone.get(f"{name} {kind}", [])
        if found is SILENT:
            return None
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        if found is BROKEN:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif found:
            answer.answer.append(dns.rrset.from_text(asked.name, 60, "IN", kind, *found))
        elif not any(known.startswith(f"{name} ") for known in self.zone):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer.to_wire()


class Asked(socketserver.BaseRequestHandler):
    """One question that came in."""

    def handle(self) -> None:
        """Answer it, or not."""
        assert isinstance(self.server, DnsPeer)
        wire, socket = self.request
        answer = self.server.answer(dns.message.from_wire(wire))
        if answer is not None:
            socket.sendto(answer, self.client_address)


@contextmanager
def knowing(zone: Zone) -> Iterator[DnsPeer]:
    """Give a running name server that knows this."""
    with DnsPeer(zone) as peer:
        thread = threading.Thread(target=peer.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield peer
        peer.shutdown()
