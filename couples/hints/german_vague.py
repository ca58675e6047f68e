"""German: words in a request that nobody can see, and what to ask about them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from couples.hints.reading import Sentence
from couples.hints.shapes import Hint

# In these patterns ä, ö, ü and ß are written as the reader writes them: a, o, u, ss.
_CONCRETE = re.compile(
    r" (?:[0-9]\S*|(?:ein|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf"
    r"|dutzend)(?:mal)?"
    r"|funfzehn|zwanzig|dreissig|vierzig|funfzig|sechzig|halbe|halben|viertelstunde|einmal|jeden"
    r"|jede|jedes"
    r"|(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|sonnabends?|wochenenden?|wochentags"
    r"|taglich"
    r"|wochentlich|monatlich|wochen|woche|monat|abends?|morgens|mittags|nachts|nachmittags?"
    r"|abendessen"
    r"|fruhstuck|mittagessen|minuten?|stunden?|uhr|heute|ubermorgen|wenn|sobald|nachdem|bevor"
    r"|weihnachten"
    r"|ostern|geburtstag|januar|februar|marz|april|juni|juli|august|september|oktober|november"
    r"|dezember) "
)
# „Ein“ stands before nearly everything and is no number there.
_NO_NUMBER = re.compile(r" (?:ein (?!mal )|endlich einmal|auf einmal|noch einmal|einmal mehr)")
_WORDS = re.compile(
    r" (?P<q>mehr(?! als )(?<!nicht mehr)(?<!kein mehr)(?<!keine mehr)(?<!nie mehr)"
    r"(?<!nichts mehr)"
    r"|besser(?:e|er|es|en)?|ofters?|haufiger"
    r"|manchmal|oft|ab und zu|hin und wieder|netter|liebevoller|ordentlich(?:er)?|richtig"
    r"|versuch(?:e|en|st|t)?|probier(?:en|st)|bemuhen|bemuhst|muhe"
    r"|unterstutz(?:e|en|t|ung|st)|respekt(?:ier\w*|voll\w*)?|aufmerksamkeit|aufmerksam(?:er)?"
    r"|wertschatzung)(?= )"
)
_STARTERS = {
    "mehr": ("Einmal in der Woche, am …", "Am … und am … würdest du …"),
    "oft": ("Zweimal in der Woche, am …", "Jeden … nach …"),
    "besser": ("Zum Beispiel: Wenn …, dann …", "Ich würde es daran merken, dass …"),
    "versuch": ("Würdest du am …?", "Diese Woche einmal …"),
    "unter": ("Wenn ich …, würdest du …", "Zum Beispiel am …"),
    "respekt": ("Zum Beispiel: Wenn ich rede, …", "Ich würde es sehen, wenn du …"),
    "aufmerk": ("Zehn Minuten nach …, ohne Handy", "Beim Abendessen würdest du …"),
}
_KEYS = (
    ("mehr", "mehr"), ("of", "oft"), ("hauf", "oft"), ("manch", "oft"), ("ab und", "oft"),
    ("hin und", "oft"), ("vers", "versuch"), ("prob", "versuch"), ("bem", "versuch"),
    ("muh", "versuch"), ("unt", "unter"),
    ("resp", "respekt"), ("wert", "respekt"), ("aufm", "aufmerk"), ("", "besser"),
)  # fmt: skip
_THANKS = (" danke ", " dankbar ", " ich mag ", " ich liebe ", " schatze ")


def vague_word(sentences: Iterable[Sentence]) -> Hint | None:
    """Return the question about the first vague word that stands with nothing one could see."""
    for sentence in sentences:
        plain = sentence.plain
        match = _WORDS.search(plain)
        if match and not _is_concrete(plain) and not any(word in plain for word in _THANKS):
            return _hint(sentence.quote(*match.span("q")), match["q"])
    return None


def _is_concrete(plain: str) -> bool:
    """Tell whether a sentence names a day, a number, a time or a moment."""
    return bool(_CONCRETE.search(_NO_NUMBER.sub(" _ ", plain)))


def _hint(quote: str, word: str) -> Hint:
    """Ask what one would see, with two beginnings that can be pictured."""
    shown = f"{quote[:1].upper()}{quote[1:]}"
    key = next(key for begin, key in _KEYS if word.startswith(begin))
    lead = f"„{shown}“ kann vieles heißen."
    return Hint("vague", "vague", quote, lead, "Woran würde ich es sehen?", _STARTERS[key])
