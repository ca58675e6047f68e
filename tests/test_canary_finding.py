"""What looks for canaries finds them: in every encoding, and at every edge of a page (B11)."""

from __future__ import annotations

import base64
import html
import json
import quopri
from collections.abc import Callable
from urllib.parse import quote

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from tests.canary.browsing import Answer, edges
from tests.canary.finding import STEM, Canaries, leaks


@pytest.mark.parametrize(
    "written",
    [
        str.encode,
        lambda word: word.encode("utf-16-le"),
        lambda word: word.encode("utf-16-be"),
        lambda word: word.split()[0].encode("latin-1"),
        lambda word: word.upper().encode(),
        lambda word: quote(word).encode(),
        lambda word: json.dumps({"words": word}).encode(),
        lambda word: quopri.encodestring(b"x" * 70 + word.encode()),
        lambda word: html.escape(word).encode("ascii", "xmlcharrefreplace"),
        lambda word: word.encode().hex().encode(),
        *(lambda word, n=n: base64.b64encode(b"x" * n + word.encode()) for n in range(7)),
        *(lambda word, n=n: base64.encodebytes(b"x" * n + word.encode()) for n in (50, 51, 52)),
    ],
)  # fmt: skip
def test_a_canary_is_found_however_it_is_written(written: Callable[[str], bytes]) -> None:
    canaries = Canaries()
    word = canaries.word("a field")
    (found,) = leaks(canaries, [("a place", b"before " + written(word) + b" after")])
    assert "a place" in found
    assert leaks(canaries, [("a place", b"before " + written("a word") + b" after")]) == []


@pytest.mark.parametrize(
    ("path", "headers", "page"),
    [
        ("/{}", {}, ""),
        ("/", {"Location": "/x?{}"}, ""),
        ("/", {"Content-Disposition": "attachment; filename={}.pdf"}, ""),
        ("/", {}, "<title>{}</title>"),
        ("/", {}, '<a href="/x?{}">x</a>'),
    ],
)
def test_a_canary_at_the_edge_of_a_page_is_found(
    path: str, headers: dict[str, str], page: str
) -> None:
    kind = [("Content-Type", "text/html")]
    sent = [(name, value.format(STEM)) for name, value in headers.items()]
    answer = Answer(200, kind + sent, page.format(STEM).encode())
    assert leaks(Canaries(), [("edge", edges(path.format(STEM), answer, []))])
    assert not leaks(Canaries(), [("edge", edges("/", Answer(200, kind, STEM.encode()), []))])


def test_a_canary_in_a_signed_and_packed_cookie_is_found(app: Flask) -> None:
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    for said in (STEM, STEM * 40):
        cookie = str(signer.dumps({"_flashes": [("toast", said)]}))
        assert STEM.encode() not in cookie.encode()
        assert leaks(Canaries(), [("cookie", edges("/", Answer(200, [], b""), [cookie]))])
