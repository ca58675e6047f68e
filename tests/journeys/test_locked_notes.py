"""Locking notes with one's password, and writing on where they have locked themselves (A4)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from couples.accounts.models import LoginSession
from couples.db import db, new_id, transaction
from tests.cast import make_person
from tests.journeys.road import sign_in
from tests.journeys.story import PASSWORD, Reader, Story

pytestmark = pytest.mark.browser

FIRST = "What I would rather keep to myself."
MORE = f"{FIRST} And more of it."


def writer(story: Story, *, scripts: bool) -> Reader:
    """Return the browser of somebody new who has just signed in and written a note."""
    name = f"Own{new_id()[:6]}"
    with story.service.inside():
        make_person(name, story.service.now())
    reader = story.reader(scripts=scripts)
    story.looked_at.add("signin")
    sign_in(reader, name)
    reader.open("/private/new")
    reader.write("Your note", FIRST)
    reader.press("Save")
    return reader


def lock(reader: Reader) -> None:
    """Read what it means, and lock."""
    reader.follow("Lock your notes with your password")
    reader.sees("There is no way back from a forgotten password.")
    reader.look("lock-notes")
    reader.tick("I know that nobody can open my notes without this password", role="checkbox")
    reader.write("Your password", PASSWORD)
    reader.press("Lock my notes")
    reader.sees(FIRST)


@pytest.mark.parametrize("scripts", [True, False])
def test_A4_what_is_typed_stays_while_notes_lock_themselves(
    signed_story: Story, scripts: bool
) -> None:
    reader = writer(signed_story, scripts=scripts)
    lock(reader)
    reader.follow("Read")
    expect(reader.page.get_by_label("Your note")).to_have_value(FIRST)

    signed_story.move_on(minutes=11)
    reader.watch.expected = {422}
    reader.write("Your note", MORE)
    if scripts:
        expect(reader.page.locator("[data-saved]")).to_contain_text("Press Save and type your")
    reader.press("Save")
    reader.sees("Your notes have locked themselves.")
    reader.show("note-locked-meanwhile")
    expect(reader.page.get_by_label("Your note")).to_have_value(MORE)
    reader.write("Your password", PASSWORD)
    reader.press("Save")
    reader.at("/private")
    reader.sees(MORE)

    open_again(reader)
    reader.sees(MORE)


def open_again(reader: Reader) -> None:
    """Come to the list once the key is closed, open it, and lock no more."""
    with reader.story.service.inside(), transaction():
        db.session.execute(db.update(LoginSession).values(personal_key=None))
    reader.open("/private")
    reader.sees("Your notes are locked")
    reader.does_not_see(FIRST)
    reader.look("locked-notes")
    reader.write("Your password", PASSWORD)
    reader.press("Open my notes")
    reader.at("/private")
    reader.follow("Your notes are locked with your password")
    reader.follow("Stop locking my notes")
    reader.look("stop-locking-notes")
    reader.write("The password that opens your notes", PASSWORD)
    reader.press("Stop locking them")
