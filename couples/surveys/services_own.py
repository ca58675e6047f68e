"""What a person answered and wrote in check-ins, as plain values for their own copy (rule S5).

Everything is one's own, kept or shared, opened or not; nothing tells what the partner did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from couples.agreement.services_own import Headings, Plain, heading
from couples.db import db
from couples.formats import iso
from couples.pairing.services import couple_or_none
from couples.surveys.answering.services import stored_of
from couples.surveys.fields import NUMBERS, SKIP, points_name
from couples.surveys.models import LetterChoices, LongerLook, OwnQuestion, Response, Round
from couples.surveys.rounds.services_clock import next_opening_of
from couples.surveys.rules import OVERALL, SCALE, WORDS

# What is known beside the rows of a round: how topics, own questions and steps are called.
Names = Mapping[str, Plain]


def own_rounds(
    person_id: str, headings: Headings, steps: Mapping[str, str], now: datetime
) -> list[Plain]:
    """Return one's own part in every round, the oldest first; `steps` are the words of own ones."""
    couple = couple_or_none(person_id)
    if couple is not None:
        # Else what is there would tell whether the partner has looked since the hour came (S2).
        next_opening_of(couple.id, now)
    names = {
        OVERALL: named("overall"),
        SCALE: named("scale"),
        WORDS: named("words"),
        **{one: {**named("step"), "words": words or None} for one, words in steps.items()},
        **{one.id: {**named("own_question"), "words": one.words} for one in _asked_by(person_id)},
    }
    query = select(Response, Round).join(Round, Round.id == Response.round_id)
    found = db.session.execute(
        query.where(Response.person_id == person_id).order_by(Round.opens_at, Round.id)
    )
    return [_round(response, round_, headings, names) for response, round_ in found]


def named(kind: str) -> Plain:
    """Return what something is about where its kind says everything."""
    return {"kind": kind, "listed": None, "words": None}


def _asked_by(person_id: str) -> Iterable[OwnQuestion]:
    return db.session.scalars(select(OwnQuestion).where(OwnQuestion.author_id == person_id))


def _round(response: Response, round_: Round, headings: Headings, names: Names) -> Plain:
    stored = stored_of(response)
    about = _abouts(round_, headings, names)
    return {
        "number": round_.number,
        "opened_at": iso(round_.opens_at),
        "closes_at": iso(round_.closes_at),
        "ended_with": _ended_with(stored.shared, stored.withdrawn),
        "answers": [
            {"about": about.get(key, named("gone")), "answer": value}
            for key, value in stored.answers.items()
        ],
        "scale": _points(stored.scale),
        "words": stored.words or None,
        "words_shared": stored.words_shared,
        "kept_apart": [about.get(key, named("gone")) for key in sorted(stored.kept)],
        "left_out_at": iso(response.skipped_at),
        "begun": _begun(response, list(about.values())),
    }


def _ended_with(shared: bool | None, withdrawn: bool) -> str | None:
    if shared is None:
        return None
    if not shared:
        return "kept"
    return "shared_and_withdrawn" if withdrawn else "shared"


def _abouts(round_: Round, headings: Headings, names: Names) -> dict[str, Plain]:
    """Return how each question is called, in the order in which the page asks them."""
    found = {OVERALL: names[OVERALL]}
    for row in round_.questions:
        if "scale" in row:
            continue
        kind = "own_question" if row.get("own") else "step" if row.get("step") else "topic"
        found[row["id"]] = names.get(row["id"]) or _about(kind, row, headings)
    return {**found, SCALE: names[SCALE], WORDS: names[WORDS]}


def _about(kind: str, row: Mapping[str, Any], headings: Headings) -> Plain:
    """Return a topic's heading; of what the partner worded, and asked, only its kind."""
    if kind != "topic":
        return named(kind)
    return heading(row["listed"], None) if row["listed"] else headings.of(row["id"])


def _points(scale: Mapping[str, int | None]) -> list[Plain]:
    return [{"item": item, "points": points} for item, points in scale.items()]


def _begun(response: Response, abouts: list[Plain]) -> Plain | None:
    """Return what was filled in and not sent; marks of the form are no part of it."""
    fields = response.draft
    if not fields:
        return None
    return {
        "answers": [
            {"about": about, "answer": _number(fields[f"q{place}"])}
            for place, about in enumerate(abouts)
            if fields.get(f"q{place}") in {*NUMBERS, SKIP}
        ],
        "scale": [
            {"item": item, "points": int(shown) if shown.isdigit() else None}
            for item in map(str, range(1, 33))
            if (shown := str(fields.get(points_name(item)) or ""))
        ],
        "words": fields.get("words") or None,
        "saved_at": iso(response.draft_saved_at),
    }


def _number(shown: str) -> int | None:
    return None if shown == SKIP else int(shown)


def own_longer_looks(person_id: str) -> list[Plain]:
    """Return one's longer looks, the oldest first."""
    query = select(LongerLook).where(LongerLook.person_id == person_id)
    return [
        {
            "answers": _points(one.answers or {}),
            "begun_at": iso(one.begun_at),
            "finished_at": iso(one.finished_at),
            "put_away_at": iso(one.put_away_at),
        }
        for one in db.session.scalars(query.order_by(LongerLook.begun_at, LongerLook.id))
    ]


def own_questions(person_id: str) -> list[Plain]:
    """Return the questions this person worded for both."""
    query = select(OwnQuestion).where(OwnQuestion.author_id == person_id)
    return [
        {"words": one.words, "made_at": iso(one.made_at), "became": _became(one)}
        for one in db.session.scalars(query.order_by(OwnQuestion.made_at, OwnQuestion.id))
    ]


def _became(row: OwnQuestion) -> str:
    if row.agreed_at is None:
        return "put_away" if row.retired_at else "waits"
    return "retired" if row.retired_at else "asked"


def own_letter_choices(person_id: str) -> Plain:
    """Return how letters reach this person."""
    found = db.session.scalars(select(LetterChoices).where(LetterChoices.person_id == person_id))
    row = found.first() or LetterChoices(person_id=person_id)
    return {
        "weekday": row.weekday,
        "hour": row.hour,
        "plain_wording": bool(row.plain_wording),
        "reminder": bool(row.reminder),
        "look_in": bool(row.look_in),
        "paused_until": iso(row.paused_until),
        "paused_until_i_am_back": bool(row.paused_open),
        "stopped_at": iso(row.stopped_at),
        "slower_rhythm_put_away_at": iso(row.slower_put_away_at),
    }
