"""The overview beside the bare page: with half a year, with five years, among many couples."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial

from bench import bulk, filling
from bench.filling import Filled
from bench.floor import bare
from bench.goals import GOALS
from bench.ground import Database, Ground, Place
from bench.measuring import Page, medians, served
from bench.results import Result, alone, beside
from bench.samples import in_turn, milliseconds
from couples.accounts.services import find_session
from couples.db import db
from couples.pairing.services import couple_of
from couples.surveys import reading
from couples.surveys.services import rounds_and_next
from tests.counting import asked


def measure(ground: Ground) -> list[Result]:
    """Measure the overview on each database."""
    return [found for database in ground.databases for found in _on(ground, database)]


def _on(ground: Ground, database: Database) -> list[Result]:
    size = ground.size
    place = ground.place(database)
    half, full = _fill(place, (size.half_a_year, size.five_years), size.few, size.five_years)
    with ExitStack() as stack:
        port = stack.enter_context(served(place.made, size))
        floor = stack.enter_context(served(partial(bare, database.fresh()), size))
        pages = [
            Page("bare", floor, "/"),
            Page("half", port, "/overview", place.cookie(half.session)),
            Page("full", port, "/overview", place.cookie(full.session)),
        ]
        if size.many:
            crowd = ground.place(database)
            (among,) = _fill(crowd, (size.five_years,), size.many, size.five_years)
            port = stack.enter_context(served(crowd.made, size))
            pages.append(Page("among", port, "/overview", crowd.cookie(among.session)))
        found = medians(pages, size)
    name, halves, years = database.name, size.half_a_year, size.five_years
    results = [
        beside(f"overview, {halves} rounds", name, found, ("half", "bare"), GOALS["overview"]),
        beside(f"overview, {years} rounds", name, found, ("full", "half"), GOALS["overview years"]),
    ]
    if size.many:
        words = f"overview among {size.many:,} other couples"
        results.append(beside(words, name, found, ("among", "full"), GOALS["overview crowd"]))
    return results + _inside(ground, database, place, full)


def _fill(place: Place, rounds: tuple[int, ...], others: int, theirs: int) -> list[Filled]:
    """Write the couples that are measured, and so many others with so many rounds."""
    with place.inside():
        found = [filling.couple_with(count, filling.today()) for count in rounds]
        bulk.add_others(others, theirs)
    return found


def _inside(ground: Ground, database: Database, place: Place, filled: Filled) -> list[Result]:
    """Count the queries of one overview; time reading and unsealing all it is made of."""
    app = place.made()
    with app.app_context():
        browser = app.test_client()
        cookie, _, value = place.cookie(filled.session).partition("=")
        browser.set_cookie(cookie, value, domain="127.0.0.1")
        with asked() as counted:
            status = browser.get("/overview", base_url="http://127.0.0.1").status_code
        assert status == 200
        # SQLite's BEGIN is counted too, and asks for nothing.
        queries = len([one for one in counted.all if not one.startswith("BEGIN")])
        samples = in_turn(_readings(filled, ground.size.five_years), ground.size.rounds)
        db.session.remove()
        db.engine.dispose()
    responses = 2 * ground.size.five_years
    return [
        Result("overview, its queries", database.name, queries, "queries",
               goal=GOALS["overview queries"]),
        alone(f"{responses} responses read and unsealed", database.name, samples, "unsealed", "ms",
              GOALS["reading"]),
        alone(f"{responses} responses as values", database.name, samples, "values", "ms"),
    ]  # fmt: skip


def _readings(filled: Filled, rounds: int) -> dict[str, partial[float]]:
    now = filling.today()
    found = find_session(filled.session, now)
    assert found is not None
    mine = couple_of(found.person_id).id, found.person_id, now

    def read() -> None:
        _begin()
        _due, seen = reading.with_plan(*mine)
        assert len(reading.payloads(seen, found.person_id)) == rounds

    def shown() -> None:
        _begin()
        assert len(rounds_and_next(*mine)[0]) == rounds

    return {"unsealed": partial(milliseconds, read), "values": partial(milliseconds, shown)}


def _begin() -> None:
    db.session.rollback()
    db.session.connection()
