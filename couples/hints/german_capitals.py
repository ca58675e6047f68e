"""German: words all in capitals, which are neither nouns nor the ZDF."""

from __future__ import annotations

from couples.hints.german_words import plain_german
from couples.hints.reading import Sentence

# A short word in capitals is loud only if it is none of those that are written so.
LOUD = set(
    "nie immer du ich nicht nein bitte hör auf endlich warum wieso alles nichts jetzt mal schon "
    "wieder ständig dauernd sofort genug ruhe schluss niemals keiner keine kein jedes jeden sein "
    "deine mir mich dir dich sag mach komm stopp lass reicht satt nervt".split()
)
FOLDED = {plain_german(word) for word in LOUD}
SOFT = {
    plain_german(word)
    for word in "danke liebe lieb schön toll super juhu glückwunsch hurra ja freu".split()
}
AROUND = ".,;:!?…()„“\"'»"


def shouted(sentence: Sentence) -> str:
    """Return words in capitals: two in a row, or one of four letters that is no short name."""
    words = [word.strip(AROUND) for word in sentence.typed.split()]
    plain = [plain_german(word) for word in words]
    # Quoted words are not among the plain ones.
    said = set(sentence.plain.split())
    loud = [
        len(word) > 1 and word.isupper() and word.isalpha() and said.issuperset(low.split())
        for word, low in zip(words, plain, strict=True)
    ]
    if any(high and word in SOFT for high, word in zip(loud, plain, strict=True)):
        return ""
    for place, high in enumerate(loud):
        run = loud[place : place + 4]
        length = run.index(False) if False in run else len(run)
        known = any(word in FOLDED for word in plain[place : place + length])
        if high and known and (length > 1 or len(words[place]) > 3):
            return " ".join(words[place : place + length])
    return ""
