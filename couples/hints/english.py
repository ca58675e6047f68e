"""English: in which order the rules are asked, so that there is one hint at a time."""

from __future__ import annotations

from collections.abc import Iterable

from couples.hints.english_asked import RULES as ASKED
from couples.hints.english_broad import RULES as BROAD
from couples.hints.english_capitals import shouted
from couples.hints.english_care import speaks_of_harm
from couples.hints.english_covers import uncovered
from couples.hints.english_deeds import RULES as DEEDS
from couples.hints.english_idioms import RULES as IDIOMS
from couples.hints.english_judgements import RULES as JUDGEMENTS
from couples.hints.english_kindness import meant_well
from couples.hints.english_motives import RULES as MOTIVES
from couples.hints.english_orders import RULES as ORDERS
from couples.hints.english_stings import RULES as STINGS
from couples.hints.english_structure import RULES as STRUCTURE
from couples.hints.english_totals import RULES as TOTALS
from couples.hints.english_vague import vague_word
from couples.hints.english_words import excuse_of, pattern_of
from couples.hints.reading import HIDDEN_WORD, Sentence, read
from couples.hints.shapes import Hint, Kind, Rule, Voice
from couples.hints.voices_english import VOICES

PHRASES = (*TOTALS, *JUDGEMENTS, *MOTIVES, *ORDERS, *STINGS, *BROAD, *DEEDS, *ASKED, *IDIOMS)
CARE = Hint("care", "care", "", "", "", ())


def find(text: str, kind: Kind) -> Hint | None:
    """Return the first hint: care before phrases, phrases before structure, vague words last."""
    sentences = read(text)
    hidden = any(HIDDEN_WORD in sentence.plain for sentence in sentences) or not sentences
    if speaks_of_harm(read(text, quoted=True) if hidden else sentences):
        return CARE
    seen = [
        (each, uncovered(each.plain))
        for each, friendly in zip(sentences, meant_well(sentences), strict=True)
        if not friendly
    ]
    return (
        _first(seen, PHRASES, capitals=True)
        or (_first(seen, STRUCTURE) if kind != "words" else None)
        or (vague_word(sentences) if kind == "request" else None)
    )


def _first(
    seen: Iterable[tuple[Sentence, str]], rules: Iterable[Rule], *, capitals: bool = False
) -> Hint | None:
    """Return the hint of the first sentence that one of the rules speaks of."""
    for sentence, shown in seen:
        for rule in rules:
            if span := _found(rule, sentence.plain, shown):
                return _hint(VOICES[rule.family], sentence.quote(*span))
        if capitals and (words := shouted(sentence)):
            return _hint(VOICES["capitals"], words)
    return None


def _found(rule: Rule, plain: str, seen: str) -> tuple[int, int] | None:
    """Return where the words stand that a rule speaks of, if nothing excuses them."""
    match = pattern_of(rule).search(plain if rule.bare else seen)
    excuse = excuse_of(rule) if match else None
    return match.span("q") if match and not (excuse and excuse.search(plain)) else None


def _hint(voice: Voice, quote: str) -> Hint:
    """Put the writer's own words into what a family says."""
    lead = voice.lead.replace("QUOTE", f"“{quote}”")
    return Hint(voice.key, voice.tier, quote, lead, voice.text, voice.starters)
