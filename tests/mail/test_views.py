"""The page of captured letters (rule S6)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import greeting
from couples.app import create_app
from couples.doctor import mail_server
from couples.mail.carrying.carriers import transport_for
from couples.mail.letter import Letter, settings
from couples.mail.models import OutboxLetter
from couples.mail.sending.delivery import deliver
from couples.settings import Settings
from tests.mail.conftest import Clock, post
from tests.mail.letters import example


@pytest.fixture
def captured(
    app: Flask, client: FlaskClient, composing: Callable[..., None], clock: Clock
) -> FlaskClient:
    """Return a browser; two letters have been captured, an hour apart."""

    def compose(row: OutboxLetter, _now: object) -> Letter:
        return example(str(row.kind), link=f"http://127.0.0.1:8000/{row.kind}/<b>")

    for kind in ("confirm", "open"):
        composing(kind, compose)
        post(kind, "maya", clock())
        deliver(clock, transport_for(settings()))
        clock.forward(hours=1)
    return client


def addresses(client: FlaskClient) -> list[str]:
    page = client.get("/letters").text
    return [piece.split('"')[0] for piece in page.split('href="')[1:] if "/letters/" in piece[:9]]


def test_captured_letters_are_listed_newest_first(captured: FlaskClient) -> None:
    page = captured.get("/letters").text
    assert page.index("A few minutes, when it suits you") < page.index("Confirm your email address")
    assert "maya@example.org" in page
    assert len(addresses(captured)) == 2


def test_a_letters_links_can_be_followed_and_its_words_are_text(captured: FlaskClient) -> None:
    newest = addresses(captured)[0]
    page = captured.get(newest)
    assert '<a href="http://127.0.0.1:8000/open/&lt;b&gt;">' in page.text
    assert "Hello Maya," in page.text
    assert "style=" not in page.text


def test_the_html_page_may_style_itself_and_nothing_else(captured: FlaskClient) -> None:
    page = captured.get(f"{addresses(captured)[0]}/html")
    policy = page.headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; sandbox"
    )
    assert 'role="article"' in page.text


@pytest.mark.parametrize("key", ["nothing", "..", "%2e%2e%2fpages.db", "new"])
def test_S7_a_letter_that_is_not_there_is_a_404(captured: FlaskClient, key: str) -> None:
    assert captured.get(f"/letters/{key}").status_code == 404
    assert captured.get(f"/letters/{key}/html").status_code == 404


def test_without_letters_the_page_says_so(client: FlaskClient) -> None:
    assert "No letters yet" in client.get("/letters").text


@pytest.mark.parametrize(
    "changes",
    [
        {"smtp_url": "smtp://127.0.0.1:25"},
        {"public_url": "https://pages.example.org"},
        {"public_url": "http://192.168.1.2:8000"},
        {"web_host": "0.0.0.0"},
        {"web_host": "192.168.1.2"},
        {"proxy_hops": 1},
    ],
)
def test_S6_the_page_exists_only_without_a_mail_server_and_on_a_loopback_address(
    sqlite_url: str, settings_for: Callable[..., Settings], changes: dict[str, str]
) -> None:
    settings = settings_for(sqlite_url, **changes)
    client = create_app(settings).test_client()
    host = urlsplit(settings.public_url).netloc
    assert client.get("/letters", headers={"Host": host}).status_code in {302, 303, 404}
    assert not [
        rule for rule in client.application.url_map.iter_rules() if rule.rule.startswith("/letters")
    ]


def test_S6_letters_stay_in_the_folder_beside_the_other_data(
    captured: FlaskClient, tmp_path: Path
) -> None:
    assert len(list((tmp_path / "var" / "letters" / "new").iterdir())) == 2


@pytest.mark.parametrize("path", ["/letters", "{letter}", "{letter}/html"])
@pytest.mark.parametrize(
    ("address", "code"),
    [("127.0.0.1", 200), ("::1", 200), ("192.168.1.7", 404), ("::ffff:10.0.0.1", 404), ("", 404)],
)
def test_S6_the_page_is_for_this_machine_alone(
    captured: FlaskClient, path: str, address: str, code: int
) -> None:
    path = path.format(letter=addresses(captured)[0])
    assert captured.get(path, environ_base={"REMOTE_ADDR": address}).status_code == code


def test_S6_greeting_and_doctor_say_where_letters_are(
    settings_for: Callable[..., Settings], sqlite_url: str
) -> None:
    here = settings_for(sqlite_url)
    line = greeting.where(here)
    assert "/letters" in line
    [captured] = mail_server.check(here)
    assert "/letters" in captured.words
    open_to_others = settings_for(sqlite_url, web_host="0.0.0.0")
    line = greeting.where(open_to_others)
    [captured] = mail_server.check(open_to_others)
    for sentence in (line, captured.words):
        assert "no page shows them" in sentence
        assert str(open_to_others.data_dir / "letters") in sentence
