"""`./run load` measures what it says, and finds what it is there to find."""

from __future__ import annotations

import importlib
import sys
from dataclasses import asdict
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import update

from couples.db import db, transaction
from couples.mail.models import LetterState
from couples.mail.sending.claims import LETTERS
from couples.surveys.answering.services import Answers
from couples.surveys.answering.services_link import page_by_link, save_by_link
from couples.surveys.rules import OVERALL

SCRIPTS = Path(__file__).parent.parent / "scripts"
pytestmark = [pytest.mark.timeout(120)]


@pytest.fixture(scope="module", autouse=True)
def scripts() -> None:
    sys.path.insert(0, str(SCRIPTS))
    importlib.import_module("load.run")
    sys.path.remove(str(SCRIPTS))


@pytest.mark.faults
def test_a_few_seconds_of_an_evening_keep_every_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    from load.run import Wishes, run

    monkeypatch.setenv("PYTHONPATH", f"{SCRIPTS.parent}:{SCRIPTS}")
    evening = run(
        Wishes(seconds=2, database="sqlite", couples=4, rounds=2, rate=14, tick=1, fault="redis")
    )
    found = evening.results
    # A machine that stands still breaks no promise but those about time.
    assert [one for one in evening.findings if "recovered after" not in one] == []
    assert found["answers"]["saved"] > 0 and found["letters"] == {LetterState.SENT: 8}
    assert {row["kind"] for row in found["rows"]} >= {"open", "overview", "all"}
    assert found["memory_mb"]["web"] > 0


def test_a_lost_answer_and_a_letter_gone_twice_are_found(app: Flask) -> None:
    from load import audit, world

    filled = world.fill(couples=1, rounds=1)
    token = filled.links[0].removeprefix("/week/")
    given = {f"q{place}": str(place % 7 + 1) for place in range(filled.questions)}
    press = {"who": 0, "at": 1.0, "status": 303, "given": given}
    assert audit.lost_answers(filled, [press])[2] != []

    store(token, given)
    assert audit.lost_answers(filled, [press]) == (1, 1, [])
    # One sent later of which nobody was told what became may be there, or not.
    unsure = {**press, "at": 2.0, "status": 503, "given": {"q0": "7"}}
    assert audit.lost_answers(filled, [press, unsure])[2] == []
    later = {**press, "at": 3.0, "given": {"q0": "7"}}
    assert len(audit.lost_answers(filled, [press, unsure, later])[2]) == 1

    settle_all()
    whom = list(world.addresses().values())
    assert audit.wrong_letters(whom, unknown=0)[1] == []
    assert len(audit.wrong_letters([*whom, whom[0]], unknown=0)[1]) == 1
    assert len(audit.wrong_letters(whom[1:], unknown=0)[1]) == 1


def store(token: str, given: dict[str, str]) -> None:
    """Answer as the mailed page does."""
    from load.world import BEGINS

    page = page_by_link(token, BEGINS)
    asked = (OVERALL, *(one.id for one in page.topics))
    numbers = {asked[int(name[1:])]: int(one) for name, one in given.items()}
    save_by_link(token, Answers(numbers, share=True), BEGINS)


@transaction()
def settle_all() -> None:
    """Let every letter have gone."""
    db.session.execute(update(LETTERS).values(state=LetterState.SENT))


def test_people_who_came_while_it_stood_still_have_waited_since_they_came() -> None:
    from load import figures
    from load.client import BARE, FINE, WORDS, verdict_on
    from load.mix import ANSWERING, FIRST, KINDS, Mix

    mix = Mix(["/week/a", "/week/b"], ["c=1"], 3, Random(1))
    moments = [*mix.arrivals(50.0, 200.0)]
    assert 0.9 < len(moments) / (200 * 50 * FIRST / 100) < 1.1
    drawn = [mix.visit() for _visit in range(4000)]
    assert 0.42 < sum(one.kind == "open" for one in drawn) / len(drawn) < 0.53
    # No link is answered again before the first answer is through.
    assert sum(bool(one.fields) for one in drawn) == 2 and ANSWERING < 0.5
    assert verdict_on("open", 200, b"") == FINE and verdict_on("answer", 303, b"") == FINE
    assert verdict_on("open", 503, b'<div class="sorry">') == WORDS
    assert verdict_on("open", 500, b"Internal Server Error") == BARE
    seen = [(float(at), KINDS[0], 0.01, 200, FINE) for at in range(99)]
    assert figures.row("all", [*seen, (99.0, KINDS[0], 3.0, 200, FINE)]).p99 == 3000
    assert figures.seconds_until_pages([*seen, (100.0, KINDS[0], 0.5, 503, WORDS)], 98.0) == 2.5
    assert asdict(figures.rows(seen)[0])["count"] == 99


def test_what_ends_by_itself_is_started_again_and_found(app: Flask, tmp_path: Path) -> None:
    from load.run import Evening, Wishes, _kept_up
    from load.service import Site

    from tests.faults.service import Service, wait_until

    evening, service = Evening(Wishes()), Service(tmp_path, {})
    settings = app.extensions["settings"]
    try:
        with _kept_up(evening, Site(service, settings, None, 0, tmp_path / "clock")):
            service.start("worker", [sys.executable, "-c", "print('up')"])
            wait_until(lambda: service.said("worker").count("up") > 1, 20, "it is started again")
    finally:
        service.stop()
    assert set(evening.ended) == {"worker"}
