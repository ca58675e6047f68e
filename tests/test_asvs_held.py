"""What ASVS 5.0 asks for and no other test looks at: pages, answers, ways in (docs/asvs.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from couples import clock
from couples.accounts.models import Person
from couples.app import create_app
from couples.db import db
from couples.settings import Settings
from tests.cast import PASSWORD, Cast, prove, sign_in
from tests.pages import Form, forms_of
from tests.routes import FORMS
from tests.stage import Stage
from tests.test_bad_input import address
from tests.test_nobody_elses import READING, ask
from tests.test_policy import broken, https
from tests.test_policy import fail as broken_page

__all__ = ["broken"]

STATIC = Path(__file__).parent.parent / "couples" / "static"
SESSIONS = "/settings/sessions"
URL = "https://pages.example.org"
# Where a password may be asked for.
ASKS = re.compile(r"/(signin|confirm|reset|private)|password|prove|lock|erase")


def test_1_1_1_what_is_typed_is_decoded_once(client: FlaskClient, cast: Cast) -> None:
    typed = "%253Cb%253E &amp;lt;b&amp;gt; \\u003cb\\u003e +%2B 100 %41 &#60;"
    sign_in(client, cast.maya, clock.now())
    (form,) = [one for one in forms_of(client.get("/private/new").text) if one.named("words")]
    sent = {name: value for name, value in form.values() if name != "words"}
    client.post("/private/new", data={**sent, "words": typed})
    (note,) = set(re.findall(r"/private/[\w-]{22}\"", client.get("/private").text))
    (kept,) = [one for one in forms_of(client.get(note[:-1]).text) if one.named("words")]
    assert dict(kept.values())["words"] == typed


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/signin", 200),
        ("GET", "/overview", 303),
        ("GET", "/nothing", 404),
        ("POST", "/signin", 400),
        ("TRACE", "/", 405),
        ("GET", "/static/app.css", 200),
        ("GET", "/healthz", 200),
    ],
)
def test_3_4_1_every_kind_of_answer_insists_on_https(
    settings_for: Callable[..., Settings],
    sqlite_url: str,
    tmp_path: Path,
    method: str,
    path: str,
    status: int,
) -> None:
    client = https(settings_for(sqlite_url), tmp_path).test_client()
    answer = client.open(path, method=method, base_url=URL, buffered=True)
    told = answer.headers.getlist("Strict-Transport-Security")
    assert (answer.status_code, told) == (status, ["max-age=31536000; includeSubDomains"])


def test_4_1_1_files_of_ours_say_what_they_are(client: FlaskClient) -> None:
    kinds = {
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml; charset=utf-8",
        ".png": "image/png",
        ".woff2": "font/woff2",
        ".txt": "text/plain; charset=utf-8",
    }
    for path in (one for one in STATIC.rglob("*") if one.is_file()):
        answer = client.get(f"/static/{path.relative_to(STATIC)}")
        assert (answer.status_code, answer.content_type) == (200, kinds[path.suffix]), path


def test_13_4_nothing_but_pages_and_files_of_ours_is_served(client: FlaskClient) -> None:
    for path in (
        "/.git/config", "/.git/HEAD", "/.svn/entries", "/.env", "/static/", "/static/fonts/",
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py",
        "/couples/app.py", "/var/pages.db", "/docs/asvs.md", "/metrics", "/debug", "/console",
        "/openapi.json", "/export.schema.json", "/admin",
    ):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert not re.search(r"werkzeug|flask|waitress|python", str(answer.headers).lower()), path


def test_5_2_2_a_file_must_be_what_its_name_says(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.maya, clock.now())
    for name in ("pages.html", "pages.json.exe", "pages", "../pages.svg"):
        answer = client.post("/settings/import", data={"file": (BytesIO(b"{}"), name)})
        assert answer.status_code == 422 and "its name ends in .json" in answer.text, name
    answer = client.post("/settings/import", data={"file": (BytesIO(b"<html>"), "pages.JSON")})
    assert answer.status_code == 422 and "isn’t JSON" in answer.text


def shown(stage: Stage, rule: str) -> list[Form]:
    """Return the forms of the page on which a route's form stands."""
    who, page = FORMS[rule]
    return forms_of(stage.browser(None if who == "nobody" else who).get(address(stage, page)).text)


def test_6_2_6_passwords_are_masked_and_managers_may_fill_them_in(stage: Stage) -> None:
    seen = set()
    for page, who in {page: who for who, page in FORMS.values() if ASKS.search(page)}.items():
        text = stage.browser(None if who == "nobody" else who).get(address(stage, page)).text
        for field in re.findall(r"<input[^>]*name=\"[^\"]*password[^\"]*\"[^>]*>", text):
            seen.add(re.findall(r'name="([^"]+)"', field)[0])
            assert 'type="password"' in field, (page, field)
            # A manager would fill the one of today into a field for the one before.
            is_older = 'name="older_password"' in field
            wanted = r'autocomplete="(current|new)-password"'
            assert is_older or re.search(wanted, field), (page, field)
            assert "maxlength" not in field, "what is pasted is never cut off"
    assert {"password", "current_password"} <= seen
    scripts = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.js"))
    assert not re.search(r"['\"](?:paste|copy|cut|beforeinput|contextmenu|drop)['\"],", scripts)


def test_6_2_10_a_password_is_good_for_as_long_as_nobody_changes_it(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + timedelta(days=3650)
    monkeypatch.setattr(clock, "now", lambda: later)
    sent = {"address": "maya@example.org", "password": PASSWORD}
    assert client.post("/signin", data=sent).status_code == 303
    assert client.get("/settings").status_code == 200


def test_6_3_2_a_new_server_knows_nobody(app: Flask, client: FlaskClient) -> None:
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0
    for name in ("admin", "root", "sa", "admin@localhost", "demo", "maya@example.org"):
        for password in ("", name, "admin", "password", PASSWORD, "tea before laptops"):
            answer = client.post("/signin", data={"address": name, "password": password})
            assert answer.status_code in {422, 429}, (name, password)


def test_6_4_2_nobody_is_asked_what_somebody_else_could_know(stage: Stage) -> None:
    ways = {
        "/signup": {"address"},
        "/reset": {"address"},
        "/signin": {"address", "password", "keep"},
        "/confirm/<token>": {"name", "password", "language", "zone", "adult"},
        "/reset/<token>": {"password"},
        "/settings/password": {"current_password", "password"},
    }
    for rule, names in ways.items():
        action = address(stage, FORMS[rule][1] if "<" in rule else rule)
        forms = [one for one in shown(stage, rule) if (one.action or action) == action]
        asked = {one.name for form in forms for one in form.fields if one.kind != "hidden"}
        assert asked == names, rule


def test_7_4_4_every_page_of_somebody_signed_in_leads_out(stage: Stage) -> None:
    seen = 0
    plain = [row for row in READING if not row.thing and "." not in row.rule]
    for row in plain:
        stage.reset()
        answer = ask(stage, stage.browser("Maya"), row)
        is_page = answer.status_code == 200 and answer.mimetype == "text/html"
        if is_page and "<nav" in answer.text:
            seen += 1
            assert 'href="/exit"' in answer.text, row.rule
            if 'class="top__nav"' in answer.text:
                assert 'href="/settings"' in answer.text and "settings and sign out" in answer.text
    assert seen > 20
    stage.reset()
    assert 'action="/signout"' in stage.browser("Maya").get("/settings").text


def test_7_5_2_ending_sessions_asks_for_a_fresh_proof(client: FlaskClient, cast: Cast) -> None:
    now = clock.now()
    sign_in(client, cast.maya, now)
    prove(client, now - timedelta(minutes=11))
    assert "/settings/prove" in (client.get(SESSIONS).location or "")
    for path in (f"{SESSIONS}/end", f"{SESSIONS}/{'A' * 22}/end"):
        assert "/settings/prove" in (client.post(path).location or ""), path


def test_2_4_1_nobody_sends_more_forms_than_a_person_could(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    app.config["FORMS_A_MINUTE"] = "3 per minute"
    other = app.test_client()
    for browser, person in ((client, cast.maya), (other, cast.jonas)):
        sign_in(browser, person, clock.now())
        for _each in range(3):
            assert browser.post("/private/new", data={}).status_code != 429
    refused = client.post("/settings/about", data={"name": "Kept words"})
    assert refused.status_code == 429 and refused.headers["Retry-After"]
    assert client.get("/private").status_code == 200
    sent = {"address": "ines@example.org", "password": "wrong"}
    assert app.test_client().post("/signin", data=sent).status_code == 422, "counted by person"


def test_16_5_1_an_error_of_ours_tells_nothing_of_the_inside(broken: FlaskClient) -> None:
    answer = broken.get("/how")
    assert answer.status_code == 500 and "Quick exit" in answer.text
    assert not re.search(r"Traceback|ZeroDivision|\.py|couples\.|sqlite|SELECT", answer.text)


def test_13_4_2_no_setting_of_flask_turns_debugging_on(
    settings_for: Callable[..., Settings], sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    app = create_app(settings_for(sqlite_url))
    assert not app.debug and not app.testing and app.config["PROPAGATE_EXCEPTIONS"] is None
    app.view_functions["how"] = broken_page
    broken_page.open_door = True  # type: ignore[attr-defined]
    assert app.test_client().get("/how").status_code == 500
