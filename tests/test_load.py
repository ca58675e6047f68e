"""`./run load` measures what it says, and finds what it is there to find."""

from __future__ import annotations

import importlib
import sys
from dataclasses import asdict, replace
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
def test_a_few_seconds_of_an_evening_keep_every_promise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from load import report
    from load.evening import Wishes
    from load.run import run

    monkeypatch.setenv("PYTHONPATH", f"{SCRIPTS.parent}:{SCRIPTS}")
    evening = run(
        Wishes(seconds=2, database="sqlite", couples=4, rounds=2, rate=14, tick=1, fault="redis")
    )
    found = evening.results
    # A machine that stands still breaks no promise but those about time.
    assert [one for one in evening.findings if "recovered after" not in one] == []
    assert found["answers"]["saved"] > 0 and found["letters"] == {LetterState.SENT: 8}
    assert {row["kind"] for row in found["rows"]} >= {"open", "overview", "all"}
    assert found["memory_mb"]["web"]["first"] > 0 and found["doubled"] == 0

    # A shorter one does not take its place; one as long does.
    kept, broken = tmp_path / "load.json", len(evening.findings)
    assert report.keep(evening, kept)
    evening.wishes = replace(evening.wishes, seconds=1.0)
    assert not report.keep(evening, kept)
    evening.wishes = replace(evening.wishes, seconds=2.0)
    assert report.keep(evening, kept)
    text = report.PAGE.read_text(encoding="utf-8")
    page = report.page(text, report.kept(kept))
    assert page.startswith(text.partition(report.BEGIN)[0]) and "| the queue | SQLite |" in page
    assert (f"| **{broken} broken** |" if broken else "| kept |") in page
    assert report.page(page, report.kept(kept)) == page and "day 20" in page


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
    assert audit.doubled(whom) == 0 and audit.doubled([*whom, whom[0]]) == 1


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


@pytest.mark.parametrize(
    ("fault", "due", "verdict", "found"),
    [
        ("postgres", 99.8, "words", False),
        ("postgres", 139.0, "words", False),
        ("postgres", 99.0, "words", True),
        ("postgres", 141.0, "words", True),
        ("postgres", 105.0, "bare", True),
        ("redis", 105.0, "words", True),
        ("smtp", 105.0, "words", True),
        ("none", 105.0, "words", True),
    ],
)
def test_only_without_a_database_pages_may_ask_to_come_back(
    fault: str, due: float, verdict: str, found: bool
) -> None:
    from load import judge
    from load.evening import Evening, Wishes

    evening = Evening(Wishes(fault=fault))
    if fault != "none":
        evening.began_fault, evening.ended_fault = 100.0, 110.0
    judge.pages(evening, [(due, "open", 0.5, 503, verdict), (105.0, "open", 0.5, 200, "fine")])
    assert bool(evening.findings) is found


def test_the_time_with_a_fault_is_not_judged_by_its_slowest() -> None:
    from load import figures, judge
    from load.evening import Evening, Wishes

    evening = Evening(Wishes(fault="redis"), began_fault=100.0, ended_fault=110.0)
    seen = [(float(at), "open", 0.01, 200, "fine") for at in range(90)]
    stalled = [(float(at), "open", 2.0, 200, "fine") for at in range(100, 139)]
    assert figures.row("all", seen + stalled).verdict == "not reached"
    assert judge.calm(evening, seen + stalled) == seen
    assert figures.row("all", seen).verdict == "held"


def test_memory_that_grows_by_more_than_noise_is_found() -> None:
    from load import figures

    looks = [{"web": 240.0 + at, "worker": 100.0} for at in range(20)]
    looks[3] = {"web": 243.0}
    sizes = figures.grown(looks)
    assert not sizes["web"].flat and sizes["worker"].flat
    assert (sizes["all"].first, sizes["all"].last) == (340.0, 359.0)


@pytest.mark.parametrize(("fault", "found"), [("none", 1), ("redis", 0)])
def test_a_complaint_is_found_where_nothing_was_gone(
    app: Flask, tmp_path: Path, fault: str, found: int
) -> None:
    from load import judge
    from load.evening import Evening, Wishes
    from load.service import Site

    from tests.faults.service import Service, wait_until

    evening, service = Evening(Wishes(fault=fault)), Service(tmp_path, {})
    try:
        service.start("worker", [sys.executable, "-c", "print('12:00 ERROR lost')"])
        wait_until(lambda: "lost" in service.said("worker"), 20, "it complains")
        settings = app.extensions["settings"]
        judge.log(evening, Site(service, settings, None, 0, tmp_path / "clock"))
    finally:
        service.stop()
    assert len(evening.findings) == found and "ERROR lost" in evening.results["log"]["worker"][0]


def test_what_ends_by_itself_is_started_again_and_found(app: Flask, tmp_path: Path) -> None:
    from load.evening import Evening, Wishes
    from load.run import _kept_up
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
