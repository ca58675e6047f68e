"""Asking the DNS, briefly: what it does not answer cannot be said, and is no fault of ours."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

from dns import reversename
from dns.exception import DNSException, Timeout
from dns.name import Name
from dns.resolver import NXDOMAIN, NoAnswer, Resolver

SECONDS = 3.0


class CannotAsk(Exception):
    """Nobody answers questions about names."""


class Names:
    """Questions to the system's resolver, or to another one."""

    def __init__(
        self, servers: Collection[str] = (), port: int = 53, seconds: float = SECONDS
    ) -> None:
        """Ask these servers, or whom the system asks; nothing is asked yet."""
        self.servers = list(servers)
        self.port = port
        self.seconds = seconds
        self.is_gone = False

    @cached_property
    def resolver(self) -> Resolver:
        """Whom we ask."""
        found = Resolver(configure=not self.servers)
        if self.servers:
            found.nameservers = self.servers
            found.port = self.port
        found.timeout = found.lifetime = self.seconds
        return found

    def texts(self, name: str) -> list[str]:
        """Return the TXT records of a name, each put together again."""
        return [
            b"".join(record.strings).decode("utf-8", "replace") for record in self._ask(name, "TXT")
        ]

    def mail_hosts(self, domain: str) -> list[str]:
        """Return who takes a domain's mail; an empty name stands for "nobody"."""
        return [str(record.exchange).rstrip(".") for record in self._ask(domain, "MX")]

    def addresses(self, host: str) -> list[str]:
        """Return a host's addresses."""
        return [str(record) for kind in ("A", "AAAA") for record in self._ask(host, kind)]

    def name_of(self, address: str) -> str | None:
        """Return what an address is called in reverse."""
        found = self._ask(reversename.from_address(address), "PTR")
        return str(found[0]).rstrip(".") if found else None

    def _ask(self, name: str | Name, kind: str) -> list[Any]:
        """Return the records of one kind; none where there are none."""
        if self.is_gone:
            raise CannotAsk
        try:
            return list(self.resolver.resolve(name, kind, search=False))
        except (NXDOMAIN, NoAnswer):
            return []
        except (DNSException, OSError) as problem:
            # Nobody waits for the same silence twice.
            self.is_gone = isinstance(problem, Timeout)
            raise CannotAsk(type(problem).__name__) from problem
