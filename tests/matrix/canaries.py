"""One thing of each kind that Maya wrote, with words that stand nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from couples.accounts.models import Person
from couples.agreement.models import Hearing, Need, Suggestion, Topic
from couples.agreement.needs.services_hearing import Heard, hear, keep_hearing
from couples.agreement.promises.services_begun import keep_words
from couples.agreement.promises.wordings import Wording
from couples.agreement.rules import PromiseWords
from couples.agreement.signing.models import Draft
from couples.agreement.unsent.models import Unsent
from couples.db import db, transaction
from couples.pairing.services import couple_of
from couples.preparing.models import Airing, Reflection
from couples.privacy.models import Note
from couples.surveys.models import OwnQuestion, Response, Round
from couples.talks.models import AgendaItem, Step
from tests import world as worlds
from tests.world import NOW, World

# What was signed in the world's own words, and is Maya's suggestion.
SIGNED = "Laptops shut by nine."


@dataclass(frozen=True)
class Canary:
    """Where a thing is changed by its author's form, by which field, and what it says now."""

    text: str
    page: str
    field: str
    says: Callable[[], str]


def put(world: World) -> dict[str, Canary]:
    """Put them all into the running database; by the names that the table gives them."""
    maya, things = world.people["Maya"], world.things
    words = Wording(PromiseWords("CanaryUnsent."), False, "", "")
    couple_id = couple_of(maya).id
    keep_words(maya, things["other topic"], words, NOW)
    theirs = select(Need.id).where(Need.couple_id == couple_id, Need.topic_id.is_not(None))
    one, two = sorted(db.session.scalars(theirs.where(Need.person_id != maya)).all())
    hear(maya, one, Heard("CanarySaid."), NOW)
    keep_hearing(maya, two, Heard("CanaryThought."), NOW)
    _write(world)
    return {**_alone(world), **_together(world), **_answers(world, couple_id)}


@transaction()
def _write(world: World) -> None:
    """Put words into rows that are there already."""
    maya, things = world.people["Maya"], world.things
    get = db.session.get_one
    get(Note, things["note"]).words = "CanaryNote."
    _one(Reflection, person_id=maya).motives = "CanaryMotives."
    get(Need, things["need"]).request = "CanaryDraft."
    get(Need, things["heard need"]).request = "CanaryOpened."
    get(Suggestion, things["suggestion of mine"]).words = "CanarySuggested."
    _one(Airing, person_id=maya).words = "CanaryOwned."
    get(AgendaItem, things["item"]).words = "CanaryAgenda."
    _one(Step, author_id=maya).words = "CanaryStep."
    get(OwnQuestion, things["asked"]).words = "CanaryAsked."
    _one(Draft, couple_id=couple_of(maya).id).talk_plan = "CanaryPlan."
    get(Person, maya).name = "CanaryName"
    past, now = _responses(maya, things["past round"])
    _kept(world, past.round_id)
    past.payload = {**past.payload, "words": "CanaryShared.", "words_shared": True}
    now.payload = {
        "answers": {"overall": 3}, "scale": {}, "words": "CanaryEarly.", "words_shared": True,
        "shared": True, "withdrawn": False, "kept": [],
    }  # fmt: skip


def _kept(world: World, round_id: str) -> None:
    """Add a round before the first one, of which Maya kept her words to herself."""
    first = db.session.get_one(Round, round_id)
    worlds._empty_round(first, (world.people["Maya"], world.people["Jonas"]), timedelta(weeks=1))
    added = select(Response).join(Round, Round.id == Response.round_id)
    for row in db.session.scalars(added.where(Round.number == first.number - 1)):
        if row.couple_id == first.couple_id:
            kept = {"answers": {"overall": 2}, "scale": {}, "words": "CanaryKept.", "kept": []}
            flags = {"words_shared": False, "shared": False, "withdrawn": False}
            row.payload = {**kept, **flags} if row.person_id == world.people["Maya"] else None


def _responses(person_id: str, past_id: str) -> tuple[Response, Response]:
    rows = db.session.scalars(select(Response).where(Response.person_id == person_id)).all()
    past = next(row for row in rows if row.round_id == past_id)
    return past, next(row for row in rows if row.round_id != past_id)


def _one(model: Any, **values: Any) -> Any:
    return db.session.scalars(select(model).filter_by(**values)).one()


def _said(model: Any, name: str, **values: Any) -> Callable[[], str]:
    """Return a function that reads one attribute of one row anew."""

    def says() -> str:
        db.session.rollback()
        query = select(model).filter_by(**values).execution_options(populate_existing=True)
        return " ".join(repr(getattr(row, name)) for row in db.session.scalars(query))

    return says


def _alone(world: World) -> dict[str, Canary]:
    """Return what Maya wrote alone."""
    maya, things = world.people["Maya"], world.things
    note, need, topic = things["note"], things["need"], things["other topic"]
    unsent = _said(Unsent, "fields", person_id=maya)
    thought = next(
        row.about.removeprefix("hear:")
        for row in db.session.scalars(select(Unsent).filter_by(person_id=maya))
        if row.about.startswith("hear:")
    )
    return {
        "note": Canary(
            "CanaryNote",
            f"/private/{note}",
            "words",
            _said(Note, "words", id=note, person_id=maya),
        ),
        "reflection": Canary(
            "CanaryMotives", "/doc/before", "motives", _said(Reflection, "motives", person_id=maya)
        ),
        "need, draft": Canary(
            "CanaryDraft", f"/doc/mine/{need}", "request", _said(Need, "request", id=need)
        ),
        "suggestion, unsent": Canary("CanaryUnsent", f"/doc/side/{topic}/words", "words", unsent),
        "what I hear, unsent": Canary("CanaryThought", f"/doc/hear/{thought}", "words", unsent),
        "clearing the air, before both are ready": Canary(
            "CanaryOwned", "/doc/air", "words", _said(Airing, "words", person_id=maya)
        ),
    }


def _together(world: World) -> dict[str, Canary]:
    """Return what Maya said to Jonas, and what both have."""
    maya, things = world.people["Maya"], world.things
    heard = db.session.scalars(select(Hearing).where(Hearing.author_id == maya)).one()
    item, mine = things["item"], things["suggestion of mine"]
    draft = _one(Draft, couple_id=couple_of(maya).id)
    topic = db.session.get_one(Suggestion, mine).topic_id
    opened = things["heard need"]
    step, past = _said(Step, "words", author_id=maya), things["past talk"]
    return {
        "need, opened": Canary("CanaryOpened", "", "", _said(Need, "request", id=opened)),
        "suggestion": Canary(
            "CanarySuggested", f"/doc/side/{topic}/words", "words",
            _said(Suggestion, "words", id=mine),
        ),
        "what I hear": Canary("CanarySaid", "", "", _said(Hearing, "words", id=heard.id)),
        "agreement, draft": Canary(
            "CanaryPlan", "/doc/rhythm", "talk_plan", _said(Draft, "talk_plan", id=draft.id)
        ),
        "agreement, in force": Canary(SIGNED, "", "", _said(Topic, "own_words", id=topic)),
        "agenda item": Canary(
            "CanaryAgenda", f"/talks/items/{item}", "words", _said(AgendaItem, "words", id=item)
        ),
        "next step": Canary("CanaryStep", f"/talks/{past}/step", "words", step),
        "own question": Canary("CanaryAsked", "", "", _said(OwnQuestion, "words")),
        "name": Canary(
            "CanaryName", "/settings/about", "name", _said(Person, "name", id=maya)
        ),
        "address": Canary("maya@example.org", "", "", _said(Person, "address", id=maya)),
    }  # fmt: skip


def _answers(world: World, couple_id: str) -> dict[str, Canary]:
    """Return Maya's words of a round that has closed and of the one that is open."""
    maya = world.people["Maya"]
    says = _said(Response, "payload", person_id=maya, couple_id=couple_id)
    return {
        "response, shared and opened": Canary("CanaryShared", "", "", says),
        "response, kept": Canary("CanaryKept", "", "", says),
        "response, before the close": Canary("CanaryEarly", "/week", "words", says),
    }
