"""Fifty presses of the same button at once, for every form: one row, and no error (I12).

The forms come from the table of routes. What a press does is found out by pressing once: fifty
at once must leave the same rows. A form that changes nothing when it is pressed fails, unless it
is written down here why.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from couples.db import db
from couples.talks.models import AgendaItem
from tests import stage_postgres
from tests.presses import Press, alike, more, press_of, snapshot
from tests.routes import FORMS, NO_FORMS
from tests.stage import Stage
from tests.test_nobody_elses import ROWS

THREADS = 8
# Where a row is only changed, sixteen show whether two get into each other's way; `./run soak`
# presses fifty times there as well.
FIFTY, SOME = 50, 16
KEEPS_NOTHING = {
    "/hint": "answers the script and keeps nothing",
    "/join": "leads to the page of an invite",
    "/start": "everybody in the world has begun",
}
ELSEWHERE = {
    "/settings/passkeys": "tests/accounts/test_passkeys_races.py",
    "/settings/prove/passkey": "tests/accounts/test_passkeys_races.py",
    "/signin/passkey": "tests/accounts/test_passkeys_races.py",
}
NOBODY_PRESSES = {
    "/mail/returned": "another program sends it: tests/mail/test_returned_mail.py",
    "/settings/passkeys/options": "a question for the script: each is answered once, or runs out",
    "/settings/prove/passkey/options": "as above",
    "/signin/passkey/options": "as above",
}
# What more than one press adds to, and why that is right.
EACH_ADDS = {
    # Codes that were on a page nobody saw are void: each press shows ten others, and says so.
    "/settings/codes/recovery": {"account_events", "letters", "addressed_letters", "letter_times"},
    # Each file is a copy of one's words, and each taking in is one more act of its person's.
    "/settings/export": {"account_events"},
    "/settings/import": {"account_events"},
    # Each answer carries its own session; a code used before is noted as a wrong one, once a day.
    "/signin/code": {"account_events"},
    "/signin": {"account_events", "sessions"},
}
USED, SLOWED = {422, 429}, {429}
# What later presses may be told besides what the first one is.
LATER = {
    "/confirm/<token>": {409},  # the address has its account: sign in
    "/doc/mine/<need_id>/delete": {404},  # gone, and nothing tells that it was there
    "/doc/mine/<need_id>/open": {409},  # it is open already
    "/doc/order": {409},  # one place, not fifty: the order is another one now
    "/private/<note_id>/delete": {404},
    "/private/older": {409},  # the first has given this browser another token
    "/private/open": {409},
    "/reset": SLOWED,
    "/reset/<token>": {410},  # a mailed link works once
    "/settings/address": SLOWED,
    "/settings/address/<token>": {410},
    "/settings/codes/app": USED,  # a code counts once
    "/settings/export": SLOWED,
    "/settings/import": SLOWED,
    "/settings/link/mail": SLOWED,
    "/settings/password": USED,  # the current password is another one now
    "/signin/code": USED,
    "/signup": SLOWED,
    "/talks/times/<time_id>/back": {404},
}
PRESSED = sorted(set(FORMS) - set(KEEPS_NOTHING) - set(ELSEWHERE))
# Who makes a row is tried on PostgreSQL too, where no one lock keeps all writers apart.
MAKES_ROWS = (
    "/confirm/<token>", "/doc/air/away", "/doc/air/want", "/doc/before/skip",
    "/doc/hear/<need_id>", "/doc/hear/<need_id>/save", "/doc/mine/<need_id>/open",
    "/doc/mine/new", "/doc/ready", "/doc/review", "/doc/side/<topic_id>/move",
    "/doc/side/<topic_id>/words", "/doc/side/<topic_id>/words/save", "/doc/sign",
    "/doc/words/<suggestion_id>/use", "/join/<code>", "/join/<code>/decline",
    "/overview/cards/away", "/overview/mine/usual", "/private/lock", "/private/lock/lost",
    "/private/lock/off", "/private/new", "/private/new/save", "/reset", "/reset/<token>",
    "/settings/address", "/settings/address/<token>", "/settings/codes", "/settings/codes/app",
    "/settings/codes/off", "/settings/codes/recovery", "/settings/erase/keep",
    "/settings/export", "/settings/import", "/settings/link/mail", "/settings/link/new",
    "/settings/password", "/settings/sessions/<session_id>/end", "/settings/sessions/end",
    "/signin", "/signin/code", "/signup", "/talks/<talk_id>/after",
    "/talks/<talk_id>/step/promise", "/talks/add", "/talks/calendar", "/week/longer",
    "/week/longer/away", "/week/longer/save", "/week/questions",
)  # fmt: skip


@pytest.fixture(scope="module")
def postgres_stage(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Build the world on PostgreSQL, once."""
    yield from stage_postgres.playing(postgres, tmp_path_factory.mktemp("stage"))


def test_I12_every_post_route_has_its_case_or_a_reason(stage: Stage) -> None:
    there = {row.rule for row in ROWS if row.method == "POST"}
    assert sorted(there - set(FORMS)) == sorted(NOBODY_PRESSES) == sorted(NO_FORMS)
    named = {*KEEPS_NOTHING, *ELSEWHERE, *EACH_ADDS, *LATER, *MAKES_ROWS}
    assert sorted(named - set(FORMS)) == [], "these forms are gone"
    repository = Path(__file__).parents[1]
    assert all((repository / file).is_file() for file in ELSEWHERE.values())


@pytest.mark.parametrize("rule", PRESSED)
def test_I12_fifty_presses_at_once_leave_what_one_leaves(
    stage: Stage, rule: str, request: pytest.FixtureRequest
) -> None:
    is_long = rule in MAKES_ROWS or request.config.getoption("--soak")
    makes = press_at_once(stage, rule, FIFTY if is_long else SOME)
    assert makes == (rule in MAKES_ROWS), "what makes a row is tried on PostgreSQL too"


@pytest.mark.parametrize("rule", MAKES_ROWS)
def test_I12_fifty_presses_at_once_on_postgres_too(postgres_stage: Stage, rule: str) -> None:
    try:
        assert press_at_once(postgres_stage, rule, FIFTY)
    finally:
        postgres_stage.app.config["WTF_CSRF_ENABLED"] = False


def test_I12_a_press_that_reads_while_another_writes_is_answered_as_the_second(
    postgres_stage: Stage,
) -> None:
    """Between two questions of one page PostgreSQL may have another answer: the talk is over."""
    stage = postgres_stage
    stage.app.config["WTF_CSRF_ENABLED"] = True
    press, others = fresh(stage, "/talks/<talk_id>/after"), []

    def elsewhere() -> None:
        with stage.app.app_context():
            others.append(press.once().status_code)

    def between(_line: object, _cursor: object, statement: str, *_more: object) -> None:
        if f"FROM {AgendaItem.__tablename__}" in statement and not event_has_come.is_set():
            event_has_come.set()
            thread = threading.Thread(target=elsewhere)
            thread.start()
            thread.join(30)

    event_has_come = threading.Event()
    event.listen(db.engine, "before_cursor_execute", between)
    try:
        status = press.once().status_code
    finally:
        event.remove(db.engine, "before_cursor_execute", between)
        stage.app.config["WTF_CSRF_ENABLED"] = False
    assert (others, status) == ([303], 303)


def press_at_once(stage: Stage, rule: str, times: int) -> bool:
    """Press once and look, then from there where it began many times at once; compare.

    Return whether a row was made.
    """
    stage.app.config["WTF_CSRF_ENABLED"] = True
    press = fresh(stage, rule)
    before = snapshot()
    first = press.once().status_code
    after = snapshot()
    assert first in {200, 303}, first
    assert after != before, "nothing is kept: fill it in (tests/presses.py), or write down why"
    press = fresh(stage, rule)
    statuses = at_once(stage, press, times)
    assert set(statuses) <= {first, 200, 303, *LATER.get(rule, set())}, (rule, Counter(statuses))
    assert first in statuses, Counter(statuses)
    aside = EACH_ADDS.get(rule, set())
    one, many = alike(after, before), alike(snapshot(), before)
    assert {name: one[name] for name in one if name not in aside} == {
        name: many[name] for name in many if name not in aside
    }
    return bool(more(after, before))


def fresh(stage: Stage, rule: str) -> Press:
    """Set the world back and load the form's page once."""
    stage.reset()
    return press_of(stage, rule)


def at_once(stage: Stage, press: Press, times: int) -> list[int]:
    """Press as often as told, several at the same instant and the others on their heels."""
    statuses: list[int] = []
    start = threading.Barrier(THREADS)

    def run(first: int) -> None:
        with stage.app.app_context():
            start.wait()
            mine = range(first, times, THREADS)
            statuses.extend(press.once().status_code for _each in mine)

    db.session.remove()
    threads = [threading.Thread(target=run, args=(first,)) for first in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(statuses) == times, f"{times - len(statuses)} presses crashed or still wait"
    return statuses
