"""Bad input: whatever is sent to whatever form, never a 500, never a lost text.

Every route that takes a POST is here: one without a row below fails the test. The fields come off
the page that shows the form, so that new ones are covered by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote_from_bytes

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from couples import clock
from tests import world as worlds
from tests.pages import Field, Form, forms_of, is_shown, readable
from tests.routes import ASKED, AUTOSAVED, FORMS, KINDS, NO_FORMS, SHOWN_AT
from tests.stage import Stage

Pairs = list[tuple[str, bytes]]
LONG = ("Fünf Wörter passen hier hinein. " * 320)[:10_001].replace(" \n", "x\n").rstrip() + "."
TEXTS = {
    "10,001 characters": LONG.ljust(10_001, "x").encode(),
    "emoji": "Küsse 👩🏽‍❤️‍💋‍👨🏿 und 🏳️‍🌈".encode(),
    "right to left": "שלום \u202eevil\u202c مرحبا".encode(),
    "markup": b"<script>alert(1)</script> {{ 7*7 }} %s & \"quotes\" 'more' %(name)s",
    "NUL": b"before\x00after",
    "lone surrogates": b"before \xed\xa0\x80 after",
    "no UTF-8": b"before \xff\xfe after",
    "only blanks": "  \t \u2003 ".encode(),
    "combining": ("e" + "\u0301" * 60).encode(),
}
VALUES = {
    "10^30": b"1" + b"0" * 30,
    "negative": b"-1",
    "nothing": b"",
    "a fraction": b"1.5",
    "not a number": b"NaN",
    "other digits": "٣".encode(),
    "superscript": "²".encode(),
    "NUL": b"1\x002",
    "lone surrogate": b"\xed\xa0\x80",
    "no zone": b"Mars/Olympus_Mons",
    "a path": b"../../../../etc/passwd",
    "no date": b"2026-02-30",
    "a far date": b"9999-12-31",
    "an early date": b"0001-01-01",
}
GONE = {404, 410}
TOKEN = "csrf_token"


def address(stage: Stage, rule: str, kind: str = "") -> str:
    """Return a rule with Maya's things in it, or the thing that is named."""

    def known(found: re.Match[str]) -> str:
        return stage.world.things[kind or found[1].rpartition(":")[2]]

    return re.sub(r"<([^>]+)>", known, rule)


def form_at(stage: Stage, rule: str) -> tuple[FlaskClient, str, Form]:
    """Return the browser, the address and the form of one route."""
    who, page = FORMS[rule]
    client = stage.browser(None if who == "nobody" else who)
    kinds = re.findall(r"<([^>]+)>", page)
    target = address(stage, rule, KINDS.get(rule) or next(iter(kinds), ""))
    path = address(stage, page)
    shown = client.get(path)
    assert shown.status_code == 200, f"{page}: {shown.status_code} {shown.headers.get('Location')}"
    if rule in ASKED:
        return client, target, asked(forms_of(shown.text)[0], *ASKED[rule])
    wanted = target.removesuffix("/save") if rule in AUTOSAVED else target
    for form in forms_of(shown.text):
        if (form.action or path).partition("?")[0] == wanted:
            return client, target, form
    actions = [form.action for form in forms_of(shown.text)]
    raise AssertionError(f"{page} has no form for {target}, only {actions}")


def asked(form: Form, text: str, *others: str) -> Form:
    """Return what the script asks with: a text, its kind, and the token of the page."""
    token = form.named("csrf_token")
    assert token is not None
    fields = [Field(text, "textarea"), *(Field(name, "hidden") for name in others), token]
    return Form("", "post", fields)


def once_more(stage: Stage, rule: str) -> FlaskClient:
    """Set the world back; return a fresh browser of whoever has the form."""
    stage.reset()
    who, _page = FORMS[rule]
    return stage.browser(None if who == "nobody" else who)


def send(client: FlaskClient, target: str, pairs: Pairs) -> TestResponse:
    """Send a form byte by byte, as no browser would."""
    body = "&".join(f"{quote_from_bytes(name.encode())}={quote_from_bytes(v)}" for name, v in pairs)
    kind = "application/x-www-form-urlencoded"
    return client.post(target, data=body, content_type=kind)


def good(form: Form) -> Pairs:
    """Return what a person could have sent."""
    pairs = []
    for name, value in form.values():
        found = form.named(name)
        usual = ""
        if found is not None and found.is_text:
            usual = "maya@example.org" if found.kind == "email" else "A few words."
        pairs.append((name, (value or usual).encode()))
    return pairs


def with_value(form: Form, names: set[str], value: bytes) -> Pairs:
    """Return a good form but for these fields."""
    return [(name, value if name in names else kept) for name, kept in good(form)]


def apart(form: Form) -> list[set[str]]:
    """Return the fields to try one after the other: one of those that differ by a number only.

    Long texts are tried together, whatever they say is a text; tokens have a test of their own.
    """
    long = {one.name for one in form.fields if one.kind == "textarea"}
    names = {one.name for one in form.fields} | {name for name, _value in form.buttons}
    singles = {re.sub(r"\d+", "0", name): name for name in sorted(names - long - {TOKEN})}
    return [*({name} for name in singles.values()), *([long] if long else [])]


def text_names(form: Form) -> set[str]:
    """Return the names of the fields a person types into, passwords left out."""
    return {one.name for one in form.fields if one.is_text and one.kind != "password"}


def assert_nothing_lost(answer: TestResponse, form: Form, pairs: Pairs, case: str) -> None:
    """Fail where a page that asks again does not hold what was typed."""
    assert answer.status_code < 500, f"{case}: {answer.status_code}"
    if answer.status_code not in {400, 409, 422} or answer.is_json:
        return
    page = readable(answer.text)
    # Of doubled fields the first one counts.
    for name, value in reversed(dict(reversed(pairs)).items()):
        if name in text_names(form):
            assert is_shown(value, page), f"{case}: {name} is lost ({answer.status_code})"


def rules(stage: Stage) -> set[str]:
    """Return all routes that take a POST."""
    return {rule.rule for rule in stage.app.url_map.iter_rules() if "POST" in (rule.methods or ())}


def test_every_form_is_here(stage: Stage) -> None:
    assert sorted(rules(stage) - set(FORMS) - NO_FORMS) == [], (
        "new forms: say who sees them, and where"
    )
    assert sorted(set(FORMS) - rules(stage)) == [], "these forms are gone"


@pytest.mark.parametrize("rule", sorted(FORMS))
def test_texts_of_every_kind(stage: Stage, rule: str) -> None:
    _client, target, form = form_at(stage, rule)
    for case, value in TEXTS.items():
        client = once_more(stage, rule)
        pairs = with_value(form, text_names(form), value)
        answer = send(client, target, pairs)
        assert_nothing_lost(answer, form, pairs, case)
        if case.startswith("10,001") and text_names(form):
            fine = {200, 422} if rule in {*AUTOSAVED, *ASKED} else {422}
            assert answer.status_code in fine, f"{case}: {answer.status_code}"
        kept = answer.status_code == 303 or (answer.is_json and "revision" in answer.text)
        if kept and rule in SHOWN_AT:
            shown = readable(client.get(address(stage, SHOWN_AT[rule])).text)
            assert is_shown(value, shown), case


@pytest.mark.parametrize("rule", sorted(FORMS))
def test_values_nobody_offered(stage: Stage, rule: str) -> None:
    _client, target, form = form_at(stage, rule)
    for names in apart(form):
        for case, value in VALUES.items():
            client = once_more(stage, rule)
            answer = send(client, target, with_value(form, names, value))
            assert answer.status_code < 500, f"{names} is {case}: {answer.status_code}"


def broken(form: Form) -> Iterator[tuple[str, Pairs]]:
    """Return forms with fields missing, doubled, unknown, or nothing at all."""
    whole = good(form)
    yield "nothing", []
    yield "doubled", whole + whole
    yield "doubled with others", [*whole, *((name, b"other") for name, _value in whole)]
    yield "unknown", [*whole, ("person_id", b"1"), ("is_admin", b"1"), ("", b""), ("\x00", b"\x00")]
    alike = {re.sub(r"\d+", "0", name): name for name, _value in whole if name != TOKEN}
    for name in alike.values():
        yield f"without {name}", [pair for pair in whole if pair[0] != name]
        yield f"{name} twice", [*whole, *(pair for pair in whole if pair[0] == name)]


@pytest.mark.parametrize("rule", sorted(FORMS))
def test_missing_and_doubled_fields(stage: Stage, rule: str) -> None:
    _client, target, form = form_at(stage, rule)
    for case, pairs in broken(form):
        client = once_more(stage, rule)
        assert_nothing_lost(send(client, target, pairs), form, pairs, case)


@pytest.mark.parametrize("rule", sorted(FORMS))
@pytest.mark.parametrize("token", [b"wrong", None, b"\xed\xa0\x80"])
def test_a_wrong_token_keeps_what_was_typed(stage: Stage, rule: str, token: bytes | None) -> None:
    stage.app.config["WTF_CSRF_ENABLED"] = True
    client, target, form = form_at(stage, rule)
    before = stage.digest()
    pairs = [pair for pair in good(form) if pair[0] != "csrf_token"]
    if token is not None:
        pairs.append(("csrf_token", token))
    answer = send(client, target, pairs)
    if form.named("csrf_token") is None:
        assert answer.status_code < 500
        return
    assert answer.status_code == 400
    assert stage.digest() == before
    assert_nothing_lost(answer, form, pairs, "wrong token")
    again = next(one for one in forms_of(answer.text) if one.action in {"", target})
    assert text_names(again) <= text_names(form), "choices and marks are not shown as words"
    second = send(client, target, [(name, value.encode()) for name, value in again.values()])
    assert second.status_code not in {400, 500}, "the page's own press works"


@pytest.mark.parametrize("kind", ["confirm", "reset", "week", "stop"])
def test_links_that_have_run_out_say_so(stage: Stage, kind: str) -> None:
    later = worlds.NOW + timedelta(days=400)
    (stage.folder / "clock").write_text(f"{(later - worlds.NOW).total_seconds()}")
    client, path = stage.browser(None), f"/{kind}/{stage.world.things[kind]}"
    assert clock.now() > worlds.NOW
    answers = {client.get(path).status_code, client.post(path).status_code}
    # One may always stop letters; the others have run out.
    assert answers <= (GONE if kind != "stop" else {200, 303, 422})


@pytest.mark.parametrize(
    "rule", ["/confirm/<t>", "/reset/<t>", "/week/<t>", "/stop/<t>", "/join/<t>"]
)
@pytest.mark.parametrize(
    "token",
    ["x" * 5000, "%00", "%ED%A0%80", "%F0%9F%92%8B", "..%2f..%2fetc", "a.b.c.d", "%20", "."],
)
def test_links_nobody_made_lead_nowhere(stage: Stage, rule: str, token: str) -> None:
    client = stage.browser(None)
    for method in ("GET", "POST"):
        answer = client.open(rule.replace("<t>", token), method=method)
        # Letters stop in the same words whatever the token is, once something is chosen.
        fine = {200, 422} if rule.startswith("/stop") else set()
        assert answer.status_code in GONE | {303, 308, 400, 405} | fine, answer.status_code


@pytest.mark.parametrize("number", ["0", "-1", "1" + "0" * 30, "٣", "1.5", "x" * 3000, "%00"])
def test_numbers_in_addresses_lead_nowhere_or_somewhere(stage: Stage, number: str) -> None:
    client = stage.browser("Maya")
    for path in (f"/doc/versions/{number}", f"/doc/versions/compare?first=1&second={number}"):
        assert client.get(path).status_code < 500
