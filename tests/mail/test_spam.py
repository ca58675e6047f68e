"""What a spam filter says of each letter, unsigned, as the reader's own server takes it in."""

from __future__ import annotations

import email
import os
import re
import shutil
import subprocess
from dataclasses import replace
from email.utils import format_datetime
from pathlib import Path

import pytest
from flask import Flask

from couples import tokens
from couples.mail.letter import Letter, settings
from couples.mail.message import mime
from tests.mail.letters import EXAMPLES, NOW, example

# Says that a letter has an HTML part at all, for a thousandth of a point.
INFORMATION = {"HTML_MESSAGE"}
ARRIVED = (
    "From bounce@pages.example.org Tue Sep  1 12:00:00 2026\n"
    "Return-Path: <bounce@pages.example.org>\n"
    "Received: from mail.pages.example.org (mail.pages.example.org [193.0.6.139])\n"
    "\tby mx.example.org (Postfix) with ESMTPS id 4XabcdEFGH\n"
    f"\tfor <maya@example.org>; {format_datetime(NOW)}\n"
)
# Its own rules alone: no network, nothing learned, nothing of this machine's.
COMMAND = ("spamassassin", "--local", "-x", "--cf=use_bayes 0", "--mbox")


@pytest.fixture
def filter_here() -> None:
    """Skip where there is no SpamAssassin."""
    if shutil.which("spamassassin") is None:
        pytest.skip("there is no SpamAssassin here: install Debian's package spamassassin")


def test_E2_a_spam_filter_holds_nothing_against_any_letter(
    mailing: Flask, filter_here: None, tmp_path: Path
) -> None:
    letters = {name: as_sent(example(name)) for name in EXAMPLES}
    letters["twelve hours"] = as_sent(example("reminder-weekly", language="en-US"))
    box = tmp_path / "box"
    box.write_bytes(b"".join(arrived(name, letter) for name, letter in letters.items()))
    found = judged(box)
    assert set(found) == set(letters)
    for name, (score, rules) in found.items():
        assert score <= 0 and rules <= INFORMATION, f"{name}: {score}, {rules}"


def as_sent(letter: Letter) -> Letter:
    """Return an example with links as long as real ones."""
    real = "/" + tokens.make("week", "AbCdEfGhIjKlMnOpQrStU_")
    return replace(
        letter,
        text=letter.text.replace("/token", real),
        html=letter.html.replace("/token", real),
        one_click_url=letter.one_click_url and letter.one_click_url.replace("/token", real),
    )


def arrived(name: str, letter: Letter) -> bytes:
    """Return a letter as it lies in a box, with what the server that took it in writes on it."""
    content = mime.as_bytes(letter, settings(), NOW).replace(b"\r\n", b"\n")
    return f"{ARRIVED}X-Example: {name}\n".encode() + content + b"\n"


def judged(box: Path) -> dict[str, tuple[float, set[str]]]:
    """Return each letter's score and the rules that it met."""
    environment = {**os.environ, "HOME": str(box.parent), "LC_ALL": "C"}
    ran = subprocess.run([*COMMAND, str(box)], capture_output=True, env=environment, check=True)
    found = {}
    for one in re.split(rb"(?m)^From \S+ .*\n", ran.stdout)[1:]:
        parsed = email.message_from_bytes(one)
        verdict = " ".join(str(parsed["X-Spam-Status"]).split())
        said = re.search(r"score=(\S+) .*tests=(.*?) autolearn", verdict)
        assert said is not None, verdict
        rules = set(said[2].replace(" ", "").split(",")) - {"none"}
        found[str(parsed["X-Example"])] = (float(said[1]), rules)
    return found
