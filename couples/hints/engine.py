"""In which order the rules of a language are asked, so that there is one hint at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from couples.hints.reading import HIDDEN_WORD, Sentence, read
from couples.hints.shapes import Hint, Kind, Rule, Voice

CARE = Hint("care", "care", "", "", "", ())


@dataclass(frozen=True, slots=True)
class Language:
    """The rules of one language, and the words in which they speak."""

    plain: Callable[[str], str]
    speaks_of_harm: Callable[[Iterable[Sentence]], bool]
    meant_well: Callable[[Sequence[Sentence]], list[bool]]
    uncovered: Callable[[str], str]
    phrases: tuple[Rule, ...]
    structure: tuple[Rule, ...]
    shouted: Callable[[Sentence], str]
    vague_word: Callable[[Iterable[Sentence]], Hint | None]
    pattern_of: Callable[[Rule], re.Pattern[str]]
    excuse_of: Callable[[Rule], re.Pattern[str] | None]
    voices: Mapping[str, Voice]
    marks: str

    def find(self, text: str, kind: Kind) -> Hint | None:
        """Return the first hint: care before phrases, then structure, and vague words last."""
        sentences = read(text, self.plain)
        hidden = any(HIDDEN_WORD in each.plain for each in sentences) or not sentences
        told = read(text, self.plain, quoted=True) if hidden else sentences
        if self.speaks_of_harm(told):
            return CARE
        seen = [
            (each, self.uncovered(each.plain))
            for each, friendly in zip(sentences, self.meant_well(sentences), strict=True)
            if not friendly
        ]
        return (
            self._first(seen, self.phrases, capitals=True)
            or (self._first(seen, self.structure) if kind != "words" else None)
            or (self.vague_word(sentences) if kind == "request" else None)
        )

    def _first(
        self,
        seen: Iterable[tuple[Sentence, str]],
        rules: Iterable[Rule],
        *,
        capitals: bool = False,
    ) -> Hint | None:
        """Return the hint of the first sentence that one of the rules speaks of."""
        for sentence, shown in seen:
            for rule in rules:
                if span := self._found(rule, sentence.plain, shown):
                    return self._hint(rule.family, sentence.quote(*span))
            if capitals and (words := self.shouted(sentence)):
                return self._hint("capitals", words)
        return None

    def _found(self, rule: Rule, plain: str, seen: str) -> tuple[int, int] | None:
        """Return where the words stand that a rule speaks of, if nothing excuses them."""
        match = self.pattern_of(rule).search(plain if rule.bare else seen)
        excuse = self.excuse_of(rule) if match else None
        return match.span("q") if match and not (excuse and excuse.search(plain)) else None

    def _hint(self, family: str, quote: str) -> Hint:
        """Put the writer's own words into what a family says."""
        voice = self.voices[family]
        lead = voice.lead.replace("QUOTE", f"{self.marks[0]}{quote}{self.marks[1]}")
        return Hint(voice.key, voice.tier, quote, lead, voice.text, voice.starters)
