"""How terms and differences read, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from couples import formats
from couples.agreement.document.content import Clause, Content
from couples.agreement.document.differences import Piece, word_difference
from couples.agreement.listed import topic_name
from couples.agreement.rhythm import Rhythm

# What a promise says beside its words, where it is written.
PARTS = (
    (_l("What counts as kept"), "kept_when"),
    (_l("When it can’t be"), "otherwise"),
    (_l("How often, or when"), "how_often"),
)


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """One part of the text that reads differently."""

    heading: str
    label: str
    pieces: tuple[Piece, ...]


def weekday_name(weekday: int) -> str:
    """Return the name of a weekday as a sentence has it, 0 being Monday."""
    return str(get_locale().days["format"]["wide"][weekday])


def hour_name(hour: int) -> str:
    """Return a full hour as the reader's clock shows it."""
    return formats.hour(hour)


def zone_words(zone: str) -> str:
    """Return a time zone's place."""
    return formats.place_of(zone)


def rhythm_sentence(rhythm: Rhythm) -> str:
    """Return the sentence of the agreement that says how often and when."""
    values = {
        "opens_day": weekday_name(rhythm.opens_weekday),
        "opens": hour_name(rhythm.opens_hour),
        "closes_day": weekday_name(rhythm.closes_weekday),
        "closes": hour_name(rhythm.closes_hour),
        "place": zone_words(rhythm.zone),
    }
    if rhythm.every_weeks == 1:
        sentence = _(
            "A short check-in every week, open from %(opens_day)s %(opens)s to %(closes_day)s"
            " %(closes)s (%(place)s time).",
            **values,
        )
    elif rhythm.every_weeks == 2:
        sentence = _(
            "A short check-in every two weeks, open from %(opens_day)s %(opens)s to"
            " %(closes_day)s %(closes)s (%(place)s time).",
            **values,
        )
    else:
        sentence = _(
            "A short check-in every four weeks, open from %(opens_day)s %(opens)s to"
            " %(closes_day)s %(closes)s (%(place)s time).",
            **values,
        )
    return str(sentence)


def changes_between(old: Content, new: Content) -> list[tuple[str, list[Change]]]:
    """Return what reads differently in the newer text under its headings, in its order."""
    changes = (
        Change(heading, label, word_difference(before, after))
        for heading, label, before, after in _pairs(old, new)
        if before != after
    )
    return [(heading, list(group)) for heading, group in groupby(changes, _heading)]


def _heading(change: Change) -> str:
    return change.heading


def _pairs(old: Content, new: Content) -> Iterator[tuple[str, str, str, str]]:
    before = {clause.topic_id: clause for clause in old.clauses}
    after = {clause.topic_id: clause for clause in new.clauses}
    for topic_id in {**after, **before}:
        clauses = before.get(topic_id), after.get(topic_id)
        named = clauses[1] or clauses[0]
        if named is not None:
            yield from _clause_pairs(topic_name(named.listed, named.own_name), old, new, *clauses)
    heading = _("How we’ll keep talking")
    yield heading, _("Check-ins"), rhythm_sentence(old.rhythm), rhythm_sentence(new.rhythm)
    yield heading, _("Talks"), old.talk_plan, new.talk_plan
    days = (formats.day_year(content.review_on) for content in (old, new))
    yield heading, _("We read this again on"), *days


def _clause_pairs(
    name: str, old: Content, new: Content, before: Clause | None, after: Clause | None
) -> Iterator[tuple[str, str, str, str]]:
    for person in new.people:
        for label, part in (
            (_("%(name)s needs", name=person.name), "words"),
            (_("%(name)s looks after", name=person.name), "own_part"),
        ):
            was, reads = (_need_part(each, person.person_id, part) for each in (before, after))
            yield name, label, was, reads
    yield name, _("Whose promise"), _owner(old, before), _owner(new, after)
    for label, part in ((_("The promise"), "words"), *PARTS):
        yield name, str(label), getattr(before, part, ""), getattr(after, part, "")
    yield name, _("On trial until"), _trial(before), _trial(after)


def _trial(clause: Clause | None) -> str:
    return formats.day_year(clause.trial_until) if clause and clause.trial_until else ""


def _need_part(clause: Clause | None, person_id: str, part: str) -> str:
    needs = clause.needs if clause else ()
    return "\n".join(getattr(need, part) for need in needs if need.person_id == person_id)


def _owner(content: Content, clause: Clause | None) -> str:
    if clause is None:
        return ""
    owner = content.person(clause.owner_id)
    return owner.name if owner else _("Both of us")
