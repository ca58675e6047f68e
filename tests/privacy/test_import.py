"""Taking in a file: everything of one's own and nothing else, once, and nobody sees it (S2, S5)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from couples.accounts.events.services import events_of
from couples.agreement.models import Need
from couples.agreement.needs.services import my_needs
from couples.agreement.rules import NeedWords
from couples.db import db, key_ring
from couples.mail.models import OutboxLetter
from couples.preparing.services_reflection import reflection_of
from couples.privacy.export.services import own_words
from couples.privacy.services import notes_of, save_note
from couples.privacy.taking_in import reading
from couples.privacy.taking_in.as_notes import pieces
from couples.privacy.taking_in.services import TakenIn, take_in
from couples.surveys.letters.services import letters_view
from tests.agreement import road
from tests.cast import Cast, sign_in
from tests.privacy.erasing_world import fill
from tests.surveys.agreed import at
from tests.tries import forget_tries

Changed = Callable[[dict[str, Any]], Any]


def plain(person_id: str, now: datetime) -> dict[str, Any]:
    """Return somebody's own words as they arrive out of a file."""
    found: dict[str, Any] = json.loads(json.dumps(own_words(person_id, now)))
    return found


def deep(levels: int) -> bytes:
    """Return lists inside lists."""
    return b"[" * levels + b"]" * levels


def as_bytes(own: Any) -> bytes:
    """Return a value as a file holds it."""
    return json.dumps(own, ensure_ascii=True).encode()


UNREADABLE: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"Dear Pages,",
    "no UTF-8": b'{"format": "\xff"}',
    "UTF-16": '{"format": 1}'.encode("utf-16"),
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00",
    "deep": deep(100_000),
    "deep in objects": b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    "countless parts": b"[" + b"1," * 900_000 + b"1]",
    "too long": b'"' + b"x" * reading.MOST_BYTES + b'"',
    "NaN": b'{"format": "couples-own-words", "version": NaN}',
    "a fraction": b'{"format": "couples-own-words", "version": 1e400}',
    "5,000 digits": b'{"format": "couples-own-words", "version": ' + b"9" * 5_000 + b"}",
    "twice the same name": b'{"format": "couples-own-words", "format": "couples-own-words"}',
    "a list": b"[]",
    "another format": b'{"format": "something else"}',
    "newer": b'{"format": "couples-own-words", "version": 2}',
    "only its head": b'{"format": "couples-own-words", "version": 1}',
    "strings never closed": b'"' + b'\\"' * 900_000,
    "strings never closed, and an escape at the end": b'"\\' * 900_000,
    "a comment": b"{} // of one's own",
    "two values": b"{}{}",
}
CHANGES: dict[str, Changed] = {
    "an unknown name": lambda own: own.update(person_id="x"),
    "an unknown name deep inside": lambda own: own["needs"][0].update(couple_id="x"),
    "a name missing": lambda own: own.pop("notes"),
    "another kind": lambda own: own["needs"][0].update(before=7),
    "a bool for a number": lambda own: own["needs"][0].update(matters=True),
    "out of range": lambda own: own["needs"][0].update(matters=6),
    "no time": lambda own: own["notes"][0].update(written_at="yesterday"),
    "a day that does not exist": lambda own: own["notes"][0].update(
        written_at="2026-02-30T10:00:00Z"
    ),
    "an hour that does not exist": lambda own: own.update(made_at="2026-02-03T29:00:00Z"),
    "a line too much behind a time": lambda own: own.update(made_at=own["made_at"] + "\n"),
    "far too many": lambda own: own.update(invites=own["invites"] * 20_000),
    "a lone surrogate": lambda own: own["notes"][0].update(words="a \ud800 b"),
    "NUL": lambda own: own["notes"][0].update(words="a \x00 b"),
    "an escape sequence": lambda own: own["notes"][0].update(words="a \x1b[2J b"),
}


def send(client: FlaskClient, raw: bytes, **typed: str) -> TestResponse:
    """Choose a file and press; written out here, since the test client would use a file on disk."""
    begin = b'--x\r\nContent-Disposition: form-data; name="'
    parts = [begin + name.encode() + b'"\r\n\r\n' + value.encode() for name, value in typed.items()]
    parts.append(begin + b'file"; filename="pages.json"\r\n\r\n' + raw)
    body = b"\r\n".join([*parts, b"--x--\r\n"])
    return client.post(
        "/settings/import", data=body, content_type="multipart/form-data; boundary=x"
    )


def test_A4_no_id_of_a_note_tells_the_server_what_may_stand_in_it(
    app: Flask, cast: Cast, now: datetime
) -> None:
    save_note(cast.maya, "n" * 22, "Guess me.", revision=0, may_begin=True, now=now)
    own = plain(cast.maya, now)
    written = json.dumps([cast.ines, "note", "Guess me."], ensure_ascii=False, sort_keys=True)
    guess = key_ring().index(f"taken in:0:{written}")[:22]
    for notes in (1, 0):
        taken = take_in(cast.ines, own, with_settings=False, key=None, now=now)
        assert taken.notes == notes, "twice it is there once"
    (note,) = notes_of(cast.ines)
    assert note.words == "Guess me." and note.id != guess


def test_1_5_2_whatever_the_file_the_page_answers_with_a_sentence(
    app: Flask, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    save_note(cast.ines, "n" * 22, "Only mine.", revision=0, may_begin=True, now=now)
    road.write(cast.ines, now)
    files = dict(UNREADABLE)
    for case, change in CHANGES.items():
        own = plain(cast.ines, now)
        own["invites"] = [
            {"address": None, "made_at": own["made_at"], "expires_at": own["made_at"]}
        ]
        assert reading.read(as_bytes(own)), "without the change it can be read"
        change(own)
        files[case] = as_bytes(own)
    with at(now):
        sign_in(client, cast.ines, now)
        before = plain(cast.ines, now)
        for case, raw in files.items():
            answer = send(client, raw)
            assert answer.status_code == 422, case
            assert 'id="file-err"' in answer.text, case
            forget_tries()
        assert client.post("/settings/import", data={"file": "no file"}).status_code == 422
        assert plain(cast.ines, now) == before


def test_5_2_1_only_this_page_has_room_and_no_file_touches_the_disk(
    app: Flask, client: FlaskClient, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    most = app.config["MAX_CONTENT_LENGTH"]
    with at(now):
        sign_in(client, cast.ines, now)
        assert send(client, b"x" * (most + 1)).status_code == 422
        assert send(client, b"x" * (reading.MOST_BYTES + 128 * 1024)).status_code == 413
        kind = "application/x-www-form-urlencoded"
        elsewhere = client.post("/private/new", data=b"words=" + b"x" * most, content_type=kind)
        assert elsewhere.status_code == 413
    with app.test_request_context("/settings/import", method="POST") as context:
        stream = context.request._get_file_stream(10**7, "text/plain", "pages.json", 10**7)
        assert isinstance(stream, BytesIO)


def test_S5_a_file_comes_in_whole_and_once(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    fill(cast, now)
    own = plain(cast.maya, now)
    own["longer_looks"], own["overview"]["put_away"] = [], []
    own = reading.read(as_bytes(own))
    letters = db.session.scalars(db.select(OutboxLetter.id)).all()
    taken = take_in(cast.ines, own, with_settings=False, key=None, now=now)
    assert (taken.needs, taken.reflection, taken.settings) == (4, True, False)
    notes = "\n".join(note.words for note in notes_of(cast.ines))
    for words in (
        "Maya's words.",
        "Shared words.",
        "Maya's step.",
        "Maya's signature",
        "Overall: 3",
    ):
        assert words in notes, words
    assert "Jonas's" not in notes
    assert reflection_of(cast.ines).answers.motives == "Maya's words."
    drafts = my_needs(cast.ines).drafts
    assert {need.words.request for need in drafts} == {"Maya's request."}
    assert {need.name for need in drafts} >= {"Maya's own topic", "Money"}
    again = take_in(cast.ines, own, with_settings=False, key=None, now=now)
    assert (again.needs, again.notes, again.reflection, again.needs_as_notes) == (0, 0, False, 0)
    assert again.there == taken.needs + taken.notes + 1
    assert len(notes_of(cast.ines)) == taken.notes
    assert [one.kind for one in events_of(cast.ines, now)] == ["taken_in"] * 2
    assert db.session.scalars(db.select(OutboxLetter.id)).all() == letters


def test_A1_needs_become_drafts_as_far_as_there_is_room(
    app: Flask, cast: Cast, now: datetime
) -> None:
    for listed in ("time", "money", "home", "heard"):
        road.write(cast.maya, now, listed)
    own = plain(cast.maya, now)
    road.write(cast.ines, now, "time", replace(road.WORDS, before="Other words."))
    for name in ("one", "two", "three"):
        road.write(cast.ines, now, own=name, words=NeedWords(request=f"{name}."))
    taken = take_in(cast.ines, own, with_settings=False, key=None, now=now)
    assert (taken.needs, taken.needs_as_notes) == (2, 2)
    mine = my_needs(cast.ines)
    assert len(mine.drafts) == 6
    assert "Other words." in {need.words.before for need in mine.drafts}
    assert sum("I felt alone." in note.words for note in notes_of(cast.ines)) == 2
    assert db.session.scalars(
        db.select(Need.opened_at).where(Need.person_id == cast.ines)
    ).all() == ([None] * 6)


def test_S2_settings_stay_unless_asked_and_the_name_always(
    app: Flask, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    own = plain(cast.maya, now)
    own["account"] |= {"name": "Somebody else", "language": "en-US", "zone": "Asia/Tokyo"}
    own["letters"] |= {"weekday": 2, "hour": 20, "reminder": True}
    with at(now):
        sign_in(client, cast.ines, now)
        before = plain(cast.ines, now)["account"]
        assert "Nothing new." in send(client, as_bytes(own)).text
        assert plain(cast.ines, now)["account"] == before
        assert send(client, as_bytes(own), settings="y").status_code == 200
        after = plain(cast.ines, now)["account"]
    assert (after["language"], after["zone"]) == ("en-US", "Asia/Tokyo")
    assert (after["name"], after["address"]) == (before["name"], before["address"])
    assert letters_view(cast.ines, now).weekday == 2
    own["account"] |= {"language": "xx", "zone": "Mars/Olympus_Mons"}
    assert take_in(cast.ines, own, with_settings=True, key=None, now=now).settings
    assert plain(cast.ines, now)["account"] == after


def test_S5_all_of_it_or_nothing(app: Flask, cast: Cast, now: datetime) -> None:
    road.write(cast.maya, now)
    save_note(cast.maya, "n" * 22, "Only mine.", revision=0, may_begin=True, now=now)
    own = plain(cast.maya, now)
    own["notes"].append({"words": 7})  # as if the schema had let it through
    with pytest.raises((TypeError, KeyError, AttributeError)):
        take_in(cast.ines, own, with_settings=False, key=None, now=now)
    assert my_needs(cast.ines).drafts == ()
    assert notes_of(cast.ines) == []


@pytest.mark.parametrize("text", ["x" * 25, "ab cd\n" * 9, "one\n\ntwo\n\nthree and more", "a", ""])
def test_what_is_too_long_for_one_note_goes_on_in_the_next(text: str) -> None:
    found = list(pieces(text, 10))
    assert all(0 < len(piece) <= 10 for piece in found)
    assert "".join(found).replace("\n", "") == text.replace("\n", "")


def test_there_is_as_much_taken_in_as_is_said() -> None:
    assert TakenIn() == TakenIn(0, 0, False, False, 0, 0, False, 0)
