"""What one does in private before the agreement changes no byte for the other (rule S2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from couples.preparing.services_airing import (
    close,
    put_away,
    say_ready,
    take_back,
    take_wish_back,
    want,
)
from couples.preparing.services_reflection import (
    Answers,
    delete_reflection,
    save_reflection,
    skip_reflection,
)
from tests.agreement.test_non_interference import seen
from tests.cast import Cast, sign_in
from tests.preparing.road import both_want, both_write, open_both, write

PAGES = (
    "/doc", "/doc/air", "/doc/before", "/doc/mine", "/private", "/overview", "/settings",
)  # fmt: skip
Act = Callable[[Cast, datetime], object]


def reflect(cast: Cast, now: datetime) -> None:
    save_reflection(cast.maya, Answers("Hope.", "My part."), 0, now)


def reflect_and_delete(cast: Cast, now: datetime) -> None:
    reflect(cast, now)
    delete_reflection(cast.maya, now)


def skip(cast: Cast, now: datetime) -> None:
    skip_reflection(cast.maya, now)


def draft(cast: Cast, now: datetime) -> None:
    write(cast.maya, "A draft.", now)


def put_line_away(cast: Cast, now: datetime) -> None:
    put_away(cast.maya, now)


def want_and_back(cast: Cast, now: datetime) -> None:
    want(cast.maya, now)
    take_wish_back(cast.maya)


def ready(cast: Cast, now: datetime) -> None:
    write(cast.maya, "Something else.", now)
    say_ready(cast.maya, now)


def ready_and_back(cast: Cast, now: datetime) -> None:
    ready(cast, now)
    take_back(cast.maya)


def close_it(cast: Cast, now: datetime) -> None:
    close(cast.maya, now)


def nothing(_cast: Cast, _now: datetime) -> None:
    pass


def he_wants(cast: Cast, now: datetime) -> None:
    want(cast.jonas, now)
    write(cast.jonas, "His.", now)


ANYTIME: tuple[Act, ...] = (reflect, reflect_and_delete, skip)
CASES: list[tuple[Act, Act]] = [
    *((nothing, act) for act in (*ANYTIME, draft, want_and_back, put_line_away)),
    *((he_wants, act) for act in (*ANYTIME, draft, want_and_back, put_line_away)),
    *((both_want, act) for act in (*ANYTIME, draft, ready, ready_and_back)),
    *((both_write, act) for act in (*ANYTIME, draft, ready, ready_and_back)),
    *((open_both, act) for act in (*ANYTIME, close_it)),
]


@pytest.mark.parametrize(
    ("before", "act"), CASES, ids=[f"{one.__name__}-{two.__name__}" for one, two in CASES]
)
def test_S2_the_partners_pages_stay_as_they_were(
    client: FlaskClient, cast: Cast, now: datetime, before: Act, act: Act
) -> None:
    before(cast, now)
    sign_in(client, cast.jonas, now)
    first = seen(client, PAGES)
    act(cast, now)
    assert seen(client, PAGES) == first


def test_S2_withdrawing_shows_the_same_whether_or_not_the_other_was_ready(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign_in(client, cast.jonas, now)
    both_write(cast, now)
    answers = []
    for act in (nothing, lambda *_: say_ready(cast.maya, now)):
        act(cast, now)
        client.post("/doc/air/want/back")
        answers.append(seen(client, PAGES))
        client.post("/doc/air/want")
        answers.append(seen(client, PAGES))
    assert answers[:2] == answers[2:]


def test_S2_saying_ready_shows_the_same_whether_or_not_the_other_has_written(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign_in(client, cast.jonas, now)
    both_want(cast, now)
    ready_form = {"words": "His.", "revision": "0", "then": "ready"}
    assert client.post("/doc/air", data=ready_form).status_code == 303
    folded = seen(client, PAGES)
    draft(cast, now)
    assert seen(client, PAGES) == folded
