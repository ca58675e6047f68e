"""What the letters say, and what they never say."""

from __future__ import annotations

import email
import email.policy
import os
import re
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from couples.mail.letter import Letter, settings
from couples.mail.message import mime
from couples.sealing import KeyRing
from couples.settings import Settings, new_secret_key
from tests.mail.letters import CLOCK, DISCREET, EXAMPLES, NOW, Text, example, message

GOLDEN = Path(__file__).parent / "golden"
FORBIDDEN = re.compile(
    r"couple|partner|relationship|intim|sex|satisf|love|agreement|survey|check-?in", re.IGNORECASE
)
TEMPLATES = Path(__file__).parents[2] / "templates" / "email"


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_letter_reads_as_it_did_when_it_was_last_approved(mailing: Flask, name: str) -> None:
    letter = example(name)
    found = {"txt": f"Subject: {letter.subject}\n\n{letter.text}", "html": letter.html}
    for suffix, text in found.items():
        path = GOLDEN / f"{name}.{suffix}"
        if os.environ.get("WRITE_GOLDEN"):
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text


def test_every_letter_has_an_example() -> None:
    templates = {path.parent.name for path in TEMPLATES.glob("*/body.txt")}
    assert templates == {template for template, _values in EXAMPLES.values()}


@pytest.mark.parametrize("name", DISCREET)
def test_S4_a_discreet_letter_gives_nothing_away_at_a_glance(mailing: Flask, name: str) -> None:
    letter = example(name)
    seen = message(letter)
    glance = [letter.subject, letter.text[:140], " ".join(Text(letter.html).words)[:300]]
    for text in [*glance, *(str(value) for value in seen.values())]:
        assert not FORBIDDEN.search(text)


@pytest.mark.parametrize("name", DISCREET)
def test_S4_a_discreet_letter_holds_no_forbidden_word_at_all(mailing: Flask, name: str) -> None:
    letter = example(name)
    assert not FORBIDDEN.search(letter.text)
    assert not FORBIDDEN.search(" ".join(Text(letter.html).words))


@pytest.mark.parametrize("name", EXAMPLES)
def test_C6_a_letter_tells_the_readers_own_name_and_nobody_elses(mailing: Flask, name: str) -> None:
    letter = example(name)
    assert "Maya" not in letter.subject
    assert letter.text.count("Maya") == letter.html.count("Maya") <= 1


@pytest.mark.parametrize("name", EXAMPLES)
def test_E2_text_comes_first_and_is_complete_and_html_fetches_nothing(
    mailing: Flask, name: str
) -> None:
    letter = example(name)
    parsed = message(letter)
    kinds = [part.get_content_type() for part in parsed.iter_parts()]
    page = Text(letter.html)
    assert kinds == ["text/plain", "text/html"]
    assert not [part.defects for part in parsed.walk() if part.defects]
    assert set(page.links) == set(re.findall(r"https?://\S+", letter.text))
    assert not page.tags & {"img", "link", "script", "form", "iframe", "object", "video", "svg"}
    assert "url(" not in letter.html and "src=" not in letter.html
    assert len(letter.html.encode()) <= 15_000
    assert not re.search(r"\{[{%]|\ue000|None|Undefined", letter.text + letter.html)


@pytest.mark.parametrize("name", EXAMPLES)
def test_E3_the_headers_say_what_mail_programs_need(mailing: Flask, name: str) -> None:
    letter = example(name)
    parsed = message(letter)
    assert parsed["From"] == "Pages <pages@pages.example.org>"
    assert parsed["To"] == "maya@example.org"
    assert parsed["Message-ID"] == "<AbCdEfGhIjKlMnOpQrStU_@pages.example.org>"
    assert parsed["Date"].datetime == NOW
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["List-Id"] == "<letters.pages.example.org>"
    assert "References" not in parsed and "In-Reply-To" not in parsed
    assert all(len(parsed.get_all(header) or []) == 1 for header in set(parsed.keys()))


@pytest.mark.parametrize("name", EXAMPLES)
def test_E4_letters_that_go_by_the_clock_have_the_one_click_header_and_others_do_not(
    mailing: Flask, name: str
) -> None:
    letter = example(name)
    parsed = message(letter)
    by_the_clock = name in CLOCK
    assert bool(letter.one_click_url) == by_the_clock
    assert ("List-Unsubscribe" in parsed) == by_the_clock
    assert ("Stop receiving these emails" in letter.text) == by_the_clock
    if by_the_clock:
        assert parsed["List-Unsubscribe"] == "<https://pages.example.org/stop/token>"
        assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_times_are_told_in_the_readers_zone(mailing: Flask) -> None:
    berlin, tokyo = example("open"), example("open", zone="Asia/Tokyo")
    assert "Sunday, 20:00 (Berlin time)" in berlin.text
    assert "Monday, 03:00 (Tokyo time)" in tokyo.text


def test_a_closing_letter_is_the_same_for_whoever_reads_it(mailing: Flask) -> None:
    maya, jonas = example("closed"), example("closed", name="Jonas")
    assert maya.html.replace("Maya", "Jonas") == jonas.html


def test_the_letter_before_leaves_no_trace_in_the_next(mailing: Flask) -> None:
    example("open", name="Maya", link="https://pages.example.org/week/hers")
    his = example("open", name="Jonas", link="https://pages.example.org/week/his")
    assert "Maya" not in his.text + his.html
    assert "hers" not in his.text + his.html


def test_a_name_is_text_and_never_markup_or_a_place_to_fill(mailing: Flask) -> None:
    letter = example("open", name="<b>\ue000link\ue001 & %(host)s {{ 7*7 }}")
    assert "Hello &lt;b&gt;\ue000link\ue001 &amp; %(host)s {{ 7*7 }}," in letter.html
    assert "Hello <b>\ue000link\ue001 & %(host)s {{ 7*7 }}," in letter.text


BAD = [
    "maya@example.org, jonas@example.org", "maya@example.org;jonas@example.org",
    "<maya@example.org>,<jonas@example.org>", "maya@example.org\r\nBcc: jonas@example.org",
    "maya@example.org\nBcc: x", "maya@example.org\0", "maya@example.org> BODY=8BITMIME",
    "Maya <maya@example.org>", "maya", "", "@example.org", "maya@", "maya@ex ample.org",
    "m\u00e4ya@example.org", "x" * 1000 + "@example.org", "\u202emaya@example.org",
    "maya@example.org\u2028Bcc: x", "a@b@c", '"a\\"b, c"@example.org',
]  # fmt: skip


@pytest.mark.parametrize("address", BAD)
def test_E9_an_address_is_one_address_or_none(address: str) -> None:
    with pytest.raises(mime.BadAddress) as refused:
        mime.one_address(address)
    assert str(refused.value) == "not one address"


@pytest.mark.parametrize("address", BAD)
def test_E9_nothing_in_an_address_reaches_the_message(mailing: Flask, address: str) -> None:
    with pytest.raises(ValueError, match="not one address"):
        mime.as_bytes(replace(example("open"), to=address), settings(), NOW)


def test_a_domain_in_another_script_is_written_in_ascii() -> None:
    assert mime.one_address("maya@b\u00fccher.example") == "maya@xn--bcher-kva.example"


@pytest.mark.parametrize("subject", ["A\r\nBcc: x@example.org", "A\nb", "A\rb", "A\0b", "A\u2028b"])
def test_E9_a_subject_is_one_line(mailing: Flask, subject: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        mime.as_bytes(replace(example("open"), subject=subject), settings(), NOW)


def normal(text: str) -> str:
    return "\n".join(text.splitlines()) + "\n"


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=400)
LINE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=120)


@given(subject=LINE, text=WORDS, html=WORDS)
def test_whatever_a_letter_says_arrives_as_it_was_said(
    ring: KeyRing, subject: str, text: str, html: str
) -> None:
    found = Settings.from_environ({"SECRET_KEY": new_secret_key(), "SEALING_KEYS": ring.text()})
    letter = Letter("plain", "maya@example.org", subject, text, html, "<a@example.org>")
    content = mime.as_bytes(letter, found, NOW)
    parsed = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    plain, page = parsed.iter_parts()
    assert str(parsed["Subject"]).split() == subject.split()
    assert plain.get_content().replace("\r\n", "\n") == normal(text)
    assert page.get_content().replace("\r\n", "\n") == normal(html)
    assert content.isascii() and all(len(line) <= 120 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"") and b"\r" not in content.replace(b"\r\n", b"")
    assert [str(value) for value in parsed.get_all("To") or []] == ["maya@example.org"]
