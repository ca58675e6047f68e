"""Whether others believe that letters come from us: the sender's domain, and what it publishes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from couples.doctor import records
from couples.doctor.findings import Finding, bad, note
from couples.doctor.names import CannotAsk, Names
from couples.mail.letter import mail_domain
from couples.mail.message import signing
from couples.settings import Settings, is_loopback_host


def address(settings: Settings) -> Iterator[Finding]:
    """Whether the sender's domain and the address of the pages belong together, and use https."""
    if settings.captures_letters or settings.is_loopback:
        return
    host, domain = settings.public_host, mail_domain(settings)
    if not settings.is_https:
        yield bad(
            "PUBLIC_URL is not https: passwords travel in clear, and the stop button of mail "
            "programs only works with https."
        )
    if not is_below(host, domain) and not is_below(domain, host):
        yield note(
            f"MAIL_FROM is at {domain}, links lead to {host}: filters trust letters more "
            "when both are under one domain."
        )


def is_below(name: str, domain: str) -> bool:
    """Whether a name is a domain or lies under it."""
    return f".{name}".endswith(f".{domain}")


def in_the_dns(settings: Settings, ask: Names) -> Iterator[Finding]:
    """What the sender's domain publishes; one note where nobody can be asked."""
    if settings.captures_letters or settings.is_loopback:
        yield note("SPF, DKIM and DMARC are not looked up: no letter leaves for other people yet.")
        return
    checks: tuple[Callable[[Settings, Names], Finding], ...] = (way_back, spf, dkim, dmarc, reverse)
    for check in checks:
        try:
            yield check(settings, ask)
        except CannotAsk as problem:
            what = check.__name__.replace("way_back", "MX").replace("reverse", "PTR").upper()
            if ask.is_gone:
                yield note(
                    f"The DNS cannot be asked from here, so {what} and what follows is open."
                )
                return
            yield note(f"{what}: the DNS cannot be asked ({problem}).")


def way_back(settings: Settings, ask: Names) -> Finding:
    """Whether returned letters can come back."""
    domain = mail_domain(settings)
    hosts = ask.mail_hosts(domain)
    return records.mail_hosts(domain, hosts, [] if hosts else ask.addresses(domain))


def spf(settings: Settings, ask: Names) -> Finding:
    """Who may send for our domain."""
    domain = mail_domain(settings)
    return records.spf(domain, ask.texts(domain))


def dkim(settings: Settings, ask: Names) -> Finding:
    """Whether others can check our signatures, where we sign."""
    if settings.dkim is None:
        return note(
            "DKIM: letters leave unsigned (DKIM_KEY_FILE is not set). Unless the mail server "
            "signs them, the stop button of mail programs does not show."
        )
    name = f"{settings.dkim.selector}._domainkey.{mail_domain(settings)}"
    return records.dkim(name, ask.texts(name), signing.dns_record(settings.dkim))


def dmarc(settings: Settings, ask: Names) -> Finding:
    """What receivers are asked to do with forged letters, by our domain or one above it."""
    labels = (domain := mail_domain(settings)).split(".")
    for start in range(max(1, len(labels) - 1)):
        above = ".".join(labels[start:])
        if found := records.dmarc(above, ask.texts(f"_dmarc.{above}")):
            return found
    return records.no_dmarc(domain)


def reverse(settings: Settings, ask: Names) -> Finding:
    """What the mail server's address is called."""
    host = urlsplit(settings.smtp_url or "").hostname or ""
    if is_loopback_host(host):
        return note(
            "PTR: let this machine's public address be called, in reverse, by its own name."
        )
    found = ask.addresses(host)
    return (
        records.reverse(host, found[0], ask.name_of(found[0]))
        if found
        else (note(f"PTR: {host} has no address in the DNS."))
    )
