"""The stylesheet and the script as they travel: small, once packed, and kept by the browser."""

from __future__ import annotations

import brotli
import pytest
from flask.testing import FlaskClient

from couples.formats import STATIC

BR = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize(("name", "most"), [("app.css", 12_000), ("app.js", 5_000)])
def test_what_every_page_needs_travels_packed_and_small(
    client: FlaskClient, name: str, most: int
) -> None:
    answer = client.get(f"/static/{name}", headers=BR)

    assert answer.headers["Content-Encoding"] == "br" and "Accept-Encoding" in answer.vary
    assert brotli.decompress(answer.data) == (STATIC / name).read_bytes()
    assert len(answer.data) == answer.content_length <= most


def test_a_browser_that_has_it_is_not_sent_it_again(client: FlaskClient) -> None:
    etag = client.get("/static/app.css", headers=BR).headers["ETag"]

    assert client.get("/static/app.css", headers={**BR, "If-None-Match": etag}).status_code == 304


def test_a_browser_that_cannot_unpack_it_gets_what_it_can_read(client: FlaskClient) -> None:
    plain = client.get("/static/app.css", headers={"Accept-Encoding": "gzip;q=0"}, buffered=True)

    assert plain.data == (STATIC / "app.css").read_bytes()
    assert "Content-Encoding" not in plain.headers
    assert client.get("/static/no-such.css", headers=BR).status_code == 404


def test_a_page_is_never_packed(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/", headers=BR).headers
