"""What `couples doctor` says about the sender's domain, asked of a real name server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from couples.doctor import names, records, sender
from couples.doctor.findings import Finding
from couples.mail.message import signing
from couples.mail.sender_settings import DkimKey
from couples.settings import Settings
from tests.dns_peer import BROKEN, SILENT, Zone, knowing

OURS = "v=DKIM1; k=rsa; p=QUJD"
PUBLISHED = {
    "pages.example.org MX": ["10 mail.example.org."],
    "pages.example.org TXT": ['"something else"', '"v=spf1 mx " "-all"'],
    "_dmarc.example.org TXT": ['"v=DMARC1; p=quarantine; sp=none"'],
    "mail.example.org A": ["192.0.2.1"],
    "1.2.0.192.in-addr.arpa PTR": ["mail.example.org."],
}


@pytest.fixture
def sending(settings_for: Callable[..., Settings]) -> Settings:
    """Settings with which letters leave for other people."""
    return settings_for(
        "sqlite:////nonexistent/pages.db",
        public_url="https://pages.example.org",
        mail_from="letters@pages.example.org",
        smtp_url="smtp://mail.example.org",
    )


def found(settings: Settings, zone: Zone) -> list[Finding]:
    with knowing(zone) as peer:
        ask = names.Names(["127.0.0.1"], peer.port, seconds=0.3)
        return list(sender.in_the_dns(settings, ask))


def test_a_domain_that_publishes_what_others_ask_for_is_fine(sending: Settings) -> None:
    findings = found(sending, PUBLISHED)
    assert [one.mark for one in findings] == ["ok", "ok", "note", "ok", "note"]
    words = "\n".join(one.words for one in findings)
    assert "DMARC: example.org has a record (p=quarantine)" in words
    assert "192.0.2.1 (mail.example.org) is called mail.example.org in reverse" in words


def test_a_domain_that_publishes_nothing_is_told_what_to_publish(sending: Settings) -> None:
    findings = found(sending, {})
    assert [one.mark for one in findings] == ["BAD", "BAD", "note", "BAD", "note"]
    words = "\n".join(one.words for one in findings)
    assert "Publish an MX record" in words
    assert "v=spf1 mx -all" in words
    assert "_dmarc.pages.example.org: v=DMARC1; p=none" in words


def test_an_address_alone_brings_returned_letters_back(sending: Settings) -> None:
    assert found(sending, {"pages.example.org AAAA": ["2001:db8::1"]})[0].mark == "ok"


def test_one_answer_that_fails_hides_no_other(sending: Settings) -> None:
    findings = found(sending, PUBLISHED | {"pages.example.org TXT": BROKEN})
    assert [one.mark for one in findings] == ["ok", "note", "note", "ok", "note"]
    assert "cannot be asked" in findings[1].words


def test_a_silent_resolver_is_waited_for_once_and_is_no_fault(sending: Settings) -> None:
    with knowing({"pages.example.org MX": SILENT}) as peer:
        ask = names.Names(["127.0.0.1"], peer.port, seconds=0.3)
        findings = list(sender.in_the_dns(sending, ask))
        assert [(one.mark, "cannot be asked" in one.words) for one in findings] == [("note", True)]
        assert set(peer.heard) == {"pages.example.org MX"}


def test_a_machine_without_a_resolver_is_no_fault(sending: Settings) -> None:
    ask = names.Names(["127.0.0.1"], 1, seconds=0.3)
    assert {one.mark for one in sender.in_the_dns(sending, ask)} == {"note"}


def test_nothing_is_looked_up_while_letters_stay_here(sending: Settings) -> None:
    for settings in (
        replace(sending, smtp_url=None),
        replace(sending, public_url="http://127.0.0.1:8000"),
    ):
        with knowing(PUBLISHED) as peer:
            ask = names.Names(["127.0.0.1"], peer.port)
            assert [one.mark for one in sender.in_the_dns(settings, ask)] == ["note"]
            assert peer.heard == []


@pytest.mark.parametrize(
    ("texts", "mark", "word"),
    [
        (["v=spf1 mx -all"], "ok", "one record"),
        (["V=SPF1 include:_spf.example.net ~all"], "ok", "one record"),
        ([], "BAD", "no TXT record"),
        (["v=spf10 mx -all"], "BAD", "no TXT record"),
        (["v=spf1 mx -all", "v=spf1 a -all"], "BAD", "2 v=spf1 records"),
        (["v=spf1 +all"], "BAD", "anybody"),
        (["v=spf1 mx all"], "BAD", "anybody"),
        (["v=spf1 include:all.example.net -all"], "ok", "one record"),
        (["v=spf1 a:all.example.net ?all"], "ok", "one record"),
    ],
)
def test_spf_is_one_record_that_does_not_let_anybody_send(
    texts: list[str], mark: str, word: str
) -> None:
    finding = records.spf("example.org", texts)
    assert (finding.mark, word in finding.words) == (mark, True)


@pytest.mark.parametrize(
    ("texts", "mark", "word"),
    [
        (["v=DKIM1; k=rsa; p=QUJD"], "ok", "holds our key"),
        (["p = QU JD"], "ok", "holds our key"),
        ([], "BAD", f"Publish there as TXT: {OURS}"),
        (["v=spf1 -all"], "BAD", f"Publish there as TXT: {OURS}"),
        (["v=DKIM1; p="], "BAD", "does not hold our key"),
        (["v=DKIM1; p=QUJE"], "BAD", "does not hold our key"),
        (["v=DKIM1; p=QUJD", "v=DKIM1; p=QUJE"], "BAD", "2 records"),
    ],
)
def test_dkim_is_one_record_with_our_key(texts: list[str], mark: str, word: str) -> None:
    finding = records.dkim("one._domainkey.example.org", texts, OURS)
    assert (finding.mark, word in finding.words) == (mark, True)


@pytest.mark.parametrize(
    "key", [rsa.generate_private_key(65537, 1024), Ed25519PrivateKey.generate()]
)
def test_where_letters_are_signed_the_key_is_looked_for(sending: Settings, key: Any) -> None:
    dkim = DkimKey("one", key)
    settings, text = replace(sending, dkim=dkim), signing.dns_record(dkim)
    parts = " ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200))
    name = "one._domainkey.pages.example.org TXT"
    assert found(settings, PUBLISHED | {name: [parts]})[2].mark == "ok"
    missing = found(settings, PUBLISHED)[2]
    assert (missing.mark, text in missing.words) == ("BAD", True)


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["v=DMARC1; p=none"], "ok"),
        (["v=DMARC1;p=reject;rua=mailto:a@example.org"], "ok"),
        (["v=DMARC1; rua=mailto:a@example.org"], "BAD"),
        (["v=DMARC1; p=nothing"], "BAD"),
        (["v=DMARC1; p=none", "v=DMARC1; p=none"], "BAD"),
        (["v=spf1 -all"], None),
        ([], None),
    ],
)
def test_dmarc_is_one_record_with_a_policy(texts: list[str], mark: str | None) -> None:
    finding = records.dmarc("example.org", texts)
    assert (finding.mark if finding else None) == mark


def test_a_domain_that_takes_no_mail_is_a_bad_sender() -> None:
    assert records.mail_hosts("example.org", [""], []).mark == "BAD"


@pytest.mark.parametrize(
    ("url", "mail_from", "marks"),
    [
        ("https://pages.example.org", "a@example.org", []),
        ("https://example.org", "a@mail.example.org", []),
        ("https://pages.example.org", "a@example.net", ["note"]),
        ("https://pages.example.org", "a@notexample.org", ["note"]),
        ("http://pages.example.org", "a@example.org", ["BAD"]),
        ("http://127.0.0.1:8000", "a@example.net", []),
    ],
)
def test_sender_and_address_belong_together_and_use_https(
    sending: Settings, url: str, mail_from: str, marks: list[str]
) -> None:
    settings = replace(sending, public_url=url, mail_from=mail_from)
    assert [one.mark for one in sender.address(settings)] == marks
