"""Acts at the same instant, each in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask

from couples.db import db
from couples.errors import NotFound, Refusal

Act = Callable[[], Any]


def together(app: Flask, *acts: Act) -> list[Any]:
    """Run all acts at the same instant; return results, or the name of the answer for people.

    Anything else that an act raises fails the test.
    """
    start = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)
    crashes: list[Exception] = []

    def run(place: int, act: Act) -> None:
        with app.app_context():
            start.wait()
            try:
                results[place] = act()
            except (Refusal, NotFound) as answer:
                results[place] = type(answer).__name__
            except Exception as problem:
                crashes.append(problem)
            finally:
                db.session.remove()

    db.session.remove()
    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not crashes, crashes
    assert not any(thread.is_alive() for thread in threads), "an act still waits after 30 seconds"
    return results


def rows(model: type[Any]) -> list[Any]:
    """Return all rows of one table."""
    return list(db.session.scalars(db.select(model)).all())
