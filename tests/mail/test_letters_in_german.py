"""Every letter in a second language: whole, in its own dates, and still fit to be sent."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from couples.mail.letter import settings
from couples.mail.message import mime
from tests.mail.letters import EXAMPLES, NOW, example


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_letter_is_in_its_readers_language_and_still_goes_everywhere(
    mailing: Flask, name: str
) -> None:
    ours, theirs = example(name, language="de"), example(name)
    assert '<html lang="de" dir="ltr">' in ours.html
    english = {line for line in theirs.text.splitlines() if len(line.split()) > 1}
    left = [line for line in ours.text.splitlines() if line in english and "http" not in line]
    assert [line for line in left if line.strip("- ")] == []
    assert ours.subject != theirs.subject
    if re.search(r"Sunday|September", theirs.text):
        assert re.search(r"Sonntag|\d\. September", ours.text), ours.text
    content = mime.as_bytes(ours, settings(), NOW)
    assert content.isascii() and all(len(line) <= 78 for line in content.split(b"\r\n"))
