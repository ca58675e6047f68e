"""What `./run bench` measures is the product; every part runs here in a tiny form."""

from __future__ import annotations

import json
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest
from flask import Flask

from bench import (
    bulk,
    checkin,
    crowd,
    filling,
    floor,
    ground,
    picture,
    report,
    resting,
    ticks,
    views,
)
from bench.__main__ import PARTS
from bench.goals import GOALS
from bench.ground import TINY, Ground
from bench.results import Result, beside
from bench.samples import Samples, in_turn
from couples.accounts.services import find_session
from couples.dashboard.overview import State
from couples.dashboard.services import overview as overview_of
from couples.db import db
from couples.surveys.models import Response
from tasks.timetable import entries


@pytest.fixture(scope="module")
def tiny(
    sqlite_template: Path, postgres: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    """Return both databases, and how little is measured."""
    folder = tmp_path_factory.mktemp("bench")
    both = ground.sqlite(folder, sqlite_template), ground.postgres(postgres, "template_pages")
    where = Ground(folder, both, TINY)
    yield where
    crowd.leave(where)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_measures_all_its_goals(part: str, tiny: Ground) -> None:
    results: list[Result] = import_module(f"bench.{part}").measure(tiny)
    measured = {one.goal.key for one in results if one.goal}
    # Documents are the demo couple's, whom nothing tiny has.
    asked = [goal for goal in GOALS.values() if "document" not in goal.key]
    assert measured == {goal.key for goal in asked if goal.part == part}
    assert all(one.value >= 0 for one in results)
    counted = [one for one in results if one.goal and one.goal.unit in {"queries", "requests"}]
    assert all(one.held for one in counted)
    both = {one.database for one in results}
    assert both in ({"SQLite", "PostgreSQL"}, {"SQLite", ""}, {""})


def test_the_bench_fills_couples_whose_overview_can_be_read(app: Flask, now: datetime) -> None:
    filled = filling.couple_with(14, now)
    assert find_session(filled.session, now) is not None
    shown = overview_of(filled.person_id, now, most=None)
    assert (shown.rounds, shown.shown, shown.state) == (14, 14, State.TOGETHER)
    assert len(shown.strips) == len(filling.LISTED) + 1 and shown.totals is not None

    bulk.add_others(2, 3)
    assert db.session.scalar(db.select(db.func.count(Response.id))) == 2 * 14 + 2 * 2 * 3


def test_the_floor_answers_with_a_session_and_writes_twelve_rows(tmp_path: Path) -> None:
    app = floor.bare(f"sqlite:///{tmp_path}/bare.db")
    client = app.test_client()
    assert b"Maya" in client.get("/").data and client.get_cookie("session") is not None
    answers = dict.fromkeys(floor.FIELDS, "4")
    assert client.post("/form", data=answers).status_code == 400
    token = client.get("/form").text
    assert client.post("/form", data=answers | {"csrf_token": token}).status_code == 303
    with app.app_context():
        rows = app.extensions["sqlalchemy"].session.query(floor.Answer).count()
    assert rows == len(floor.FIELDS) == 12


def test_a_document_has_goals_of_its_own() -> None:
    look = views.View("", 100_000, {str(number): "" for number in range(7)})
    document, other = (views._results(path, look, look) for path in ("/doc", "/settings"))
    assert [one.held for one in document] == [True, False, True, True]
    assert [one.held for one in other] == [False, False, False, True]


def test_a_tick_is_all_that_the_timetable_has_but_its_sweep() -> None:
    assert len(ticks.TICKS.keys() - {"pulses of all"}) == len(entries()) - 1
    assert ticks.NO_TICK in {one["task"] for one in entries().values()}


def test_everybody_may_be_the_first_who_asks_for_their_page(tiny: Ground) -> None:
    place = tiny.place(tiny.databases[0], PROXY_HOPS="1")
    with place.inside():
        link = filling.mailed_link(1, filling.today())
    for make, kept in ((place.made, 1), (partial(checkin.asked_first, place), 0)):
        app = make()
        assert app.test_client().get(f"/week/{link}").status_code == 200
        assert len(app.extensions["empty_pages"]) == kept
        with app.app_context():
            db.engine.dispose()


def test_pages_of_files_count_whole_and_once_whoever_shares_them() -> None:
    with (
        subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as one,
        subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as two,
    ):
        for process in (one, two):
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write(b"awake\n")
            process.stdin.flush()
            assert process.stdout.readline() == b"awake\n"
        files = resting.file_pages(one.pid)
        assert files and len(files & resting.file_pages(two.pid)) > len(files) / 2
        alone = resting.own(one.pid) + len(files) * resting.PAGE
        assert resting.taken([one.pid]) == alone < resting.taken([one.pid, two.pid]) < 2 * alone


def test_a_ratio_is_taken_round_by_round_and_told_with_its_quartiles() -> None:
    samples = Samples({"ours": [2.0, 9.0, 4.0], "bare": [1.0, 3.0, 2.0]})
    found = beside("overview", "SQLite", samples, ("ours", "bare"), GOALS["overview"])
    assert (found.value, found.floor, found.ratio, found.spread) == (4.0, 2.0, 2.0, (2.0, 2.5))
    assert found.held and not Result("", "", 4.0, "ms", 1.0, 4.0, goal=GOALS["overview"]).held


def test_what_is_measured_takes_turns() -> None:
    taken: list[str] = []

    def take(name: str) -> float:
        taken.append(name)
        return 1.0

    in_turn({name: partial(take, name) for name in "ab"}, 2)
    assert taken == ["a", "b", "b", "a"]


def test_what_was_found_is_kept_part_by_part_and_written_between_its_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("KEPT", "PAGE", "PICTURE"):
        monkeypatch.setattr(report, name, tmp_path / name)
    report.PAGE.write_text(f"Before.\n{report.BEGIN}old\n{report.END}After.\n", encoding="utf-8")
    slow = Result("overview", "SQLite", 12, "ms", 3, 4, (3.5, 4.5), GOALS["overview"])
    small = Result("/, first view", "", 80, "kB", goal=GOALS["first view"])
    large = Result("/how, first view", "", 84, "kB", goal=GOALS["first view"])
    report.keep("views", [small, large], {"cores": "2"})
    report.keep("overview", [slow], {"cores": "2"})
    report.keep("claims", [], {"cores": "4"})
    assert report.found_last() == [slow, small, large]
    assert json.loads(report.KEPT.read_text())["parts"]["overview"]["results"][0]["held"] is False

    report.write()
    page = report.PAGE.read_text(encoding="utf-8")
    assert "`views`, `overview`: cores 2.\n\n`claims`: cores 4.\n" in page
    assert page.startswith("Before.\n") and page.endswith("After.\n") and "old" not in page
    assert "| 3.50–4.50 | ≤ 3 × | **not reached** |" in page and page.count("first view") == 1
    root = ElementTree.fromstring(report.PICTURE.read_text(encoding="utf-8"))
    assert root.get("role") == "img" and "1 of 2 goals" in (root[1].text or "")


def test_the_picture_shows_the_worst_of_each_goal_on_each_database() -> None:
    goal = GOALS["claim flat"]
    found = [Result("", "SQLite", 1, "ms", 1, ratio, goal=goal) for ratio in (1.1, 1.4, 1.2)]
    assert [one.ratio for one in picture.worst_of_each(found)[goal]] == [1.4]


def test_the_page_has_its_marks_once() -> None:
    text = report.PAGE.read_text(encoding="utf-8")
    assert text.count(report.BEGIN) == text.count(report.END) == 1
