"""English: words in a request that nobody can see, and what to ask about them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from couples.hints.reading import Sentence
from couples.hints.shapes import Hint

_CONCRETE = re.compile(
    r" (?:[0-9]\S*|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
    r"|thirty|forty|fifty|sixty|ninety|half|quarter|once|twice|dozen|first|second|hundred)(?!-class)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tue|wed|thu|thur|thurs|fri|sat|weekends?"
    r"|weekdays?|weekly|daily|monthly|nightly|january|february|april|june|july|august|september"
    r"|october|november|december|christmas|easter|birthdays?|noon|midnight|midday|tonight|today"
    r"|tomorrow|mornings?|afternoons?|evenings?|nights?|minutes?|hours?|o'clock|am|pm|every|each"
    r"|breakfast|lunch|dinner|supper|bedtime|when|whenever|as soon as) "
)
# "am" is an hour after a number only; a number is concrete enough by itself.
_NOT_AN_HOUR = re.compile(r" (?:i am|when was|no one|any one|for once|at once|one day|some one) ")
_WORDS = re.compile(
    r" (?P<q>more(?! than |over)(?<!once more)(?<!no more)(?<!any more)|(?<!'d )(?<!had )better"
    r"|nicer|nicely|properly|sometimes|more often|often|oftener"
    r"|try(?! (?:the|this|that|a|an|my|our|your|new|out) )|tries|trying|tried"
    r"|(?<!child )support(?:s|ed|ing|ive)?|respect(?:s|ed|ing|ful|fully)?(?! to the| of which)"
    r"|attention|attentive|attentively|efforts?)(?= )"
)
_STARTERS = {
    "more": ("Once a week, on …", "On … and …, you …"),
    "often": ("Twice a week, on …", "Every … after …"),
    "better": ("For example, when …, you …", "I would notice it by …"),
    "try": ("On …, would you …?", "This week, once …"),
    "support": ("When I …, you would …", "For example, on … you would …"),
    "respect": ("For example, when I speak, you …", "I would see it when you …"),
    "attention": ("Ten minutes after …, without phones", "At dinner you would …"),
}
_KEYS = (
    ("more often", "often"), ("more", "more"), ("nice", "better"), ("better", "better"),
    ("properly", "better"), ("often", "often"), ("sometimes", "often"), ("tr", "try"),
    ("effort", "try"), ("support", "support"), ("respect", "respect"), ("atten", "attention"),
)  # fmt: skip
_THANKS = (" thank", " grateful ", " appreciate ", " i love ")


def vague_word(sentences: Iterable[Sentence]) -> Hint | None:
    """Return the question about the first vague word that stands with nothing one could see."""
    for sentence in sentences:
        plain = sentence.plain
        match = _WORDS.search(plain)
        if match and not _is_concrete(plain) and not any(word in plain for word in _THANKS):
            return _hint(sentence.quote(*match.span("q")))
    return None


def _is_concrete(plain: str) -> bool:
    """Tell whether a sentence names a day, a number, a time or a moment."""
    return bool(_CONCRETE.search(_NOT_AN_HOUR.sub(" _ ", plain)))


def _hint(quote: str) -> Hint:
    """Ask what one would see, with two beginnings that can be pictured."""
    shown = f"{quote[:1].upper()}{quote[1:].lower()}"
    key = next(key for begin, key in _KEYS if quote.lower().startswith(begin))
    lead = f"“{shown}” can mean many things."
    return Hint("vague", "vague", quote, lead, "What would I see?", _STARTERS[key])
