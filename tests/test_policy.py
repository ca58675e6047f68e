"""What every answer carries, whatever it answers: the browser policy (checklist D7, D10, G)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from couples.app import create_app
from couples.policy import HEADERS
from couples.settings import Settings
from tests.stage import Stage
from tests.test_nobody_elses import ROWS, ask

DIRECTIVES = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "script-src": ["'self'"],
    "connect-src": ["'self'"],
    "font-src": ["'self'"],
    "img-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["'none'"],
}


def directives(policy: str) -> dict[str, list[str]]:
    """Return a policy as a browser reads it."""
    parts = [part.split() for part in policy.split(";")]
    return {name: values for name, *values in parts}


# No page, and the same for everybody: a phone may keep it for a day.
MANIFEST = "GET /manifest.webmanifest"
# A captured letter as mail programs show it, its styles inside: no script, no form, no address, and
# the page is there on a developer's own machine only (rule S6).
LETTER = "GET /letters/<key>/html"
OF_A_LETTER = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
OF_A_LETTER += "frame-ancestors 'none'; sandbox"


def assert_strict(answer: TestResponse, name: str) -> None:
    """Fail where an answer lacks a header, may be cached, or says more than it must."""
    for header, value in HEADERS.items():
        is_letter = (name, header) == (LETTER, "Content-Security-Policy")
        expected = OF_A_LETTER if is_letter else value
        assert answer.headers.getlist(header) == [expected], (name, header)
    if name == MANIFEST:
        assert answer.headers["Cache-Control"] == "public, max-age=86400"
    elif "/static/" not in name:
        assert answer.headers["Cache-Control"] == "no-store", name
    for header in ("Server", "X-Powered-By", "ETag", "Access-Control-Allow-Origin"):
        assert header not in answer.headers or "/static/" in name, (name, header)
    assert_typed(answer, name)


def assert_typed(answer: TestResponse, name: str) -> None:
    """Fail where a text says nothing about its characters, or a download may be shown as a page."""
    if (answer.mimetype or "").startswith("text/") and "/static/" not in name:
        assert (answer.content_type or "").endswith("charset=utf-8"), name
    if answer.status_code == 200 and answer.mimetype in {"text/csv", "application/pdf"}:
        assert answer.headers["Content-Disposition"].startswith("attachment"), name


def test_G_the_policy_is_what_it_should_be() -> None:
    assert directives(HEADERS["Content-Security-Policy"]) == DIRECTIVES


@pytest.mark.parametrize("who", [None, "Maya"])
def test_G_every_answer_of_every_route_carries_the_policy(stage: Stage, who: str | None) -> None:
    """Pages, files, redirects, refused forms, missing things: one row of the table each."""
    for row in ROWS:
        stage.reset()
        assert_strict(ask(stage, stage.browser(who), row), f"{row.method} {row.rule}")


@pytest.fixture
def broken(app: Flask) -> Iterator[FlaskClient]:
    """Return a browser of an application one of whose pages fails unforeseen."""
    app.config.update(PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=True)
    before = app.view_functions["how"]
    app.view_functions["how"] = fail
    fail.open_door = True  # type: ignore[attr-defined]
    yield app.test_client()
    app.view_functions["how"] = before


def fail() -> str:
    """Fail as a mistake of ours would."""
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("method", "path", "status", "more"),
    [
        ("GET", "/no-such-page", 404, {}),
        ("PUT", "/signin", 405, {}),
        ("TRACE", "/", 405, {}),
        ("POST", "/signin", 400, {"data": {"address": "x"}, "headers": {"Origin": "http://localhost"}}),
        ("POST", "/signup", 413, {"data": {"address": "x" * 300_000}}),
        ("GET", "/how", 500, {}),
        ("GET", "/overview", 303, {}),
        ("GET", "/static/no-such-file", 404, {}),
        ("GET", "/", 400, {"headers": {"Host": "evil.example"}}),
        ("HEAD", "/", 200, {}),
        ("OPTIONS", "/", 200, {}),
    ],
)  # fmt: skip
def test_G_errors_and_redirects_carry_the_policy_too(
    broken: FlaskClient, method: str, path: str, status: int, more: dict[str, object]
) -> None:
    answer = broken.open(path, method=method, **more)  # type: ignore[arg-type]
    assert answer.status_code == status
    for header, value in HEADERS.items():
        assert answer.headers.getlist(header) == [value], header


def https(settings: Settings, tmp_path: Path, **changed: str) -> Flask:
    """Return the application as it runs behind a proxy with a certificate."""
    environ = {
        "SECRET_KEY": settings.secret_key,
        "SEALING_KEYS": settings.sealing.text(),
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(tmp_path / "var"),
        "PUBLIC_URL": "https://pages.example.org",
        **changed,
    }
    return create_app(Settings.from_environ(environ))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "max-age=31536000; includeSubDomains"),
        ({"HSTS_SECONDS": "300"}, "max-age=300; includeSubDomains"),
        ({"HSTS_SECONDS": "0"}, None),
    ],
)
def test_G_browsers_are_told_to_insist_on_https_as_configured(
    settings_for: Callable[..., Settings],
    sqlite_url: str,
    tmp_path: Path,
    changed: dict[str, str],
    expected: str | None,
) -> None:
    app = https(settings_for(sqlite_url), tmp_path, **changed)
    answer = app.test_client().get("/signin", base_url="https://pages.example.org")
    assert answer.headers.get("Strict-Transport-Security") == expected


def test_G_without_https_nothing_is_said_about_it(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_G_the_cookie_belongs_to_this_host_alone(
    settings_for: Callable[..., Settings], sqlite_url: str, tmp_path: Path
) -> None:
    app = https(settings_for(sqlite_url), tmp_path)
    answer = app.test_client().get("/signin", base_url="https://pages.example.org")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    name, *rest = cookie.split("; ")
    assert name.startswith("__Host-pages=")
    assert set(rest) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    assert len(cookie) < 4096
