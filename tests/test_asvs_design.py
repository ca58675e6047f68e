"""Ways in, limits and what a proxy says are as docs/security-design.md has them."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from couples.app import create_app
from couples.embedded import free_port
from couples.sealing import KeyRing
from couples.settings import Settings, new_secret_key
from tests.test_policy import https
from tests.test_run import environ, until

HOME = Path(__file__).parent.parent
PAGE = (HOME / "docs" / "security-design.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("hops", "sent", "found"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (1, "203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9, 192.0.2.1", "203.0.113.9"),
    ],
)
def test_4_1_3_nobody_chooses_their_own_address(
    settings_for: Callable[..., Settings], sqlite_url: str, hops: int, sent: str, found: str
) -> None:
    app = create_app(replace(settings_for(sqlite_url), proxy_hops=hops))
    told: list[str] = []
    app.before_request(lambda: told.append(request.remote_addr or ""))
    headers = {
        "X-Forwarded-For": sent,
        "X-Real-IP": "198.51.100.7",
        "Forwarded": "for=198.51.100.7",
    }
    assert app.test_client().get("/robots.txt", headers=headers).status_code == 200
    assert told == [found]


def test_4_1_3_nobody_chooses_the_scheme_or_the_host(
    settings_for: Callable[..., Settings], sqlite_url: str, tmp_path: Path
) -> None:
    client = https(settings_for(sqlite_url), tmp_path).test_client()
    host = {"X-Forwarded-Host": "evil.example"}
    assert (
        client.get("/signin", base_url="https://pages.example.org", headers=host).status_code == 200
    )
    behind = https(settings_for(sqlite_url), tmp_path, PROXY_HOPS="1").test_client()
    assert (
        behind.get("/signin", base_url="https://pages.example.org", headers=host).status_code == 400
    )


TWO_LENGTHS = (
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"
)


def test_4_2_1_where_a_request_ends_is_said_in_one_way(tmp_path: Path) -> None:
    port = free_port()
    keys = {"SECRET_KEY": new_secret_key(), "SEALING_KEYS": KeyRing.new().text()}
    settings = environ(tmp_path, WEB_PORT=str(port), **keys)
    command = [sys.executable, "-m", "couples", "web", "--app", "tests.slow_app:app"]
    with subprocess.Popen(command, cwd=HOME, env=settings) as process:
        try:
            assert until(lambda: bool(answered(port, b"GET / HTTP/1.0\r\n\r\n")))
            for length in (b"0", b"4", b"500"):
                both = answered(port, TWO_LENGTHS.replace(b"{}", length))
                assert both.count(b"HTTP/1.1 200 ") == 2, "the chunks count, the length does not"
            twice = b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx"
            assert b" 400 " in answered(port, twice)
        finally:
            process.terminate()


def answered(port: int, sent: bytes) -> bytes:
    """Return everything the server says to these bytes."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as peer:
            peer.sendall(sent)
            peer.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: peer.recv(65536), b""))
    except OSError:
        return b""


def section(name: str) -> str:
    """Return one part of the page."""
    return PAGE.partition(f"## {name}\n")[2].partition("\n## ")[0]


def test_6_3_4_every_open_door_is_in_the_list_of_ways(app: Flask, client: FlaskClient) -> None:
    doors = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ())
        and getattr(app.view_functions[rule.endpoint], "open_door", False)
    }
    rows = re.findall(r"^\|.*$", section("Ways in"), re.MULTILINE)
    named = {route for row in rows for route in re.findall(r"`(/[^`]+)`", row)}
    assert named - doors == {"/settings/prove", "/settings/prove/passkey"}
    assert doors <= named, "a new way in: write down what it proves"


def written(value: object) -> str:
    """Return a limit as the page writes it."""
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        if minutes % 1440 == 0 and minutes > 1440:
            return f"{minutes // 1440} days"
        return f"{minutes // 60} hours" if minutes % 60 == 0 else f"{minutes} minutes"
    return f"{value:,}" if isinstance(value, int) else str(value)


def test_2_1_3_limits_are_what_is_written_down(app: Flask) -> None:
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \| `([\w.]+)` \|$", section("Limits"), re.MULTILINE)
    assert len(rows) > 25
    for most, place in rows:
        module, _, name = place.rpartition(".")
        value = getattr(import_module(module), name) if module else app.config[name]
        assert most == written(value), place
