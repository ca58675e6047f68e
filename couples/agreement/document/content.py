"""The exact text both sign, as one value, one canonical writing and one hash (rule A7).

Pure. A version keeps this text sealed; names, needs and promises stand in it as they were.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from couples.agreement.rhythm import Rhythm


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """One of the two, as the text names them; fields fit what templates call a person."""

    person_id: str
    name: str
    mark: str

    @property
    def initial(self) -> str:
        """The letter inside the mark."""
        return self.name[:1].upper()


@dataclass(frozen=True, slots=True, repr=False)
class NeedText:
    """What one person needs, and looks after; what was before stays out of the agreement."""

    person_id: str
    words: str
    own_part: str


@dataclass(frozen=True, slots=True, repr=False)
class Clause:
    """One topic with its promise; no owner means both."""

    topic_id: str
    listed: str | None
    own_name: str
    needs: tuple[NeedText, ...]
    owner_id: str | None
    words: str
    kept_when: str
    otherwise: str
    how_often: str
    trial_until: date | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """A whole agreement: who, the promises in order, and the terms."""

    people: tuple[Signer, ...]
    clauses: tuple[Clause, ...]
    rhythm: Rhythm
    talk_plan: str
    review_on: date

    def person(self, person_id: str | None) -> Signer | None:
        """Return the one with this id."""
        return next((person for person in self.people if person.person_id == person_id), None)


def to_plain(content: Content) -> dict[str, Any]:
    """Return the text as JSON values."""
    plain = asdict(content)
    for clause in plain["clauses"]:
        # A text without trials is written as it was before there were any: its hash still fits.
        until = clause.pop("trial_until")
        clause.update({"trial_until": until.isoformat()} if until else {})
    return {**plain, "review_on": content.review_on.isoformat()}


def from_plain(plain: dict[str, Any]) -> Content:
    """Return the text that was written by `to_plain`."""
    return Content(
        people=tuple(Signer(**person) for person in plain["people"]),
        clauses=tuple(_clause(clause) for clause in plain["clauses"]),
        rhythm=Rhythm(**plain["rhythm"]),
        talk_plan=plain["talk_plan"],
        review_on=date.fromisoformat(plain["review_on"]),
    )


def canonical(content: Content) -> str:
    """Return the one writing of a text: the same text is always the same characters.

    Names stay out: the same two have agreed to the same, whatever each is called by now.
    """
    people = [{"person_id": each.person_id, "mark": each.mark} for each in content.people]
    plain = {**to_plain(content), "people": people}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(salt: str, content: Content) -> str:
    """Return the salted SHA-256 of a text, as 64 hexadecimal digits."""
    return hashlib.sha256(f"{salt}\n{canonical(content)}".encode()).hexdigest()


def _clause(plain: dict[str, Any]) -> Clause:
    until = plain.get("trial_until")
    needs = tuple(NeedText(**need) for need in plain["needs"])
    trial_until = date.fromisoformat(until) if until else None
    return Clause(**{**plain, "needs": needs, "trial_until": trial_until})
