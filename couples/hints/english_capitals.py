"""English: a whole sentence in capitals, which is no TV and no ADHD."""

from __future__ import annotations

from couples.hints.reading import Sentence

# Capitals are joy as often as anger; with one of these words they call for a hint.
SHARP = set("please stop why never always again listen enough how must hate".split())
FEWEST_WORDS, FEWEST_LETTERS = 3, 10


def shouted(sentence: Sentence) -> str:
    """Return the beginning of a sentence that is all in capitals, or nothing."""
    words = [word for word in sentence.typed.split() if sum(map(str.isalpha, word)) > 1]
    letters = [letter for word in words for letter in word if letter.isalpha()]
    loud = (
        len(words) >= FEWEST_WORDS
        and len(letters) >= FEWEST_LETTERS
        and all(letter.isupper() for letter in letters)
    )
    if not loud or SHARP.isdisjoint(sentence.plain.split()):
        return ""
    return " ".join(sentence.typed.split()[:4]).rstrip(".!?,")
