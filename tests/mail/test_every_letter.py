"""What holds for every letter, in each of its wordings, as a mail program takes it in."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from urllib.parse import urlsplit

import pytest
from flask import Flask

from couples.mail.letter import settings
from couples.mail.message import mime
from tests.mail.letters import (
    ACCOUNT,
    EXAMPLES,
    HOST,
    NOW,
    PLAIN,
    Text,
    example,
    message,
)

TAGS = {
    "html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td", "h1", "p", "a",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "dir", "charset", "name", "content", "class", "style", "role", "width", "align",
    "aria-label", "aria-roledescription", "cellpadding", "cellspacing", "border", "href",
}  # fmt: skip
# What a link says in the text, on a line above it; the HTML says it in the link.
LABELS = {"Change when this arrives:", "Pause it:", "Stop receiving these emails:"}
# Nothing of the partner, of what was answered, of how much.
NEVER = re.compile(
    r"couple|partner|relationship|intim|sex|satisf|love|survey|answer|score|questions?\b|both|"
    r"Jonas|\b(one|two|three) of\b|should|streak|missed|fail|!",
    re.IGNORECASE,
)
NAMES_IT = {"open": "check-in", "reminder": "check-in", "closed": "check-in", "review": "agreement"}


def sentences(words: str) -> list[str]:
    """Return what is said, sentence by sentence, without links."""
    lines = " ".join(re.sub(r"<[^>]+>|https?://\S+", " ", words).split())
    return [one for one in re.split(r"(?<=[.?:])\s|- - -", lines) if len(one) > 1]


def alike(words: str) -> str:
    """Write words on one line, with one name for what is a button in one part only."""
    return " ".join(words.split()).replace("the button is for you", "the link is for you")


@pytest.mark.parametrize("name", EXAMPLES)
def test_E2_text_and_html_say_the_same_sentences_and_have_the_same_links(
    mailing: Flask, name: str
) -> None:
    letter = example(name)
    read, shown = alike(letter.text), alike(unescape(letter.html))
    for said in [one for line in letter.text.splitlines() for one in sentences(alike(line))]:
        assert said in shown or said in LABELS, f"the HTML does not say: {said}"
    for block in re.findall(r"<(?:p|h1)\b[^>]*>(.*?)</(?:p|h1)>", shown):
        for said in sentences(re.sub(r"<a .*?</a>( or |\.)?", " ", block)):
            assert said in read, f"the text does not say: {said}"
    assert set(Text(letter.html).links) == set(re.findall(r"https?://\S+", letter.text))


@pytest.mark.parametrize("name", EXAMPLES)
def test_E1_one_link_for_what_it_is_about_how_to_stop_and_who_runs_it(
    mailing: Flask, name: str
) -> None:
    letter = example(name)
    _template, values = EXAMPLES[name]
    links = Text(letter.html).links
    asides = [values[key] for key in ("change_url", "pause_url", "stop_url") if key in values]
    assert links == [values["link"], *asides]
    assert letter.html.count('class="btn" href=') == 1
    assert "This server is run by The example house." in letter.text
    assert not NEVER.search(" ".join(Text(letter.html).words)), "it says too much"
    assert not NEVER.search(letter.subject)


@pytest.mark.parametrize("name", EXAMPLES)
def test_D10_the_html_is_small_still_and_leads_to_our_own_pages_only(
    mailing: Flask, name: str
) -> None:
    letter = example(name)
    page = Text(letter.html)
    assert page.tags <= TAGS and page.attributes <= ATTRIBUTES
    assert not re.search(r"url\(|@import|@font-face|src=|http-equiv|javascript:", letter.html)
    for link in page.links:
        parts = urlsplit(link)
        assert f"{parts.scheme}://{parts.netloc}" == HOST
        assert not parts.query, "no click is counted"
    assert '<meta name="color-scheme" content="light dark">' in letter.html
    assert "@media (prefers-color-scheme:dark)" in letter.html
    assert letter.html.count('role="article"') == 1
    assert len(letter.html.encode()) <= 15_000


@pytest.mark.parametrize("name", EXAMPLES)
def test_E3_every_line_is_seven_bit_and_short_and_headers_hold_nobodys_words(
    mailing: Flask, name: str
) -> None:
    content = mime.as_bytes(replace(example(name), to="m@example.org"), settings(), NOW)
    head, _, body = content.partition(b"\r\n\r\n")
    assert content.isascii()
    assert all(len(line) <= 78 for line in body.split(b"\r\n"))
    assert all(len(line) <= 78 for line in head.split(b"\r\n"))
    assert b"Maya" not in head and b"example house" not in head
    parsed = message(example(name))
    allowed = {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Id",
        "X-Entity-Ref-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version",
        "Content-Type",
    }  # fmt: skip
    assert set(parsed.keys()) <= allowed
    assert {"List-Unsubscribe", "List-Unsubscribe-Post"} <= set(parsed.keys()) or name in ACCOUNT


def test_E10_letters_of_two_rounds_share_nothing_that_threads_them(mailing: Flask) -> None:
    first = example("open")
    other = "<ZyXwVuTsRqPoNmLkJiHgF_@pages.example.org>"
    before, after = message(first), message(replace(first, message_id=other))
    assert before["Subject"] == after["Subject"]
    for header in ("Message-ID", "X-Entity-Ref-ID"):
        assert before[header] != after[header]
    for header in ("References", "In-Reply-To", "Thread-Index", "Thread-Topic"):
        assert before[header] is None and after[header] is None


def test_E10_the_same_row_has_the_same_message_id_whenever_it_is_composed(mailing: Flask) -> None:
    again = {example(name).message_id for name in ("open", "open-plain", "closed")}
    assert again == {"<AbCdEfGhIjKlMnOpQrStU_@pages.example.org>"}


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_C7_the_plain_wording_says_what_it_is_and_the_discreet_one_does_not(
    mailing: Flask, name: str
) -> None:
    plain, discreet = example(name), example(name.removesuffix("-plain"))
    word = NAMES_IT[plain.kind]
    for text in (plain.subject, plain.text, plain.html):
        assert word in text
    for text in (discreet.subject, discreet.text, discreet.html):
        assert word not in text
    assert Text(plain.html).links == Text(discreet.html).links


@pytest.mark.parametrize("name", [*ACCOUNT, "look_in"])
def test_C7_account_letters_and_look_in_are_the_same_in_both_wordings(
    mailing: Flask, name: str
) -> None:
    assert example(name, plain=True) == example(name, plain=False) == example(name)


def test_C7_two_readers_are_told_one_moment_in_their_own_way_and_zone(mailing: Flask) -> None:
    maya = example("reminder-weekly", language="en", zone="Europe/Berlin")
    jonas = example("reminder-weekly", language="en-US", zone="America/New_York", name="Jonas")
    assert maya.subject == "Still open until Sunday, 20:00"
    assert jonas.subject == "Still open until Sunday, 2:00 PM"
    assert "closes on Sunday, 20:00 (Berlin time)" in maya.text
    assert "closes on Sunday, 2:00\u00a0PM (New York time)" in jonas.text
    assert 'lang="en-GB"' in maya.html and 'lang="en-US"' in jonas.html
    same = jonas.html.replace("2:00\u00a0PM (New York", "20:00 (Berlin").replace("Jonas", "Maya")
    assert same.replace("2:00 PM", "20:00").replace("en-US", "en-GB") == maya.html


@pytest.mark.parametrize(
    ("name", "day_first", "month_first"),
    [
        ("review", "Sunday 10 January 2027", "Sunday, January 10, 2027"),
        ("changed-address", "6 September 2026, 20:00 (B", "September 6, 2026, 8:00\u00a0PM (B"),
        ("confirm", "until 6 September 2026, 20:00", "until September 6, 2026, 8:00\u00a0PM"),
    ],
)
def test_dates_are_written_in_the_readers_own_order(
    mailing: Flask, name: str, day_first: str, month_first: str
) -> None:
    assert day_first in example(name).text
    assert month_first in example(name, language="en-US").text
