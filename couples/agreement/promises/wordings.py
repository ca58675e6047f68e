"""Suggested words as one value, and as they are kept while they are typed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from couples.agreement.rules import PromiseWords


@dataclass(frozen=True, slots=True, repr=False)
class Wording:
    """What a person suggests; `seen` is the id of the newest words they had before them.

    `revision` is the one of what they had typed and not sent, as their page knew it.
    """

    words: PromiseWords
    mine: bool
    note: str
    seen: str
    revision: int = 0

    @property
    def is_blank(self) -> bool:
        """Whether not a word is written."""
        words = self.words
        texts = (words.words, words.kept_when, words.otherwise, words.how_often, self.note)
        return not any(texts)


def to_plain(wording: Wording) -> dict[str, Any]:
    """Return a wording as JSON values."""
    until = wording.words.trial_until
    words = {**asdict(wording.words), "trial_until": until.isoformat() if until else None}
    return {**words, "mine": wording.mine, "note": wording.note, "seen": wording.seen}


def from_plain(plain: Mapping[str, Any], revision: int) -> Wording:
    """Return the wording that was written by `to_plain`."""
    until = plain["trial_until"]
    words = PromiseWords(
        plain["words"],
        plain["kept_when"],
        plain["otherwise"],
        plain["how_often"],
        date.fromisoformat(until) if until else None,
    )
    return Wording(words, plain["mine"], plain["note"], plain["seen"], revision)
