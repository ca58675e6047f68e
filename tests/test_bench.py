"""What `./run bench` measures is the product: its couples are read as those of people are."""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from bench import filling, floor, overview
from couples.accounts.services import find_session
from couples.dashboard.overview import State
from couples.dashboard.services import overview as overview_of
from couples.db import db
from couples.surveys.models import Response


def test_the_bench_fills_couples_whose_overview_can_be_read(app: Flask, now: datetime) -> None:
    found = find_session(filling.couple_with(14, now), now)
    assert found is not None
    shown = overview_of(found.person_id, now, most=None)
    assert (shown.rounds, shown.shown, shown.state) == (14, 14, State.TOGETHER)
    assert len(shown.strips) == len(filling.LISTED) + 1 and shown.totals is not None

    filling.add_others(2, 3, now)
    assert db.session.scalar(db.select(db.func.count(Response.id))) == 2 * 14 + 2 * 2 * 3


def test_the_floor_answers_with_a_session(tmp_path: object) -> None:
    client = floor.bare(f"sqlite:///{tmp_path}/bare.db").test_client()
    assert b"Maya" in client.get("/").data and client.get_cookie("session") is not None


def test_ratios_are_told_with_their_goals_where_both_sides_were_measured() -> None:
    ratios = overview.ratios({"bare page": 2.0, "half a year": 5.0, "five years": 8.0})
    assert [*ratios.values()] == [(2.5, 3.0), (1.6, 2.0)]
