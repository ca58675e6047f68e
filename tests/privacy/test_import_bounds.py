"""Taking in the largest file there may be: nobody else waits for it (S2), and limits hold."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.agreement.needs.services import Heading, begin_need, my_needs
from couples.agreement.needs.services_opening import say_ready
from couples.agreement.rules import MOST_NEEDS
from couples.privacy.services import notes_of, save_note
from couples.privacy.taking_in import reading
from couples.privacy.taking_in.services import take_in
from couples.surveys.letters.services import letters_view
from tests.agreement import road
from tests.cast import Cast, sign_in
from tests.counting import asked
from tests.privacy.test_import import as_bytes, plain, send
from tests.surveys.agreed import at

# However much is in the file: what one person's act may ask while all others wait for it.
MOST_STATEMENTS = 20


def bound(name: str) -> int:
    """Return how many of something a file may hold."""
    return int(reading.schema()["properties"][name]["maxItems"])


def largest(own: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return a file with as many notes and needs as there may be, and both answers."""
    moment = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    note = {"words": "", "locked": False, "written_at": moment, "saved_at": moment}
    own["notes"] = [note | {"words": f"Note {number}"} for number in range(bound("notes"))]
    about = {"kind": "topic", "listed": None}
    need = dict.fromkeys(("opened_at", "said_to_what_was_heard", "said_at")) | {
        "before": "I felt alone.", "request": "", "own_part": "", "matters": 3,
        "written_at": moment, "saved_at": moment,
    }  # fmt: skip
    own["needs"] = [
        need | {"about": about | {"words": f"Topic {number}"}} for number in range(bound("needs"))
    ]
    own["reflection"] = {
        "motives": "Mine.", "own_part": "", "saved_at": moment, "put_aside_at": None,
    }  # fmt: skip
    return own


def test_S2_the_largest_file_is_a_few_statements_while_others_wait(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    own = largest(plain(cast.maya, now), now)
    with asked() as first:
        taken = take_in(cast.ines, own, with_settings=False, key=None, now=now)
    assert len(first.writing) <= MOST_STATEMENTS, first.writing
    assert (taken.needs, taken.needs_as_notes) == (MOST_NEEDS, bound("needs") - MOST_NEEDS)
    assert taken.reflection
    assert taken.notes == bound("notes") + taken.needs_as_notes
    with asked() as again:
        same = take_in(cast.ines, own, with_settings=False, key=None, now=now)
    assert (same.needs, same.notes, same.there) == (0, 0, taken.needs + taken.notes + 1)
    assert len(again.writing) <= MOST_STATEMENTS
    assert not any(each.startswith("INSERT INTO notes") for each in again.writing)


def test_1_5_2_one_more_than_a_file_may_hold_is_refused(
    app: Flask, cast: Cast, now: datetime
) -> None:
    own = largest(plain(cast.maya, now), now)
    assert reading.read(as_bytes(own))
    for name in ("notes", "needs"):
        more = own | {name: [*own[name], own[name][0]]}
        with pytest.raises(reading.Unreadable):
            reading.read(as_bytes(more))


def test_P3_files_are_taken_in_a_few_times_an_hour(
    app: Flask, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    raw = as_bytes(plain(cast.ines, now))
    with at(now):
        sign_in(client, cast.ines, now)
        found = [send(client, raw).status_code for _time in range(11)]
        assert found == [200] * 10 + [429]
        assert client.get("/settings/import").status_code == 200


def test_A1_where_the_page_is_folded_needs_become_notes(
    app: Flask, cast: Cast, now: datetime
) -> None:
    road.write(cast.maya, now, "time")
    road.write(cast.jonas, now, "money")
    begin_need(cast.jonas, Heading(listed="time"), now)  # it has no words, and is there
    own = plain(cast.maya, now)
    say_ready(cast.jonas, now)
    before = my_needs(cast.jonas).drafts
    taken = take_in(cast.jonas, own, with_settings=False, key=None, now=now)
    assert (taken.needs, taken.needs_as_notes) == (0, 1)
    assert my_needs(cast.jonas).drafts == before
    assert any("I felt alone." in note.words for note in notes_of(cast.jonas))


def test_S5_a_file_that_fails_at_its_end_leaves_nothing(
    app: Flask, cast: Cast, now: datetime
) -> None:
    road.write(cast.maya, now)
    save_note(cast.maya, "n" * 22, "Only mine.", revision=0, may_begin=True, now=now)
    own = plain(cast.maya, now)
    letters = letters_view(cast.ines, now)
    del own["letters"]["weekday"]  # as if the schema had let it through
    with pytest.raises(KeyError):
        take_in(cast.ines, own, with_settings=True, key=None, now=now)
    assert (my_needs(cast.ines).drafts, notes_of(cast.ines)) == ((), [])
    assert letters_view(cast.ines, now) == letters
