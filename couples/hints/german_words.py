"""How German is read and written here: one spelling for ä, ae and a, and every short form whole."""

from __future__ import annotations

import re
from functools import cache

from couples.hints import german_lists, lines
from couples.hints.lines import Book
from couples.hints.shapes import Rule

# What is typed with dots, with an e for them or with neither is one word here.
UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "\u0308": ""})
SHORT = {
    "soo": "so", "sooo": "so", "soooo": "so",
    "nich": "nicht", "net": "nicht", "ned": "nicht", "nit": "nicht", "ni": "nicht",
    "nischt": "nichts", "nix": "nichts", "nüscht": "nichts", "nichma": "nicht mal",
    "nichtmal": "nicht mal", "garnicht": "gar nicht", "garnichts": "gar nichts",
    "garnix": "gar nichts", "garkein": "gar kein", "garkeine": "gar keine",
    "jedesmal": "jedes mal", "nen": "einen", "ne": "eine", "nem": "einem", "ner": "einer",
    "n": "ein", "isch": "ich", "ick": "ich", "ik": "ich", "dei": "dein", "mei": "mein",
    "is": "ist", "isses": "ist es", "bisch": "bist", "hosch": "hast", "hasch": "hast",
    "host": "hast", "hab": "habe", "hamma": "haben wir", "haste": "hast du", "biste": "bist du",
    "kannste": "kannst du", "willste": "willst du", "machste": "machst du",
    "denkste": "denkst du", "gehste": "gehst du", "siehste": "siehst du", "weißte": "weißt du",
    "meinste": "meinst du", "hörste": "hörst du", "kommste": "kommst du",
    "glaubste": "glaubst du", "sollteste": "solltest du", "brauchste": "brauchst du",
    "dus": "du es", "wennst": "wenn du", "wenns": "wenn es", "obs": "ob es", "gibts": "gibt es",
    "gehts": "geht es", "hats": "hat es", "reichts": "reicht es", "wars": "war es",
    "ists": "ist es", "wies": "wie es", "mirs": "mir es", "das's": "dass es", "imma": "immer",
    "imer": "immer", "immr": "immer", "immre": "immer", "imemr": "immer", "ima": "immer",
    "niemal": "niemals", "nimals": "niemals", "nei": "nie", "nieh": "nie", "ständich": "ständig",
    "stendig": "ständig", "ständing": "ständig", "staendich": "ständig", "dauernt": "dauernd",
    "egoistich": "egoistisch", "egositisch": "egoistisch", "wiso": "wieso", "warumm": "warum",
    "vieleicht": "vielleicht", "villeicht": "vielleicht", "entlich": "endlich",
    "endlcih": "endlich", "daß": "dass", "dat": "das", "wat": "was", "och": "auch",
    "auf'm": "auf dem", "aufm": "auf dem", "übern": "über den", "grad": "gerade", "drum": "darum",
    "hald": "halt", "hom": "haben", "bin's": "bin es", "wegn": "wegen", "vergist": "vergisst",
    "vergißt": "vergisst", "hörs": "hörst", "machs": "machst", "redst": "redest", "kum": "komm",
    "sach": "sag", "woll'n": "wollen", "hälst": "hältst", "kummst": "kommst", "duast": "tust",
    "tuast": "tust", "allet": "alles", "ois": "alles", "oiwei": "immer", "olles": "alles",
    "allaweil": "immer", "allweil": "immer", "koa": "kein", "koi": "kein", "wenn'st": "wenn du",
    "bittschön": "bitte", "bidde": "bitte", "i": "ich", "ma": "mal", "a": "ein", "mi": "mich",
    "di": "dich", "deinetwegen": "wegen dir", "des": "das",
}  # fmt: skip
ENDINGS = {"'s": "es", "'n": "ein", "'nen": "einen", "'ne": "eine"}
BEGIN = r"(?:^| [,.?]| (?:und|aber|denn|also|dann|doch|ja|bitte|ehrlich|mensch|oh|ach|boah|mann))"
# Up to six words in which nobody else begins to act.
GAP = r"(?:(?!(?:ich|wir|und|aber|oder|dass|weil|wenn|man) )[^ ,.?]+ ){0,6}?"


def fold(text: str) -> str:
    """Return a text in which ä, ae and a are one letter, and ö and ü likewise."""
    bare = text.translate(UMLAUTS)
    return bare.replace("ae", "a").replace("oe", "o").replace("ue", "u")


BOOK = Book(
    {name: fold(words) for name, words in vars(german_lists).items() if name.isupper()}, BEGIN, GAP
)


@cache
def _short() -> dict[str, str]:
    """Return the short forms as they look when folded."""
    return {fold(short): fold(full) for short, full in SHORT.items()}


def plain_german(word: str) -> str:
    """Return one typed word written out in lower case and folded."""
    low = fold(word.lower().rstrip("'"))
    for ending, full in ENDINGS.items():
        if low.endswith(ending) and len(low) > len(ending):
            return f"{plain_german(low.removesuffix(ending))} {full}"
    return _short().get(low, low)


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a plain German pattern in which lists of words are named in capitals."""
    return lines.compiled(fold(pattern), BOOK)


def phrases(text: str, *, begin: bool = False) -> re.Pattern[str]:
    """Compile German lines to one pattern whose group q is what would be quoted."""
    return lines.phrases(fold(text), BOOK, begin=begin)


@cache
def pattern_of(rule: Rule) -> re.Pattern[str]:
    """Return what a rule looks for."""
    return phrases(rule.lines, begin=rule.begin)


@cache
def excuse_of(rule: Rule) -> re.Pattern[str] | None:
    """Return what excuses a sentence from a rule, if anything does."""
    return phrases(rule.unless) if rule.unless else None
