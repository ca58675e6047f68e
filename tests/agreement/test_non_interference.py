"""What one does in private changes no byte of what the other can see (rule S2)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from couples.agreement.models import Need
from couples.agreement.needs import services as services_needs
from couples.agreement.needs import services_opening
from couples.agreement.needs.services import Heading, begin_need
from couples.db import db
from tests.agreement.road import choose, open_both, write
from tests.cast import Cast, sign_in

PAGES = ("/doc", "/doc/mine", "/doc/read", "/doc/mine/new", "/doc/versions", "/doc/rhythm")
TOKEN = re.compile(r'name="csrf_token" value="[^"]+"')


def seen(client: FlaskClient, pages: tuple[str, ...]) -> list[tuple[int, str]]:
    """Return everything Jonas sees, but for the token that differs at every look."""
    answers = [client.get(path) for path in pages]
    return [(answer.status_code, TOKEN.sub("", answer.text)) for answer in answers]


def draft(cast: Cast, now: datetime) -> None:
    write(cast.maya, now, "money")


def delete(cast: Cast, now: datetime) -> None:
    for need in services_needs.my_needs(cast.maya).drafts:
        services_needs.delete_need(cast.maya, need.id)


def ready(cast: Cast, now: datetime) -> None:
    write(cast.maya, now, "money")
    services_opening.say_ready(cast.maya, now)


def ready_and_back(cast: Cast, now: datetime) -> None:
    ready(cast, now)
    services_opening.take_back(cast.maya)


PRIVATE = (draft, delete, ready, ready_and_back)


@pytest.mark.parametrize("act", PRIVATE, ids=lambda act: act.__name__)
@pytest.mark.parametrize("writes", [False, True])
def test_S2_before_opening_the_partners_pages_stay_as_they_were(
    client: FlaskClient,
    cast: Cast,
    now: datetime,
    act: Callable[[Cast, datetime], None],
    writes: bool,
) -> None:
    sign_in(client, cast.jonas, now)
    choose(cast.jonas, now)
    pages: tuple[str, ...] = PAGES
    if writes:
        pages = (*PAGES, f"/doc/mine/{write(cast.jonas, now)}")
    before = seen(client, pages)
    act(cast, now)
    assert seen(client, pages) == before


def test_S2_the_folded_page_looks_the_same_whoever_else_is_writing(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    write(cast.jonas, now)
    services_opening.say_ready(cast.jonas, now)
    sign_in(client, cast.jonas, now)
    before = seen(client, PAGES)
    for listed in ("money", "time", "home"):
        write(cast.maya, now, listed)
    assert seen(client, PAGES) == before


def test_S2_after_opening_a_later_draft_is_seen_by_its_author_alone(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = open_both(cast, now)
    sign_in(client, cast.jonas, now)
    pages = (*PAGES, "/doc/open", f"/doc/side/{topic_id}", f"/doc/side/{topic_id}/words")
    before = seen(client, pages)
    write(cast.maya, now, "money")
    write(cast.maya, now, "time")
    begin_need(cast.maya, Heading(topic_id=topic_id), now)
    services_opening.open_pages(cast.maya)
    assert seen(client, pages) == before
    assert len(db.session.scalars(db.select(Need)).all()) == 4
