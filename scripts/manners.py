"""How the house speaks (guide §3): the words it doesn't use, language by language, and why.

Read by check_words.py. A sentence is looked at after every wording of `FINE` is taken out of it,
so that what is allowed once is not allowed everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from couples.languages import base_of


class Manner(NamedTuple):
    """What isn't said, as a pattern, and the reason."""

    pattern: str
    why: str


EMOJI = "[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0f]"
EVERYWHERE = {
    "shouting": Manner(r"[^\W\d]!|!\s*$", "up and down get the same volume"),
    "an emoji": Manner(EMOJI, "a face is praise or blame, and readers of screens hear its name"),
    "straight quotes": Manner(
        r"[\"'´`]", "type is set, not typed: ’ “ ” in English, „ “ in German"
    ),
    "three dots": Manner(r"\.\.\.", "an ellipsis is one sign: …"),
}
ENGLISH = {
    "up and down (guide 3)": Manner(
        r"\b(?:improv|worsen|deteriorat)\w*|\bfail(?:s|ed|ure|ing)?\b",
        "a number went from one to another; whether that is good is theirs to say",
    ),
    "keeping count": Manner(
        r"\bmiss(?:ed|ing out)\b|\bscores?\b|\bstreaks?\b", "nobody is counted: silence is safe"
    ),
    "belittling or hurrying": Manner(
        r"\b(?:only|still|should|just yet|hurry|asap|finally)\b",
        "“only” makes small, “still” hurries, “should” judges",
    ),
    "praise": Manner(
        r"\b(?:well done|great|awesome|amazing|excellent|congrat\w*|good job|nice work|"
        r"(?<!than )perfect|bravo|proud|keep it up|hooray|success\w*|way to go)\b",
        "praise for one answer makes the next one a test",
    ),
    "guilt": Manner(
        r"\b(?:forg(?:o|e)t to|don[’']t forget|you forgot|you must|you have to|you need to|"
        r"you[’']re late|your fault|are you sure|unfortunately|sorry|oops|whoops)\b",
        "whoever reads has done nothing wrong",
    ),
    "therapy": Manner(
        r"\b(?:trauma\w*|trigger\w*|toxic|narciss\w*|gaslight\w*|attachment style|"
        r"love language|boundar\w+|inner child|hold(?:ing)? space|healing|mindful\w*|self-care|"
        r"codepend\w*|validat\w*|process your)\b",
        "plain words; nobody is treated here",
    ),
    "machine room": Manner(
        r"\b(?:tokens?|invalid|csrf|null|error code|exception|sessions?|submi\w+|queue|"
        r"database error|timed-out|payload|parameter|required|unauthori[sz]ed|forbidden)\b",
        "what happened and what to do, in words of the kitchen table",
    ),
    "a spelling of email": Manner(r"\be-mail", "on screen it is email"),
    "we who isn’t the two": Manner(
        r"\bwe (?:can(?! honestly)|can[’']t|could|couldn|ask|send|sent|never|"
        r"don[’']t record|store|save|use|keep (?:no|your)|record|write it|noticed|are|will|"
        r"need your)\b|\bour (?:side|letters|emails?|servers?|system|service|policy)\b|"
        r"\bone of our\b|\b(?:contact|tell) us\b|\blet us know\b|\bof ours\b",
        "“we” is the couple, never the software",
    ),
    "a button that doesn’t say": Manner(
        r"^(?:ok|okay|submit|click here|proceed|cancel)$", "buttons say what happens"
    ),
}
GERMAN = {
    "up and down (guide 3)": Manner(
        r"verbesser|verschlechter|gescheitert|scheiter|fehlgeschlagen|schlug fehl",
        "eine Zahl ging von einer auf eine andere; ob das gut ist, sagen die beiden",
    ),
    "keeping count": Manner(
        r"verpasst|versäumt|punktest[aä]nd|\bserien?\b|rangliste", "niemand wird gezählt"
    ),
    "belittling or hurrying": Manner(
        r"immer noch|\bsollte(?:st|t|n)?\b|\bendlich\b|\bleider\b|\bgefälligst\b",
        "„immer noch“ drängt, „solltest“ urteilt, „leider“ bedauert für andere",
    ),
    "praise": Manner(
        r"glückwunsch|gratul|\b(?:super|toll|prima|klasse|großartig|bravo|weiter so|"
        r"perfekt|erfolgreich)\b",
        "Lob für eine Antwort macht aus der nächsten eine Prüfung",
    ),
    "guilt": Manner(
        r"\bups\b|hoppla|du hast vergessen|vergiss nicht|du musst|bist du sicher|"
        r"deine schuld|\bsorry\b|entschuldig",
        "wer liest, hat nichts falsch gemacht",
    ),
    "therapy": Manner(
        r"trauma|trigger|toxisch|narzis|achtsam|heilung|inneres kind|bindungsstil|selbstfürsorge",
        "schlichte Wörter; hier wird niemand behandelt",
    ),
    "machine room": Manner(
        r"ungültig|\btokens?\b|csrf|fehlercode|\bsessions?\b|\bsitzungen\b|erforderlich|pflichtfeld|absenden",
        "was geschah und was zu tun ist",
    ),
    "a spelling of email": Manner(
        r"(?<![\w-])(?:emails?|mails?|e-mails? adresse)\b", "E-Mail, E-Mails"
    ),
    "we who isn’t the two": Manner(
        r"\bwir (?:fragen|senden|schicken|speichern|empfehlen|zeichnen)\b|"
        r"\bwir können (?:dir|euch|eine[nrm]?|sie|es)\b|\bauf unserer seite (?:ist|gab|ging)\b|"
        r"\bunser(?:e|en|em|er|es)? (?:server|dienst|e-mails?|system)\b",
        "„wir“ sind die beiden, nie das Programm",
    ),
    "a formal you": Manner(
        r"(?<=[a-zäöüß,] )(?:Sie|Ihnen|Ihr|Ihre[mnrs]?)\b|"
        r"\b(?:Können|Möchten|Haben|Wollen|Werden) Sie\b",
        "Gespräch am Küchentisch: du und ihr",
    ),
    "a guess who somebody is": Manner(
        r"\bpartner(?:s|in|innen)?\b|[a-zäöü][*:_]in(?:nen)?\b|/-?in(?:nen)?\b|\bsie/er\b|\ber/sie\b|"
        r"\bnutzer(?:in|innen)?\b|\bbetreiber(?:in|innen)?\b|\bempfänger(?:in|innen)?\b",
        "nobody’s gender is guessed: names, „dein Gegenüber“, „wer …“",
    ),
    "a name with a German s": Manner(
        r"%\((?:name|one|other|into)\)s[’'s]s?\b", "„die Seite von %(name)s“"
    ),
    "English quotes": Manner(r"”|(?<!\w)“\w|‘\w", "„so“ und ‚so‘"),
    "a button that doesn’t say": Manner(
        r"^(?:ok|okay|senden|bestätigen|abbrechen|hier klicken)$", "Knöpfe sagen, was geschieht"
    ),
}
# What may be said after all, and why: each of these is taken out before the words are looked at.
FINE_ENGLISH = {
    r"\bonly (?:you|me|for you|yours)\b|\bonly for you\b": "a promise of privacy (guide 10, 11)",
    r"\bonly if (?:you|you’d|%\(name\)s)\b": "free to say no (guide 3, L4)",
    r"\bthis is the only reminder\b": "guide 25",
    r"\bfor adults only\b": "the law",
    r"^only how it has been\b": "no more than that is shown",
    r"\b(?:address|addresses|password|passkey|link|notes|page|at %\(address\)s|that one|"
    r"the old one|them) only\b|\bonly (?:with your password|your password|a passkey|a page with|"
    r"while they are open|to a button|emails about)\b"
    r"|\bshown only now\b|\badd one only where\b|\byou each see only what\b|\bonly their total\b"
    r"|\bis only a suggestion\b": "what a key, a link or a page does, and no more",
    r"\b(?:is|are|stays?|what you \w+ is) still (?:on this page|here|with you|there|open)\b": (
        "nothing of theirs is gone (guide 29, 37, 42, 44)"
    ),
    r"^still open (?:until|at)\b": "guide 24",
    r"\b(?:can|may) still answer\b": "a pause takes nothing away (C7)",
    r"\bstill sees that they come\b|\bstill could\b": "a limit that must be said (S4, D5)",
    r"\bno (?:overall )?scores?\b|\bno streaks?\b": "said to say no to it",
    r"^scores in this range are often reported\b": "words of a published scale",
    r"\bwe can send a new one\b": "guide 45",
    r"^preview, still private$": "a promise of privacy",
    r"\bnot only\b": "two things, none of them small",
    r"\bno hurry\b": "said to say no to it",
    r"\byou feel you have to answer\b": "a sign to take seriously, on the help page",
    r"\bthat isn’t your fault\b": "said to somebody in danger",
}
FINE_GERMAN = {
    r"\bwir können (?:dir )?einen neuen (?:link )?(?:senden|schicken)\b": "guide 45",
}
# What is looked at in each language; one that isn't here has only what holds everywhere.
TABLES = {"en": (ENGLISH, FINE_ENGLISH), "de": (GERMAN, FINE_GERMAN)}
# Words that tell at a glance what this is; with a capital where German writes a noun, since
# “ein paar” are a few.
TOLD = {
    "en": r"couple|partner|relationship|intim|\bsex|satisf|\blove|agreement|survey|check-?in",
    "de": r"beziehung|partner|(?-i:\bPaar|\bEhe)|eheberat|verlieb|geliebt|\bliebe(?!r\b)|intim|"
    r"\bsex|zufried|vereinbarung|umfrage|befragung|fragebogen|check-?in",
}
# What is written large inside a sentence: names, and what stands on a button of its own.
LARGE = re.compile(
    r"^(?:I|I’\w+|Facing|Pages|Quick|Exit|JavaScript|HTTPS|JSON|CSV|PDF|PIN|A4|Letter|MB|UTC|UK|"
    r"Settings|Private|Overview|Agreement|Talks|Shift|Save|Sign-in|Begin|Before|Also|"
    r"North|America|Europe|European|Union|Australia|[A-Z]|\w*\d\w*|.*°.*)$"
)
WORD = re.compile(r"(?:^|(?<=\s))[“‘(]*([^\W\d_][\w’-]*)")


def title_case(text: str) -> Iterator[str]:
    """Give the words a heading writes large in the middle of a sentence."""
    for sentence in re.split(r"[.?!:…“”(–]+\s*|\s{2,}", re.sub(r"<[^>]+>|%\(\w+\)s", "x", text)):
        large = [one for one in WORD.findall(sentence)[1:] if one[:1].isupper()]
        large = [one for one in large if not LARGE.match(one)]
        if len(large) > 1:
            yield " ".join(large)


def manners(text: str, language: str = "en") -> Iterator[str]:
    """Give what one sentence of a language says that the house doesn't say."""
    own, fine = TABLES.get(base_of(language), ({}, {}))
    table = EVERYWHERE | own
    bare = re.sub(r"<[^>]+>", " ", text).strip()
    if found := among(table, bare):
        for pattern in fine:
            bare = re.sub(pattern, " ", bare, flags=re.IGNORECASE)
        found = among(table, bare.strip())
    yield from found
    if base_of(language) == "en" and any(title_case(text)):
        yield "title case"


def tells(text: str) -> bool:
    """Whether words of any language tell somebody who looks over a shoulder what this is."""
    return any(re.search(told, text, re.IGNORECASE) for told in TOLD.values())


def among(table: dict[str, Manner], text: str) -> list[str]:
    """Return the names of the manners a text hurts."""
    # Capitals tell the formal you of German from the others.
    cased = {"a formal you"}
    return [
        name
        for name, manner in table.items()
        if re.search(manner.pattern, text, 0 if name in cased else re.IGNORECASE)
    ]
