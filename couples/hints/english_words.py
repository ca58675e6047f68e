"""How English is read and written here: short forms and words typed in haste are written out."""

from __future__ import annotations

import re
from functools import cache

from couples.hints import english_lists, english_lists_wide, lines
from couples.hints.lines import Book
from couples.hints.shapes import Rule

SHORT = {
    "'re": "are", "'ve": "have", "'ll": "will", "'m": "am",
}  # fmt: skip
# Whole words that are typed in haste, and those whose two halves have changed.
WORDS = {
    "can't": "can not", "cant": "can not", "cannot": "can not", "won't": "will not",
    "wont": "will not", "shan't": "shall not", "ain't": "are not", "aint": "are not",
    "im": "i am", "ive": "i have", "id": "i'd", "u": "you", "ur": "your", "ure": "you are",
    "r": "are", "youre": "you are", "your're": "you are", "youve": "you have",
    "youll": "you will", "youd": "you'd", "yous": "you", "y'all": "you", "ya": "you",
    "it's": "it is", "that's": "that is", "thats": "that is", "what's": "what is",
    "whats": "what is", "who's": "who is", "here's": "here is", "there's": "there is",
    "where's": "where is", "how's": "how is", "let's": "let us", "he's": "he is",
    "she's": "she is", "nobody's": "nobody is", "gonna": "going to", "gotta": "got to",
    "wanna": "want to", "dunno": "do not know", "cos": "because", "cuz": "because",
    "coz": "because", "'cause": "because", "alot": "a lot", "allways": "always",
    "alwasy": "always", "alwyas": "always", "awlays": "always", "nevr": "never",
    "nver": "never", "neever": "never", "constantley": "constantly", "definately": "definitely",
    "ok": "okay", "pls": "please", "thx": "thanks", "ty": "thank you", "everytime": "every time",
    "goddamn": "damn", "yourselves": "yourself", "non-stop": "nonstop", "i'm": "i am",
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "isnt": "is not",
    "arent": "are not", "wasnt": "was not", "werent": "were not", "havent": "have not",
    "hasnt": "has not", "hadnt": "had not", "couldnt": "could not", "wouldnt": "would not",
    "shouldnt": "should not", "needn't": "need not", "nothin": "nothing", "wether": "whether",
}  # fmt: skip
BEGIN = r"(?:^| [,.?]| (?:and|but|because|so|then|plus|yet|please|just|honestly))"
BOOK = Book(vars(english_lists) | vars(english_lists_wide), BEGIN, r"(?:[^ .?]+ ){0,6}?")


def plain_english(word: str) -> str:
    """Return one typed word written out in lower case."""
    low = word.lower().rstrip("'")
    if low in WORDS:
        return WORDS[low]
    for ending, full in SHORT.items():
        if low.endswith(ending):
            return f"{low.removesuffix(ending)} {full}"
    return f"{low[:-3]} not" if low.endswith("n't") else low


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a plain English pattern in which lists of words are named in capitals."""
    return lines.compiled(pattern, BOOK)


def phrases(text: str, *, begin: bool = False) -> re.Pattern[str]:
    """Compile English lines to one pattern whose group q is what would be quoted."""
    return lines.phrases(text, BOOK, begin=begin)


@cache
def pattern_of(rule: Rule) -> re.Pattern[str]:
    """Return what a rule looks for."""
    return phrases(rule.lines, begin=rule.begin)


@cache
def excuse_of(rule: Rule) -> re.Pattern[str] | None:
    """Return what excuses a sentence from a rule, if anything does."""
    return phrases(rule.unless) if rule.unless else None
