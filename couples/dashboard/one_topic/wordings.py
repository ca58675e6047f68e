"""How a promise reads in one version after the other, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask_babel import gettext as _

from couples import formats
from couples.agreement.document.content import Clause, from_plain
from couples.agreement.document.differences import Piece, word_difference
from couples.agreement.document.wording import PARTS
from couples.agreement.signing.models import Version
from couples.dashboard.one_topic.shapes import Part, Wording

WORDS = ""  # under no label: the words of the promise itself


def wordings_of(
    versions: Iterable[Version], topic_id: str, names: dict[str, str]
) -> tuple[Wording, ...]:
    """Return each wording of a topic's promise, the newest first; `names` are of the two by id."""
    found: list[Wording] = []
    before: dict[str, str] = {}
    for version in sorted(versions, key=lambda one: one.number):
        clauses = from_plain(version.content).clauses
        clause = next((one for one in clauses if one.topic_id == topic_id), None)
        reads = dict(_texts(clause, names)) if clause else {}
        if reads != before:
            found.append(_wording(version, before, reads))
        before = reads
    return tuple(reversed(found))


def _texts(clause: Clause, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield WORDS, clause.words
    yield _("Whose promise"), names.get(clause.owner_id or "", _("Both of us"))
    for label, part in PARTS:
        yield str(label), getattr(clause, part)
    until = clause.trial_until
    yield _("On trial until"), formats.day_year(until) if until else ""


def _wording(version: Version, before: dict[str, str], reads: dict[str, str]) -> Wording:
    parts = [
        Part(label, _pieces(before.get(label), text))
        for label, text in reads.items()
        if text or before.get(label)
    ]
    words = tuple(piece for part in parts if part.label == WORDS for piece in part.pieces)
    others = tuple(part for part in parts if part.label != WORDS)
    return Wording(version.number, version.in_force_at, words, others)


def _pieces(before: str | None, text: str) -> tuple[Piece, ...]:
    """Return what changed; where there was no promise before, nothing has."""
    return (Piece("same", text),) if before is None else word_difference(before, text)
