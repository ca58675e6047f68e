"""Taking in a file of one's own words: everything of it or nothing, and nobody else sees any (S2).

What belongs to a page only its writer sees goes there: needs as drafts, the reflection, notes.
Everything else becomes a note. Nothing is shared, sent, signed or opened by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from couples.accounts import choices, services_profile
from couples.accounts.events import services as events
from couples.accounts.personal_key.services import OpenKey
from couples.accounts.services import lock_person
from couples.db import db, transaction
from couples.preparing import services_reflection
from couples.preparing.forms import ROOM_FOR_ANSWER
from couples.preparing.services_reflection import Answers
from couples.privacy import services as services_notes
from couples.privacy.models import Note
from couples.privacy.taking_in import as_notes, needs
from couples.privacy.taking_in.as_notes import NewNote
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
    """Whose it becomes, with the key of their notes where these are locked, and when."""

    person_id: str
    key: OpenKey | None
    now: datetime


@transaction()
def take_in(
    person_id: str,
    own: Mapping[str, Any],
    *,
    with_settings: bool,
    key: OpenKey | None,
    now: datetime,
) -> TakenIn:
    """Take in a file that was read; raise NotesLocked where notes are locked and not open."""
    lock_person(person_id)
    taking = Taking(person_id, key, now)
    found, more = _needs(taking, own["needs"])
    found, beside = _reflection(taking, own["reflection"], found)
    found = _notes(taking, [*as_notes.notes_from(person_id, own), *more, *beside], found)
    if with_settings:
        _settings(taking, own)
    events.note(person_id, "taken_in", now)
    locked = sum(note["words"] is None for note in own["notes"])
    return replace(found, settings=with_settings, locked=locked)


def _needs(taking: Taking, rows: Iterable[Mapping[str, Any]]) -> tuple[TakenIn, list[NewNote]]:
    """Begin drafts as far as there is room; the others become notes."""
    became = [(row, needs.take_in(taking.person_id, row, taking.now)) for row in rows]
    count = {kind: sum(each == kind for _row, each in became) for kind in needs.BECAME}
    left = [row for row, each in became if each == "note"]
    notes = [note for row in left for note in as_notes.of_need(taking.person_id, row)]
    found = TakenIn(needs=count["draft"], there=count["there"], needs_as_notes=len(left))
    return found, notes


def _reflection(
    taking: Taking, kept: Mapping[str, Any] | None, found: TakenIn
) -> tuple[TakenIn, list[NewNote]]:
    """Fill in the two answers where nothing stands there; else they become a note."""
    answers = _answers(kept or {})
    if not answers.written or kept is None:
        return found, []
    there = services_reflection.reflection_of(taking.person_id)
    if there.answers == answers:
        return replace(found, there=found.there + 1), []
    if (
        there.answers.written
        or max(map(len, (answers.motives, answers.own_part))) > ROOM_FOR_ANSWER
    ):
        notes = list(as_notes.of_reflection(taking.person_id, kept))
        return replace(found, reflection_as_note=True), notes
    services_reflection.save_reflection(taking.person_id, answers, there.revision, taking.now)
    return replace(found, reflection=True), []


def _answers(kept: Mapping[str, Any]) -> Answers:
    return Answers(clean(kept.get("motives")), clean(kept.get("own_part")))


def _notes(taking: Taking, notes: Iterable[NewNote], found: TakenIn) -> TakenIn:
    """Begin the notes that are not there, neither under their id nor with the same words."""
    there = {one.words for one in services_notes.notes_of(taking.person_id, taking.key)}
    count, known = 0, found.there
    for note in notes:
        if clean(note.words) in there or db.session.get(Note, note.id) is not None:
            known += 1
            continue
        _begin(taking, note)
        count += 1
    return replace(found, notes=count, there=known)


def _begin(taking: Taking, note: NewNote) -> None:
    services_notes.save_note(
        taking.person_id, note.id, clean(note.words), revision=0, may_begin=True, now=taking.now,
        key=taking.key,
    )  # fmt: skip


def _settings(taking: Taking, own: Mapping[str, Any]) -> None:
    """Set language, zone and how letters come; the name stays, which the partner reads."""
    mine = services_profile.profile(taking.person_id)
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
