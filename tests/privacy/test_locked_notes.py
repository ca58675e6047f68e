"""Notes locked with a key of one's own: neither database nor server keys open them (A4)."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from couples import engine
from couples.accounts import services as sessions
from couples.accounts import services_passwords
from couples.accounts.events.services import events_of
from couples.accounts.models import LoginSession, PersonalKey
from couples.accounts.personal_key import services as personal_key
from couples.accounts.personal_key import services_open, wrapping
from couples.accounts.personal_key.services import OpenKey
from couples.accounts.personal_key.wrapping import CannotUnwrap
from couples.accounts.services_erasing import empty
from couples.db import Base, db, key_ring, new_id, transaction
from couples.errors import Refusal
from couples.privacy.locking import services, words
from couples.privacy.models import Note
from couples.privacy.services import NotesLocked, note_of, notes_of, save_note
from couples.rotation import SealedColumn, reseal
from couples.sealing import CannotOpen
from tests import races
from tests.cast import PASSWORD, Cast
from tests.privacy.locked import CANARY, FRESH, begun, locked, rows, set_by_letter

LATER = timedelta(minutes=11)


def cells() -> Iterator[tuple[str, Any]]:
    """Give every value of every column of every table, by where it stands."""
    db.session.rollback()
    with db.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(table.select()).mappings():
                yield from ((f"{table.name}.{name}", value) for name, value in row.items())


def keys_of_a_thief(app: Flask) -> set[bytes]:
    """Return every key that database, key ring and SECRET_KEY give, used as ours are."""
    ring = key_ring()
    found: set[bytes] = {*ring.keys.values(), ring.index_key, app.config["SECRET_KEY"].encode()}
    for _place, value in cells():
        if isinstance(value, str):
            found.add(value.encode())
        elif isinstance(value, bytes):
            found |= {value, value[-32:], value[8:40], value[20:52]}
    derived = {wrapping.from_token(one.decode("latin-1")) for one in found}
    salt = db.session.scalars(db.select(PersonalKey.salt)).one()
    stretched = {wrapping.from_password(one, salt, (1, 8, 1)) for one in found}
    return {one for one in found if len(one) == 32} | derived | stretched


def test_A4_database_and_server_keys_open_no_locked_note(
    app: Flask, cast: Cast, now: datetime
) -> None:
    note_id, _token = locked(cast.maya, now)
    note, row = rows(Note)[0], rows(PersonalKey)[0]
    held = rows(LoginSession)[0]
    place = ("session", cast.maya, held.id, row.id, held.personal_key[:8].hex())
    for one in keys_of_a_thief(app):
        with pytest.raises(CannotUnwrap):
            wrapping.unwrap(row.wrapped, one, "password", cast.maya, row.id)
        with pytest.raises(CannotUnwrap):
            wrapping.unwrap(held.personal_key[8:], one, *place)
        with pytest.raises(CannotOpen):
            words.unlock(note.words, OpenKey(row.id, one), note_id, cast.maya)
    assert CANARY not in note.words and CANARY.encode() not in base64.b64decode(note.words)
    # The password is what is missing, and nothing else.
    key = personal_key.unlocked(cast.maya, PASSWORD)
    assert key is not None and note_of(cast.maya, note_id, key).words == CANARY


def test_A4_no_file_of_the_database_holds_what_was_locked(
    app: Flask, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    """Not even sealed with the server's key, once the hourly sweep has been."""
    begun(cast.maya, now)
    before = bytes(rows(Note)[0].words_sealed)
    token = sessions.begin_session(cast.maya, keep=True, now=now)
    services.lock_notes(cast.maya, PASSWORD, token, now)
    assert personal_key.made_lately(now)
    db.session.remove()
    engine.scrub(db.engine)
    for path in tmp_path.glob("pages.db*"):
        held = path.read_bytes()
        assert before not in held and CANARY.encode() not in held


def _flip(value: bytes) -> bytes:
    return value[:-1] + bytes([value[-1] ^ 1])


@transaction()
def change(row_of: type[Any], **values: Any) -> None:
    """Change the only row of a table behind everybody's back."""
    row = db.session.scalars(db.select(row_of)).one()
    for name, value in values.items():
        setattr(row, name, value)


def test_A4_nothing_but_the_very_wrap_and_password_opens(
    app: Flask, cast: Cast, now: datetime
) -> None:
    note_id, _token = locked(cast.maya, now)
    row = rows(PersonalKey)[0]
    kept = {name: getattr(row, name) for name in ("wrapped", "salt", "cost", "person_id", "id")}
    for name, value in (
        ("wrapped", _flip(row.wrapped)), ("wrapped", b""), ("salt", _flip(row.salt)),
        ("cost", "2,8,1"), ("person_id", cast.jonas), ("id", new_id()),
    ):  # fmt: skip
        change(PersonalKey, **{name: value})
        person_id = cast.jonas if name == "person_id" else cast.maya
        assert personal_key.unlocked(person_id, PASSWORD) is None, name
        assert not services.unlock_notes(person_id, PASSWORD, now)
        change(PersonalKey, **{name: kept[name]})
    assert not services.unlock_notes(cast.maya, "not the password", now)
    with pytest.raises(NotesLocked):
        note_of(cast.maya, note_id)
    assert services.unlock_notes(cast.maya, PASSWORD, now)


def test_A4_a_locked_note_opens_in_its_own_row_only(app: Flask, cast: Cast, now: datetime) -> None:
    note_id, _token = locked(cast.maya, now)
    key = personal_key.unlocked(cast.maya, PASSWORD)
    assert key is not None
    text = rows(Note)[0].words
    for place in ((new_id(), cast.maya), (note_id, cast.jonas)):
        with pytest.raises(CannotOpen):
            words.unlock(text, key, *place)
    with pytest.raises(CannotOpen):
        words.unlock(text, OpenKey(new_id(), key.key), note_id, cast.maya)
    with pytest.raises(CannotOpen):
        words.unlock("no base64", key, note_id, cast.maya)


def test_A4_a_key_is_open_for_ten_minutes_after_its_last_use_in_one_browser(
    app: Flask, cast: Cast, now: datetime
) -> None:
    _note_id, token = locked(cast.maya, now)
    other = sessions.begin_session(cast.maya, keep=True, now=now)
    nine, half = timedelta(minutes=9), timedelta(minutes=5)
    assert services_open.key_of(cast.maya, other, now) is None
    assert services_open.key_of(cast.jonas, token, now) is None
    assert services_open.use(cast.maya, token, now + nine) is not None
    assert services_open.key_of(cast.maya, token, now + nine + nine) is not None
    assert services_open.key_of(cast.maya, token, now + nine + LATER) is None
    assert services_open.key_of(cast.maya, token, now - half) is None  # a clock put back
    assert services_open.use(cast.maya, token, now + nine + LATER) is None
    services_open.sweep(now + nine + nine)
    assert held_keys() == 1
    services_open.sweep(now + nine + LATER)
    assert held_keys() == 0


def held_keys() -> int:
    """Return in how many sessions a key lies."""
    return sum(one.personal_key is not None for one in rows(LoginSession))


def test_A4_the_end_of_a_session_forgets_its_key(app: Flask, cast: Cast, now: datetime) -> None:
    _note_id, first = locked(cast.maya, now)
    second = sessions.begin_session(cast.maya, keep=True, now=now)
    assert services_open.open_with(cast.maya, PASSWORD, second, now)
    assert not services_open.open_with(cast.maya, "another", second, now)
    assert held_keys() == 2
    found = sessions.find_session(first, now)
    assert found is not None
    sessions.end_session(found.session_id, now)
    assert held_keys() == 1
    sessions.end_sessions(cast.maya, now)
    assert held_keys() == 0


def test_A4_a_fresh_token_takes_the_key_along_and_the_old_one_opens_nothing(
    app: Flask, cast: Cast, now: datetime
) -> None:
    _note_id, old = locked(cast.maya, now)
    found = sessions.find_session(old, now)
    assert found is not None
    fresh = sessions.prove_session(found.session_id, now)
    assert fresh is not None and services_open.key_of(cast.maya, fresh, now) is None
    services_open.follow(cast.maya, old, fresh)
    assert services_open.key_of(cast.maya, fresh, now) is not None
    assert services_open.key_of(cast.maya, old, now) is None
    # Its time goes on as it was.
    assert services_open.key_of(cast.maya, fresh, now + LATER) is None
    services_open.follow(cast.maya, old, fresh)
    assert services_open.key_of(cast.maya, fresh, now) is not None


def changed(person_id: str, token: str, now: datetime) -> bool:
    """Change the password in the session of this token."""
    found = sessions.find_session(token, now)
    assert found is not None
    return services_passwords.change_password(
        person_id, current=PASSWORD, password=FRESH, session_id=found.session_id, now=now
    )


def test_A4_a_changed_password_opens_the_notes_and_the_old_one_no_more(
    app: Flask, cast: Cast, now: datetime
) -> None:
    note_id, token = locked(cast.maya, now)
    assert changed(cast.maya, token, now)
    assert personal_key.unlocked(cast.maya, PASSWORD) is None
    key = personal_key.unlocked(cast.maya, FRESH)
    assert key is not None and note_of(cast.maya, note_id, key).words == CANARY
    assert services_open.key_of(cast.maya, token, now) is not None


def test_a_password_is_not_changed_over_a_key_that_was_made_meanwhile(
    app: Flask, cast: Cast, now: datetime
) -> None:
    found = personal_key.rewrapped(cast.maya, PASSWORD, FRESH)
    locked(cast.maya, now)
    with pytest.raises(Refusal):
        personal_key.bring_along(cast.maya, found, now)
    assert personal_key.unlocked(cast.maya, PASSWORD) is not None


def test_A4_after_a_reset_the_old_password_is_typed_once(
    app: Flask, cast: Cast, now: datetime
) -> None:
    note_id, _token = locked(cast.maya, now)
    set_by_letter(cast.maya, now)
    token = sessions.begin_session(cast.maya, keep=True, now=now)
    assert held_keys() == 0 and not services_open.open_with(cast.maya, FRESH, token, now)
    assert not services.open_with_older(cast.maya, "not it", FRESH, token, now)
    assert services.open_with_older(cast.maya, PASSWORD, FRESH, token, now)
    key = personal_key.unlocked(cast.maya, FRESH)
    assert key is not None and personal_key.unlocked(cast.maya, PASSWORD) is None
    assert note_of(cast.maya, note_id, key).words == CANARY


def test_locking_is_noted_for_its_person_and_unlocking_gives_everything_back(
    app: Flask, cast: Cast, now: datetime
) -> None:
    note_id, token = locked(cast.maya, now)
    before = rows(Note)[0]
    assert (before.locked, before.revision, before.saved_at) == (True, 1, now)
    later = now + timedelta(minutes=1)
    assert services.unlock_notes(cast.maya, PASSWORD, later)
    assert note_of(cast.maya, note_id).words == CANARY
    assert (rows(PersonalKey), held_keys()) == ([], 0)
    assert services_open.key_of(cast.maya, token, later) is None
    kinds = [event.kind for event in events_of(cast.maya, later)]
    assert kinds == ["notes_unlocked", "notes_locked"]
    assert services.unlock_notes(cast.maya, PASSWORD, later)  # a second press


def test_a_key_of_before_locks_nothing_after_it(app: Flask, cast: Cast, now: datetime) -> None:
    """A request under way while the lock is taken off, or put on anew, keeps words readable."""
    note_id, token = locked(cast.maya, now)
    old = services_open.key_of(cast.maya, token, now)
    services.unlock_notes(cast.maya, PASSWORD, now)
    save_note(cast.maya, note_id, "b", revision=1, may_begin=False, now=now, key=old)
    assert note_of(cast.maya, note_id).words == "b"
    services.lock_notes(cast.maya, PASSWORD, token, now)
    with pytest.raises(NotesLocked):
        save_note(cast.maya, note_id, "c", revision=2, may_begin=False, now=now, key=old)


def test_a_lost_password_costs_the_locked_notes_and_nothing_else(
    app: Flask, cast: Cast, now: datetime
) -> None:
    locked(cast.maya, now)
    his = begun(cast.jonas, now, "his")
    services.delete_locked(cast.maya, now)
    assert notes_of(cast.maya) == [] and note_of(cast.jonas, his).words == "his"
    begun(cast.maya, now)
    services.delete_locked(cast.maya, now)
    assert len(notes_of(cast.maya)) == 1


def test_erasing_lets_the_key_go(app: Flask, cast: Cast, now: datetime) -> None:
    locked(cast.maya, now)
    with transaction():
        empty(cast.maya, now)
    assert rows(PersonalKey) == rows(Note) == []


def test_a_download_holds_locked_notes_only_while_they_are_open(
    app: Flask, cast: Cast, now: datetime
) -> None:
    _note_id, token = locked(cast.maya, now)
    key = services_open.key_of(cast.maya, token, now)
    for with_key, found in ((None, None), (key, CANARY)):
        notes = services.notes_for_export(cast.maya, with_key)
        assert [(one.words, one.saved_at) for one in notes] == [(found, now)]


def test_S1_rotation_goes_over_locked_notes_as_over_all_others(
    app: Flask, cast: Cast, now: datetime
) -> None:
    note_id, token = locked(cast.maya, now)
    app.extensions["sealing"] = key_ring().with_new_key()
    assert reseal(SealedColumn(Note, Note.words)) == 1
    key = services_open.key_of(cast.maya, token, now)
    assert note_of(cast.maya, note_id, key).words == CANARY


def test_A4_two_tabs_that_lock_at_once_make_one_key_and_lose_no_note(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    maya = database_cast.maya
    note_ids = [begun(maya, now, f"note {number}") for number in range(3)]
    places = [sessions.begin_session(maya, keep=True, now=now) for _tab in range(2)]
    fresh_id = new_id()

    def lock_in(token: str) -> Callable[[], bool]:
        return lambda: services.lock_notes(maya, PASSWORD, token, now)

    def save(note_id: str, revision: int) -> Callable[[], int]:
        return lambda: save_note(
            maya, note_id, "written meanwhile", revision=revision, may_begin=True, now=now
        )

    acts = [lock_in(places[0]), lock_in(places[1]), save(note_ids[0], 1), save(fresh_id, 0)]
    results = races.together(database_app, *acts)
    assert results[:2] == [True, True] and len(rows(PersonalKey)) == 1
    key = personal_key.unlocked(maya, PASSWORD)
    assert key is not None and all(note.locked for note in rows(Note))
    kept = {note.id: note.words for note in notes_of(maya, key)}
    # Whoever came too late was told so, and nothing of theirs was half kept.
    assert results[2] == "NotesLocked" or kept[note_ids[0]] == "written meanwhile"
    assert (results[3] == "NotesLocked") == (fresh_id not in kept)
    assert [kept[one] for one in note_ids[1:]] == ["note 1", "note 2"]


def test_A4_locking_and_changing_the_password_at_once_leave_notes_that_open(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    maya = database_cast.maya
    note_id, token = begun(maya, now), sessions.begin_session(maya, keep=True, now=now)
    locking, changing = races.together(
        database_app,
        lambda: services.lock_notes(maya, PASSWORD, token, now),
        lambda: changed(maya, token, now),
    )
    today = FRESH if changing is True else PASSWORD
    assert (locking, changing) in ((True, "Refusal"), (False, True), (True, True))
    key = personal_key.unlocked(maya, today)
    assert (key is not None) == locking
    assert note_of(maya, note_id, key).words == CANARY
