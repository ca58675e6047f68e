"""A copy of one's own words: all of them, nothing of the partner's, and nobody notices (S2, S5)."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.accounts.events.services import KINDS, events_of
from couples.accounts.events.wording import WORDS
from couples.accounts.models import LoginSession
from couples.dashboard.cards.models import CardChoices
from couples.db import Base, db, transaction
from couples.mail.models import OutboxLetter
from couples.pairing.services_leaving import end_link
from couples.privacy.export.labels import LABELS, TITLES
from couples.privacy.export.readable import CHOICES, Line, is_dated, line_of
from couples.privacy.export.services import own_words
from couples.privacy.export.values import KINDS as ABOUTS
from couples.privacy.export.values import VALUES
from couples.privacy.models import Note
from couples.privacy.services_erasing import erase
from couples.privacy.taking_in.reading import schema
from couples.rotation import sealed_columns
from couples.surveys.models import LongerLook
from tests.cast import Cast, sign_in
from tests.privacy.erasing_world import fill, sealed_cells
from tests.surveys.agreed import at

# Sealed columns that no copy holds, and why.
NOT_IN_IT = {
    "authenticators.secret": "whoever has it makes the codes that sign in",
    "key_checks.word": "the same word for everybody, which tells whether the keys fit",
    "invites.code": "an open code is a key: whoever has it could link",
    "passkeys.credential": "what a browser signs in with, and of no use to a person",
    "sign_ups.address": "a typed address before it is anybody's; one's own is in the account",
    "step_questions.words": "the same words as the step's",
    "topics.own_words": "one's own headings stand with the needs and promises under them",
    "rounds.questions": "what both are asked; one's own part stands with one's answers",
}
# Words of both, which stand in both copies.
OF_BOTH = {"promises", "versions"}
# Tables that name a person and hold none of their words or choices.
NO_PART = {
    "challenges": "random bytes, for minutes",
    "couples": "one's links stand with one's place in them",
    "letters": "what is sent by the clock; ids only",
    "personal_keys": "wrapped bytes; since when is in it",
    "recovery_codes": "fingerprints; how many are left is in it",
    "topics": "see topics.own_words",
}


@pytest.fixture
def world(app: Flask, cast: Cast, now: datetime) -> Cast:
    fill(cast, now)
    with transaction():
        for look in db.session.scalars(db.select(LongerLook)):
            look.answers = {"1": 6, "5": None}
        for row in db.session.scalars(db.select(CardChoices)):
            row.choices = {**row.choices, "put_away": {"difference overall": None}}
    return cast


def validator() -> Any:
    """Return what holds a copy against its schema, once the schema itself has been looked at."""
    # Its grammars take seconds to be made: in the worker that comes here, not in each at its start.
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema())


def text_of(person_id: str, now: datetime) -> str:
    """Return somebody's copy as it is written."""
    return json.dumps(own_words(person_id, now), ensure_ascii=False)


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Give every description inside a schema."""
    if isinstance(schema, dict):
        yield schema
        for key, value in schema.items():
            if key in {"properties", "$defs"}:
                for each in value.values():
                    yield from parts(each)
            elif key in {"items", "oneOf"}:
                yield from parts(value)
    elif isinstance(schema, list):
        for each in schema:
            yield from parts(each)


def test_J2_the_schema_is_closed_and_says_what_everything_is() -> None:
    assert validator()
    for each in parts(schema()):
        if "properties" in each:
            assert each["additionalProperties"] is False
        if "array" in each.get("type", ()):
            assert each["maxItems"]
        told = "description" in each or "$ref" in each or each.get("type") == "null"
        assert told or "oneOf" in each, each


def test_J2_every_name_and_value_of_the_schema_has_words() -> None:
    names = {name for each in parts(schema()) for name in each.get("properties", {})}
    assert set(TITLES) | {"format", "version", "made_at"} == set(schema()["properties"])
    assert names - {"format"} <= set(LABELS)
    enums = {
        value
        for each in parts(schema())
        for name, kind in each.get("properties", {}).items()
        if name in {*CHOICES, "said_to_what_was_heard"} and name != "mark"
        for value in kind.get("enum", ())
        if value
    }
    assert enums <= {*VALUES, *ABOUTS}
    for kind in KINDS:
        assert line_of("kind", kind) == Line(str(LABELS["kind"]), str(WORDS[kind]))


def test_J2_only_a_name_of_a_moment_holds_one_and_words_stay_as_they_were_written(
    app: Flask,
) -> None:
    dated = {
        (name, is_dated(name))
        for each in parts(schema())
        for name, kind in each.get("properties", {}).items()
        if str(kind.get("format", "")).startswith("date")
    }
    assert len(dated) > 35 and {told for _name, told in dated} == {True}
    texts = {
        (name, is_dated(name))
        for each in parts(schema())
        for name, kind in each.get("properties", {}).items()
        if "maxLength" in kind
    }
    assert len(texts) > 10 and {told for _name, told in texts} == {False}
    for words in ("2026-02-30", "2026-02-03", "2026-02-03T29:59:59Z"):
        line = line_of("words", words)
        assert line and line.text == words
    with app.test_request_context():
        line = line_of("added_at", "2026-02-03T10:00:00Z")
    assert line and "2026" in line.text and "T" not in line.text


def test_J2_a_copy_is_as_described_and_holds_nothing_of_the_partner(
    world: Cast, now: datetime
) -> None:
    for mine, theirs in (("maya", "jonas"), ("jonas", "maya")):
        holds_nothing_of(world, mine, theirs, now)
    every_sealed_column_is_in_it(world, now)
    a_locked_note_stays_out(world, now)


def test_L6_after_parting_only_what_both_signed_is_left_of_what_both_agreed(
    world: Cast, now: datetime
) -> None:
    before = own_words(world.maya, now)
    assert before["promises"] and before["versions"]
    end_link(world.jonas, now)
    after = own_words(world.maya, now)
    assert after["promises"] == []
    assert len(after["versions"]) == len(before["versions"])
    assert after["needs"] and after["suggestions"]


def holds_nothing_of(world: Cast, mine: str, theirs: str, now: datetime) -> None:
    """Look for the partner's canaries and for ids in one's copy."""
    own = own_words(getattr(world, mine), now)
    validator().validate(own)
    text = json.dumps(own, ensure_ascii=False).lower()
    assert text.count(f"{mine}'s") > 20
    assert f"{theirs}'s" not in text
    assert f"{theirs}@" not in text
    assert getattr(world, theirs) not in text
    ids = {cell for cell in all_ids() if cell.lower() in text}
    assert ids == set(), "no id carries anything out"


def all_ids() -> set[str]:
    """Return the id of every row there is."""
    with db.engine.connect() as connection:
        return {
            row[0]
            for table in Base.metadata.sorted_tables
            if "id" in table.c and table.name != "mail_server"
            for row in connection.execute(db.select(table.c.id))
        }


def every_sealed_column_is_in_it(world: Cast, now: datetime) -> None:
    """A new sealed column fails here until the copy has it, or a reason stands above."""
    text = text_of(world.maya, now)
    left = set()
    columns = {
        f"{one.model.__tablename__}.{one.sealed.column.removesuffix('_sealed')}"
        for one in sealed_columns()
    }
    for column in columns - set(NOT_IN_IT):
        values = [value for name, value in sealed_cells() if name == column]
        if not any(one in text for value in values for one in canaries(value)):
            left.add(column)
    # Another feature's test fills these; the schema names where they stand.
    assert left <= {
        "address_changes.address",
        "authenticators.secret",
        "card_choices.choices",
        "longer_looks.answers",
    }
    assert set(NOT_IN_IT) <= columns


def canaries(value: str) -> list[str]:
    """Return the texts of Maya's, or of both, in a sealed value."""
    marks = ("Maya's", "maya@", "Shared ", "Maya’s")
    found = [part for part in value.replace('"', "'''").split("'''") if part]
    pieces = [value, *found, *value.replace('"', "|").replace("', '", "|").split("|")]
    return [one.strip() for one in pieces if any(mark in one for mark in marks)]


def test_J2_every_table_with_a_person_has_its_part() -> None:
    with_person = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(key.column.table.name == "persons" for key in table.foreign_keys)
    }
    assert with_person - set(NO_PART) == {
        "account_events", "address_changes", "agenda_items", "airings", "authenticators",
        "calendar_feeds", "card_choices", "drafts", "hearings", "invites", "letter_choices",
        "longer_looks", "memberships", "needs", "notes", "own_questions", "passkeys", "promises",
        "readiness", "reflections", "responses", "review_answers", "review_topics", "sessions",
        "signatures", "steps", "suggestions", "talk_times", "topic_suggestions", "unsent",
    }, "a new table with a person: put its part into the copy, or name it"  # fmt: skip


def a_locked_note_stays_out(world: Cast, now: datetime) -> None:
    """See that the copy says so."""
    with transaction():
        for note in db.session.scalars(db.select(Note).where(Note.person_id == world.maya)):
            note.locked = True
    (note,) = own_words(world.maya, now)["notes"]
    assert (note["words"], note["locked"]) == (None, True)


def test_J4_after_parting_and_erasing_the_copy_keeps_ones_own_and_what_both_agreed(
    world: Cast, now: datetime
) -> None:
    before = own_words(world.maya, now)
    end_link(world.jonas, now)
    erase(world.jonas, now)
    after = own_words(world.maya, now)
    validator().validate(after)
    kept = ("notes", "suggestions", "rounds", "signatures", "what_i_heard", "steps")
    assert {key: after[key] for key in kept} == {key: before[key] for key in kept}
    (version,) = after["versions"]
    assert version["promises"][0]["words"] == "Shared words."
    assert "Maya's request." in json.dumps(version, ensure_ascii=False)


def took(client: FlaskClient, kind: str = "json") -> Any:
    """Press one of the two buttons."""
    return client.post("/settings/export", data={"kind": kind})


def test_J3_two_downloads_on_demand_under_a_dull_name_kept_and_mailed_nowhere(
    world: Cast, client: FlaskClient, now: datetime
) -> None:
    letters = db.session.scalars(db.select(OutboxLetter.id)).all()
    with at(now):
        sign_in(client, world.maya, now)
        for kind, mimetype in (("json", "application/json"), ("html", "text/html")):
            file = took(client, kind)
            assert file.status_code == 200
            assert file.mimetype == mimetype
            name = f"attachment; filename=pages-{now:%Y-%m-%d}.{kind}"
            assert file.headers["Content-Disposition"] == name
            assert file.headers["Cache-Control"] == "no-store"
            assert "Maya's words." in html.unescape(file.text)
        page = took(client, "html").text
        assert "Jonas's" not in html.unescape(page)
        for sign in ("<script", "url(", "style=", "src=", "href=", "data:", "http:", "https:"):
            assert sign not in page
        assert took(client, "csv").status_code == 422
        assert client.get("/settings/export").mimetype == "text/html"
    assert [one.kind for one in events_of(world.maya, now)] == ["exported"] * 3
    assert db.session.scalars(db.select(OutboxLetter.id)).all() == letters


def test_J2_the_file_to_read_begins_with_words_and_asks_what_was_asked(app: Flask) -> None:
    with app.test_request_context():
        asked = line_of("scale", [{"item": "12", "points": 3}, {"item": "26", "points": None}])
        before = line_of("reflection", {"motives": "", "own_part": "Mine.", "saved_at": None})
        session = line_of("sessions", [{"began_at": "2026-02-03", "kept_on_the_device": False}])
        empty, kept = (
            line_of("rounds", [{"number": 1, "words": words, "words_shared": False}])
            for words in ("", "Mine.")
        )
    assert asked and before and session and empty and kept
    assert [(one.label, one.text) for one in asked.lines] == [
        ("I have a warm and comfortable relationship with my partner", "Mostly TRUE"),
        ("INTERESTING – BORING", "Skipped"),
    ]
    assert [(one.label_in, one.text_in) for one in asked.lines] == [("en", "en"), ("en", "")]
    assert [(one.label, one.text) for one in before.lines] == [("Your own part", "Mine.")]
    assert [one.label for one in session.lines[0].lines] == ["Began"]
    assert [one.label for one in empty.lines[0].lines] == ["Number"]
    assert [one.text for one in kept.lines[0].lines] == ["1", "Mine.", "No"]
    assert list(TITLES)[-2:] == ["account", "signing_in"]


def test_B13_nobody_takes_a_copy_without_a_fresh_proof(
    cast: Cast, client: FlaskClient, now: datetime
) -> None:
    with at(now):
        sign_in(client, cast.maya, now - timedelta(minutes=11))
        with transaction():
            for row in db.session.scalars(db.select(LoginSession)):
                row.used_at = now
        for path in ("/settings/export", "/settings/import", "/settings/seen"):
            asked = client.get(path)
            assert asked.status_code == 303
            assert asked.headers["Location"].startswith("/settings/prove")
        late = took(client)
        assert late.status_code == 303
        assert late.headers["Location"].startswith("/settings/prove")
    assert events_of(cast.maya, now) == []


def test_15_3_copies_are_made_twenty_times_in_ten_minutes_and_no_more(
    cast: Cast, client: FlaskClient, now: datetime
) -> None:
    with at(now):
        sign_in(client, cast.ines, now)
        answers = [took(client) for _time in range(21)]
        assert [one.status_code for one in answers] == [200] * 20 + [429]
        assert "You can try again at" in answers[-1].text
        assert 'btn--p" href="/settings"' in answers[-1].text, "back to where they were"
        assert client.get("/settings/export").status_code == 200
