"""What a domain's records say about the letters that come from it: decisions, nothing is asked."""

from __future__ import annotations

import re

from couples.doctor.findings import Finding, bad, note, ok


def spf(domain: str, texts: list[str]) -> Finding:
    """Whether exactly one record says who may send for a domain, and not "anybody"."""
    found = [text for text in texts if re.match(r"v=spf1( |$)", text, re.IGNORECASE)]
    if not found:
        return bad(
            f"SPF: {domain} has no TXT record that begins with v=spf1. Publish one that names "
            "the mail server, for example: v=spf1 mx -all"
        )
    if len(found) > 1:
        return bad(f"SPF: {domain} has {len(found)} v=spf1 records, which count as none: keep one.")
    if re.search(r"(^| )\+?all\b", found[0], re.IGNORECASE):
        return bad(f"SPF: the record of {domain} lets anybody send (+all): end it with -all.")
    return ok(f"SPF: {domain} has one record that says who may send for it.")


def tags(text: str) -> dict[str, str]:
    """Return the parts of a record such as `v=DKIM1; p=…`."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): re.sub(r"\s", "", value) for name, sign, value in pairs if sign}


def dkim(name: str, texts: list[str], ours: str) -> Finding:
    """Whether the record of our selector holds the public half of the key we sign with."""
    found = [tags(text) for text in texts if "p" in tags(text)]
    if len(found) > 1:
        return bad(f"DKIM: {name} has {len(found)} records: keep one.")
    if found and found[0]["p"] == tags(ours)["p"]:
        return ok(f"DKIM: {name} holds our key.")
    what = "does not hold our key" if found else "is no record of a key"
    return bad(f"DKIM: {name} {what}. Publish there as TXT: {ours}")


def dmarc(domain: str, texts: list[str]) -> Finding | None:
    """What receivers are asked to do with letters that prove nothing; None without a record."""
    found = [tags(text) for text in texts if tags(text).get("v", "").upper() == "DMARC1"]
    if not found:
        return None
    if len(found) > 1:
        return bad(f"DMARC: {domain} has {len(found)} records, which count as none: keep one.")
    policy = found[0].get("p", "").lower()
    if policy not in {"none", "quarantine", "reject"}:
        return bad(f"DMARC: the record of {domain} has no p= of none, quarantine or reject.")
    return ok(f"DMARC: {domain} has a record (p={policy}).")


def no_dmarc(domain: str) -> Finding:
    """Say that a domain has no DMARC record."""
    return bad(
        f"DMARC: {domain} has no record, and Gmail and Yahoo ask for one. Publish at "
        f"_dmarc.{domain}: v=DMARC1; p=none"
    )


def mail_hosts(domain: str, hosts: list[str], addresses: list[str]) -> Finding:
    """Whether answers and returned letters find their way to the sender's domain."""
    if hosts == [""]:
        return bad(f"MX: {domain} says that it takes no mail: many servers refuse such senders.")
    if hosts or addresses:
        return ok(f"MX: mail to {domain} has somewhere to go, so returned letters can come back.")
    return bad(f"MX: mail to {domain} has nowhere to go. Publish an MX record for it.")


def reverse(host: str, address: str, name: str | None) -> Finding:
    """What the mail server is called in reverse; its own operator decides that."""
    if name is None:
        return note(
            f"PTR: {address} ({host}) has no name in reverse. If it sends to others by "
            "itself, let its operator set one: Gmail refuses servers without."
        )
    return note(f"PTR: {address} ({host}) is called {name} in reverse.")
