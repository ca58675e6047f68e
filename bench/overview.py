"""The overview beside the bare page: with half a year, with five years, among many couples."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask

from bench import filling
from bench.floor import bare
from bench.measuring import Page, medians, served
from couples.accounts.services import find_session
from couples.app import create_app
from couples.db import db
from couples.migrate import migrate
from couples.pairing.services import couple_of
from couples.sealing import KeyRing
from couples.settings import Settings, new_secret_key
from couples.surveys import reading
from couples.surveys.services import rounds_and_next
from couples.tokens import Cookie

HALF_A_YEAR, FIVE_YEARS = 26, 260
FEW, MANY = 20, 2000
TIMES, READINGS = 150, 40
RATIOS = (
    ("overview, 26 rounds : bare page", "half a year", "bare page", 3.0),
    ("overview, 260 rounds : 26 rounds", "five years", "half a year", 2.0),
    ("overview, 260 rounds, many other couples : few", "among many", "five years", 1.3),
)


@dataclass(frozen=True)
class Filled:
    """A database with the two couples that are measured, and a session of one of each."""

    environ: dict[str, str]
    half_a_year: str
    five_years: str

    def page(self, name: str, token: str, port: int) -> Page:
        """Return the overview as the holder of this session asks for it."""
        return Page(name, port, "/overview", _cookie(made(self.environ), token))


def made(environ: dict[str, str]) -> Flask:
    """Make the product's application."""
    return create_app(Settings.from_environ(environ))


def measure(others: int) -> dict[str, Any]:
    """Measure everything; return the figures. Written in SQLite, in a folder that goes after."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ExitStack() as stack:
        filled = _filled(Path(folder), FEW)
        port = stack.enter_context(served(partial(made, filled.environ)))
        floor = stack.enter_context(served(partial(bare, f"sqlite:///{folder}/bare.db")))
        pages = [
            Page("bare page", floor, "/", ""),
            filled.page("half a year", filled.half_a_year, port),
            filled.page("five years", filled.five_years, port),
        ]
        if others > FEW:
            crowd = _filled(Path(folder), others)
            port = stack.enter_context(served(partial(made, crowd.environ)))
            pages.append(crowd.page("among many", crowd.five_years, port))
        found = medians(pages, TIMES)
        return {"p50_ms": found, "reading_ms": _reading(filled), "ratios": ratios(found)}


def _filled(folder: Path, others: int) -> Filled:
    """Write the two couples that are measured, and so many others."""
    environ = {
        "SECRET_KEY": new_secret_key(),
        "SEALING_KEYS": KeyRing.new().text(),
        "DATA_DIR": str(folder / f"among-{others}"),
        "DATABASE_URL": f"sqlite:///{folder}/among-{others}.db",
    }
    migrate(environ["DATABASE_URL"])
    now = filling.today()
    with made(environ).app_context():
        half_a_year, five_years = (filling.couple_with(n, now) for n in (HALF_A_YEAR, FIVE_YEARS))
        filling.add_others(others, FIVE_YEARS, now)
        db.session.remove()
        db.engine.dispose()
    return Filled(environ, half_a_year, five_years)


def _cookie(app: Flask, token: str) -> str:
    signer = Cookie().get_signing_serializer(app)
    assert signer is not None
    signed = signer.dumps({"_user_id": token, "_fresh": True})
    return f"{app.config['SESSION_COOKIE_NAME']}={signed!s}"


def _reading(filled: Filled) -> dict[str, float]:
    """Return the medians of reading and unsealing five years of answers, and of showing them."""
    now = filling.today()
    with made(filled.environ).app_context():
        found = find_session(filled.five_years, now)
        assert found is not None
        mine = couple_of(found.person_id).id, found.person_id, now

        def read() -> int:
            _due, rounds = reading.with_plan(*mine)
            return len(reading.payloads(rounds, found.person_id))

        took = {"read and unsealed": read, "as values": lambda: len(rounds_and_next(*mine)[0])}
        medians = {name: _median(act) for name, act in took.items()}
        db.session.remove()
        db.engine.dispose()
    return medians


def _median(act: Callable[[], int]) -> float:
    times = []
    for _time in range(READINGS):
        db.session.rollback()
        db.session.connection()
        began = time.perf_counter()
        rounds = act()
        times.append((time.perf_counter() - began) * 1000)
        assert rounds == FIVE_YEARS
    return statistics.median(times)


def ratios(found: dict[str, float]) -> dict[str, tuple[float, float]]:
    """Return each ratio with its goal, as far as both sides were measured."""
    return {
        name: (found[one] / found[other], goal) for name, one, other, goal in RATIOS if one in found
    }
