"""Taking in a file of one's own words: everything of it or nothing, and nobody else sees any (S2).

What belongs to a page only its writer sees goes there: needs as drafts, the reflection, notes.
Everything else becomes a note. Nothing is shared, sent, signed or opened by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any

from couples.accounts import choices, services_profile
from couples.accounts.events import services as events
from couples.accounts.personal_key.services import OpenKey
from couples.accounts.services import lock_person
from couples.db import transaction
from couples.preparing import services_reflection
from couples.preparing.forms import ROOM_FOR_ANSWER
from couples.preparing.services_reflection import Answers
from couples.privacy import services as services_notes
from couples.privacy.services import NotesChanged, Prepared
from couples.privacy.taking_in import as_notes, needs
from couples.surveys.letters import services as services_letters
from couples.surveys.letters.services import Wishes
from couples.text import clean


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How much came in, what was there already, and what came as a note for lack of room."""

    needs: int = 0
    needs_as_notes: int = 0
    reflection: bool = False
    reflection_as_note: bool = False
    notes: int = 0
    there: int = 0
    settings: bool = False
    # Notes that were locked as the file was made: the file has no words of them.
    locked: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Taking:
    """Whose it becomes and when, with every note that may come of it."""

    person_id: str
    now: datetime
    own: Mapping[str, Any]
    notes: tuple[str, ...]
    # What of it becomes notes turns out only when it is written down.
    of_needs: tuple[tuple[str, ...], ...]
    of_reflection: tuple[str, ...]


def take_in(
    person_id: str,
    own: Mapping[str, Any],
    *,
    with_settings: bool,
    key: OpenKey | None,
    now: datetime,
) -> TakenIn:
    """Take in a file that was read; raise NotesLocked where notes are locked and not open."""
    taking = Taking(
        person_id,
        now,
        own,
        _cleaned(as_notes.notes_from(own)),
        tuple(_cleaned(as_notes.of_need(each)) for each in own["needs"]),
        _cleaned(as_notes.of_reflection(own["reflection"] or {})),
    )
    notes = [*chain(taking.notes, *taking.of_needs, taking.of_reflection)]
    while True:
        # Sealed here: while a file is written down, nobody else can write on SQLite.
        prepared = services_notes.prepare(person_id, notes, key, now)
        with suppress(NotesChanged):
            return _take_in(taking, prepared, with_settings)


def _cleaned(notes: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(clean, notes))


@transaction()
def _take_in(taking: Taking, prepared: Prepared, with_settings: bool) -> TakenIn:
    person_id, own = taking.person_id, taking.own
    lock_person(person_id)
    found, more = _needs(taking)
    found, beside = _reflection(taking, found)
    notes = [*taking.notes, *more, *beside]
    begun = services_notes.begin_notes(prepared, notes)
    if with_settings:
        _settings(taking)
    events.note(person_id, "taken_in", taking.now)
    return replace(
        found,
        notes=begun,
        there=found.there + len(notes) - begun,
        settings=with_settings,
        locked=sum(note["words"] is None for note in own["notes"]),
    )


def _needs(taking: Taking) -> tuple[TakenIn, list[str]]:
    """Begin drafts as far as there is room; the others become notes."""
    became = needs.take_in(taking.person_id, taking.own["needs"], taking.now)
    left = [notes for notes, each in zip(taking.of_needs, became, strict=True) if each == "note"]
    found = TakenIn(
        needs=became.count("draft"), there=became.count("there"), needs_as_notes=len(left)
    )
    return found, list(chain(*left))


def _reflection(taking: Taking, found: TakenIn) -> tuple[TakenIn, tuple[str, ...]]:
    """Fill in the two answers where nothing stands there; else they become a note."""
    answers = _answers(taking.own["reflection"] or {})
    if not answers.written:
        return found, ()
    there = services_reflection.reflection_of(taking.person_id)
    if there.answers == answers:
        return replace(found, there=found.there + 1), ()
    if (
        there.answers.written
        or max(map(len, (answers.motives, answers.own_part))) > ROOM_FOR_ANSWER
    ):
        return replace(found, reflection_as_note=True), taking.of_reflection
    services_reflection.save_reflection(taking.person_id, answers, there.revision, taking.now)
    return replace(found, reflection=True), ()


def _answers(kept: Mapping[str, Any]) -> Answers:
    return Answers(clean(kept.get("motives")), clean(kept.get("own_part")))


def _settings(taking: Taking) -> None:
    """Set language, zone and how letters come; the name stays, which the partner reads."""
    own, mine = taking.own, services_profile.profile(taking.person_id)
    language, zone = own["account"]["language"], own["account"]["zone"]
    services_profile.change_profile(
        taking.person_id,
        name=mine.name,
        language=language if language in choices.LANGUAGES else mine.language,
        zone=zone if zone in choices.zone_names() else mine.zone,
        now=taking.now,
    )
    names = ("weekday", "hour", "plain_wording", "reminder", "look_in")
    wishes = Wishes(**{name: own["letters"][name] for name in names})
    services_letters.save_letters(taking.person_id, wishes, taking.now)
