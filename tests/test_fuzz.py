"""Fuzz: whatever comes to whatever form, it is answered, and nothing of it runs or leads away.

A fixed sample is played by itself; `--soak` (`./run audit fuzz`) plays many times that, anew each
time. What single bad values do to each form stands in test_bad_input.py.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, select
from werkzeug.test import TestResponse

from couples.db import Base, db
from tests import fuzzing
from tests.cast import PASSWORD
from tests.fuzzing import MARK, RUNS, UNASKED, Pairs, Sent
from tests.routes import ASKED, FORMS, NO_FORMS
from tests.stage import Stage
from tests.test_bad_input import TOKEN, form_at, once_more

FINE = {200, 303, 400, 404, 405, 409, 410, 413, 415, 422, 429}
RULES = sorted({*FORMS} - {*ASKED})
KNOWN: dict[tuple[int, str], tuple[str, Pairs]] = {}
SAMPLE = settings(
    max_examples=100, derandomize=True, database=None, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
LONG = settings(SAMPLE, max_examples=4_000, derandomize=False)
AWAY = (
    "//evil.example/", "/\\evil.example", "\\\\evil.example", "/%5cevil.example",
    "https:evil.example", "/%2f%2fevil.example", "https://evil.example/",
    "javascript:alert(1)", "/\t/evil.example",
    "/%0d%0aX-Evil:%201", "/\r\nX-Evil: 1", "///evil.example", "/.evil.example", "@evil.example",
    "http://[::1", "/signin?next=//evil.example", "\u2044\u2044evil.example", "xn--/", "/%00",
)  # fmt: skip
TAKES_FILES = {"/settings/import"}
ASKS_BACK = ("next", "return_to", "url", "redirect", "continue", "to", "goto", "prove_for", "then")


def good(stage: Stage, rule: str) -> tuple[str, Pairs]:
    """Return the address of a form and what a person could have sent, looked up once."""
    key = (id(stage), rule)
    if key not in KNOWN:
        stage.reset()
        _client, target, form = form_at(stage, rule)
        KNOWN[key] = (target, fuzzing.filled(form))
    return KNOWN[key]


def send(client: FlaskClient, target: str, sent: Sent, form: Pairs) -> TestResponse:
    """Send one request byte by byte."""
    kind = sent.kind or "application/x-www-form-urlencoded"
    return client.open(target, method=sent.method, data=sent.encoded(form), content_type=kind)


def assert_harmless(answer: TestResponse, case: object) -> None:
    """Fail where an answer breaks, runs what was sent, or leads elsewhere."""
    assert answer.status_code in FINE, f"{answer.status_code}: {case}"
    where = answer.headers.get("Location", "")
    assert leads_here(where), f"{where!r}: {case}"
    assert MARK not in str(answer.headers), case
    if answer.mimetype == "text/html":
        page = answer.text.lower()
        assert not [bad for bad in RUNS if bad in page], case


def leads_here(where: str) -> bool:
    """Whether an address is a path of ours; the exit page of the tests is one too."""
    parts = urlsplit(where)
    is_path = not parts.scheme and not parts.netloc and not where.startswith(("//", "/\\"))
    return is_path and not any(bad in where for bad in "\\\r\n\t\0")


def play(stage: Stage, request: pytest.FixtureRequest) -> None:
    """Send what Hypothesis thinks of."""

    @(LONG if request.config.getoption("soak") else SAMPLE)
    @given(rule=st.sampled_from(RULES), sent=fuzzing.requests())
    def one(rule: str, sent: Sent) -> None:
        stage.reset()
        target, form = good(stage, rule)
        assert_harmless(send(once_more(stage, rule), target, sent, form), (rule, sent))

    one()


def test_2_2_1_whatever_comes_to_a_form_is_answered_and_nothing_of_it_runs(
    stage: Stage, request: pytest.FixtureRequest
) -> None:
    play(stage, request)


def belongings(known: set[str]) -> dict[str, Counter[tuple[object, ...]]]:
    """Return whose every row is and what it is marked as; ids of new things are all alike."""
    found: dict[str, Counter[tuple[object, ...]]] = {}
    with db.engine.connect() as database:
        for table in Base.metadata.sorted_tables:
            kept = [
                column
                for column in table.columns
                if column.foreign_keys or isinstance(column.type, Boolean)
            ]
            if kept:
                rows = database.execute(select(*kept)).all()
                found[table.name] = Counter(
                    tuple(x if not isinstance(x, str) or x in known else "new" for x in row)
                    for row in rows
                )
    return found


def ids() -> set[str]:
    """Return the id of everything there is."""
    with db.engine.connect() as database:
        keyed = [table for table in Base.metadata.sorted_tables if "id" in table.columns]
        return {str(one) for table in keyed for one in database.scalars(select(table.c.id))}


@pytest.mark.parametrize("part", range(4))
def test_15_3_3_fields_nobody_asked_for_change_nothing(stage: Stage, part: int) -> None:
    theirs = stage.world.people["Noor"].encode()
    known = ids()
    for rule in RULES[part::4]:
        target, form = good(stage, rule)
        names = {name for name, _value in form}
        extra = [(name, theirs) for name in UNASKED if name not in names]
        kept = []
        for pairs in (form, form + extra):
            answer = send(once_more(stage, rule), target, Sent(), pairs)
            kept.append((answer.status_code, belongings(known)))
        assert kept[0] == kept[1], rule


def as_files(form: Pairs) -> bytes:
    """Return a form whose every field comes as a file."""
    head = '--x\r\nContent-Disposition: form-data; name="{}"; filename="a"\r\n\r\n'
    parts = [head.format(name).encode() + value + b"\r\n" for name, value in form]
    return b"".join(parts) + b"--x--\r\n"


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x"])
def test_15_3_5_a_form_comes_as_a_form_or_is_refused(stage: Stage, kind: str) -> None:
    for rule in RULES:
        target, form = good(stage, rule)
        texts = json.dumps({name: value.decode() for name, value in form}).encode()
        bodies = (texts, b"1", b"[1]", b"{}", b"null") if "json" in kind else (as_files(form),)
        client = once_more(stage, rule)
        for body in bodies:
            answer = send(client, target, Sent(kind=kind, body=body), form)
            fine = {400} if rule not in TAKES_FILES else {400, 422, 200}
            assert answer.status_code in fine, (rule, body[:80], answer.status_code)
        assert stage.is_untouched() or rule in TAKES_FILES, rule


def test_15_3_7_fields_in_the_address_are_no_fields_of_the_form(stage: Stage) -> None:
    asking = [rule for rule in RULES if {name for name, _value in good(stage, rule)[1]} - {TOKEN}]
    for rule in asking:
        target, form = good(stage, rule)
        bare = send(once_more(stage, rule), target, Sent(), [])
        words = fuzzing.encoded(form).decode()
        asked = send(once_more(stage, rule), f"{target}?{words}", Sent(), [])
        assert told(asked) == told(bare), rule


def told(answer: TestResponse) -> tuple[int, str]:
    """Return what an answer says to do next; ids of new things are all alike."""
    return answer.status_code, re.sub(r"[\w-]{22}", "id", answer.headers.get("Location", ""))


@pytest.mark.parametrize("who", [None, "Maya"])
def test_3_7_2_nothing_in_an_address_leads_away(stage: Stage, who: str | None) -> None:
    paths = ("/", "/signin", "/settings/prove", "/exit", "/week", "/overview", "/signup")
    for path in paths:
        usual = stage.browser(who).get(path).headers.get("Location")
        for away in AWAY:
            query = dict.fromkeys(ASKS_BACK, away)
            answer = stage.browser(who).get(path, query_string=query)
            assert answer.headers.get("Location") == usual, (path, away)
            sent = [(name, away.encode()) for name in ASKS_BACK]
            if path in FORMS and who is None:
                assert_harmless(send(stage.browser(who), path, Sent(), sent), (path, away))


def test_3_7_2_a_proof_leads_back_to_pages_of_ours_only(stage: Stage) -> None:
    _target, form = good(stage, "/settings/prove")
    right = [(name, PASSWORD.encode() if "password" in name else value) for name, value in form]
    for away in AWAY:
        address = f"/settings/prove?to={quote(away, safe='')}"
        answer = send(once_more(stage, "/settings/prove"), address, Sent(), right)
        assert_harmless(answer, away)
        assert answer.status_code == 303, away
        assert "evil" not in answer.headers["Location"], away


def test_3_7_2_no_path_however_written_leads_away(stage: Stage) -> None:
    for away in AWAY:
        for client in (stage.browser(None), stage.browser("Maya")):
            path = away if away.startswith("/") else f"/{away}"
            answer = client.get(path, headers={"Referer": "https://evil.example/"})
            assert answer.status_code in {*FINE, 308}, (path, answer.status_code)
            where = urlsplit(answer.headers.get("Location", ""))
            assert where.netloc in {"", "localhost"} and "X-Evil" not in answer.headers, path


def test_every_form_is_fuzzed() -> None:
    assert len(RULES) > 90 and not NO_FORMS & set(RULES)
