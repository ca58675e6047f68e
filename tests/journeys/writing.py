"""A person in front of a need of their own."""

from __future__ import annotations

from sqlalchemy import select

from couples.accounts.models import Person
from couples.agreement.needs.services import Heading, begin_need, delete_need, my_needs
from couples.db import db, key_ring
from tests.journeys.road import address, sign_in
from tests.journeys.story import Reader, Story

BEFORE = "What did you feel you weren’t getting before?"
REQUEST = "What could you two do so you get it?"


def writing(story: Story, own_words: str, *, scripts: bool = True) -> Reader:
    """Return Maya's browser on a new need in her own words; her earlier drafts are gone."""
    with story.service.inside():
        index = key_ring().index(address("Maya"))
        maya = db.session.scalars(select(Person.id).where(Person.address_index == index)).one()
        for draft in my_needs(maya).drafts:
            delete_need(maya, draft.id)
        need_id = begin_need(maya, Heading(own_words=own_words), story.service.now())
    reader = story.reader(scripts=scripts)
    sign_in(reader, "Maya")
    reader.open(f"/doc/mine/{need_id}")
    return reader
