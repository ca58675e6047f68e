"""Two services of each kind of database: one with few couples, one with very many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import Flask
from sqlalchemy import text

from bench import bulk
from bench.ground import Database, Ground
from bench.samples import milliseconds
from couples.db import db


@dataclass(frozen=True)
class Crowd:
    """A service with so many couples for whom nothing is due."""

    couples: int
    app: Flask

    def timed(self, act: Callable[[], object]) -> Callable[[], float]:
        """Return a function that says how many milliseconds something takes here."""
        return lambda: self.inside(partial(milliseconds, act))

    def inside(self, act: Callable[[], float]) -> float:
        """Do something here, on a connection that is open already."""
        with self.app.app_context():
            db.session.execute(text("SELECT 1"))
            db.session.rollback()
            return act()


def crowds(ground: Ground, database: Database) -> tuple[Crowd, Crowd]:
    """Return the two services, filled once a run."""
    key = f"crowds {database.name}"
    if key not in ground.kept:
        few, many = (_filled(ground, database, couples) for couples in ground.size.crowd)
        ground.kept[key] = (few, many)
    found: tuple[Crowd, Crowd] = ground.kept[key]
    return found


def _filled(ground: Ground, database: Database, couples: int) -> Crowd:
    app = ground.place(database).made(pages=False)
    with app.app_context():
        bulk.add_crowd(couples)
    return Crowd(couples, app)


def leave(ground: Ground) -> None:
    """Close what is open to all of them."""
    for pair in ground.kept.values():
        for crowd in pair:
            with crowd.app.app_context():
                db.session.remove()
                db.engine.dispose()
