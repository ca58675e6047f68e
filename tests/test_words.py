"""How the house speaks (guide §3): every manner is looked after, and no moment of it gets lost."""

from __future__ import annotations

import json
import re
from functools import cache, partial
from pathlib import Path

import check_words as words
import pytest
from babel.messages.pofile import read_po
from manners import (
    ENGLISH,
    EVERYWHERE,
    FINE_ENGLISH,
    FINE_GERMAN,
    GERMAN,
    TABLES,
    TOLD,
    manners,
    tells,
)

from couples import hints
from couples.languages import WRITTEN_AS, base_of

HOME = Path(__file__).parent.parent
SHOUTED = {
    "shouting": "Saved!",
    "an emoji": "You’re linked 🎉",
    "straight quotes": "You're linked.",
    "three dots": "Sending...",
}
SAID_IN_ENGLISH = {
    "up and down (guide 3)": "Your answers improved.",
    "keeping count": "You missed a week.",
    "belittling or hurrying": "Jonas still hasn’t joined.",
    "praise": "Great job",
    "guilt": "You forgot to answer.",
    "therapy": "Talk about your triggers.",
    "machine room": "Invalid input",
    "a spelling of email": "Your e-mail",
    "we who isn’t the two": "We sent it from our server.",
    "a button that doesn’t say": "OK",
}
SAID_IN_GERMAN = {
    "up and down (guide 3)": "Eure Werte haben sich verbessert.",
    "keeping count": "Du hast eine Woche verpasst.",
    "belittling or hurrying": "Das geht leider immer noch nicht.",
    "praise": "Super, das war toll.",
    "guilt": "Hoppla, da ging etwas schief.",
    "therapy": "Eine Übung in Achtsamkeit.",
    "machine room": "Ungültige Eingabe",
    "a spelling of email": "Deine Email",
    "we who isn’t the two": "Wir senden dir einen Link.",
    "a formal you": "Geben Sie Ihr Passwort ein.",
    "a guess who somebody is": "Deine Partnerin hat geantwortet.",
    "a name with a German s": "%(name)ss Seite",
    "English quotes": "Sag “so ist es”.",
    "a button that doesn’t say": "OK",
}
NEVER = {
    "en": {
        "blame (C8)": "This is overdue.",
        "points (C8)": "Seven points this week",
        "what the other did (B4, B5)": "Jonas has answered.",
        "a promise (D5, J10)": "Your words are safe.",
        "shouting": "Done!",
    },
    "de": {
        "blame (C8)": "Deine Antwort ist überfällig.",
        "points (C8)": "Sieben Punkte in dieser Woche",
        "what the other did (B4, B5)": "%(name)s hat noch nicht geantwortet.",
        "a promise (D5, J10)": "Hier ist alles völlig sicher.",
    },
}
TELLING = (
    *("A Survey", "Your partner", "Our agreement", "Your check-in", "Love, day by day"),
    *("Deine Beziehung", "Dein Partner", "Für Paare", "Eure Ehe", "Eure Liebe", "Wie verliebt"),
    *("Eure Vereinbarung", "Wie zufrieden", "Eine Umfrage", "Eine Befragung", "Der Fragebogen"),
    *("Dein Check-in", "Intimes", "Über Sex"),
)
BOOK = 'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "{}"\nmsgstr "{}"\n'
PLANTED = (
    ("_ in a template", words.in_template, "<p>{{ _('You missed a week.') }}</p>"),
    ("the one of many", words.in_template, "{{ ngettext('It failed.', 'All is well.', n) }}"),
    ("the many of many", words.in_template, "{{ ngettext('One.', 'We sent %(num)s.', n) }}"),
    ("a button", words.in_template, "<button>{{ _('Yes') }}</button>"),
    ("_l in code", words.in_python, "class Bad:\n    sentence = _l('Invalid input')"),
    (
        "a question",
        words.in_prompts,
        json.dumps({"language": "en", "questions": {"a": ["Great?"]}}),
    ),
    ("a question", words.in_prompts, json.dumps({"language": "de", "questions": {"a": ["Toll?"]}})),
    (
        "a hint",
        partial(words.in_voices, language="en"),
        "Voice('a', 'QUOTE is toxic.', f'Well. {YOURS}', ('I …',))",
    ),
    (
        "a hint",
        partial(words.in_voices, language="de"),
        "Voice('a', 'QUOTE ist toxisch.', 'So.', ())",
    ),
    ("a help line", words.in_help_lines, "[[line]]\nname = 'Great'\ncountry = 'Awesome'"),
    (
        "a help line",
        words.in_help_lines,
        "[[line]]\nname = 'A'\ncountry = 'B'\ncountry_in = {de = 'Ungültig'}",
    ),
    ("a title", words.in_template, "{% block title %}{{ _('Your agreement') }}{% endblock %}"),
    ("a preheader", words.in_template, "{% block preheader %}{{ _('Love') }}{% endblock %}"),
    ("a subject", words.in_subject, "{{ _('Your agreement') }}"),
    ("a translation", words.in_book, BOOK.format("Saved.", "Prima.")),
    ("a translation", words.in_book, BOOK.format("Saved.", "Sieben Punkte.")),
    ("a translated title", words.in_book, BOOK.format("Document", "Vereinbarung")),
    ("a translated subject", words.in_book, BOOK.format("A quiet moment", "Eure Beziehung")),
    (
        "a translated preheader",
        words.in_book,
        BOOK.format("To look at when it suits you.", "Wie zufrieden ihr seid."),
    ),
    (
        "one of a translation's many",
        words.in_book,
        'msgid ""\nmsgstr "Language: de\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "One."\nmsgid_plural "Many."\nmsgstr[0] "Eine."\nmsgstr[1] "Leider viele."\n',
    ),
)
# Where each moment of the guide is said. Where product.md or a mock-up's words took the place of
# the guide's (10, 17, 30, 31, 34, 38, 42), these are the words that stand for it.
MOMENTS = {
    1: ("Say what you need.", "Hear each other out."),
    2: (
        "You can leave any page at once with Quick exit, or by pressing Shift three times.",
        "It can’t erase your browser history.",
    ),
    3: ("I’ve started a page for the two of us. There’s one for you, only if you’d like it.",),
    4: ("You and %(name)s are linked. You each see the same things.",),
    5: ("Not joined yet. You can write meanwhile; nothing is shown.",),
    6: ("What would you like more of?", "One line is enough to begin."),
    7: ("What did you feel you weren’t getting before?",),
    8: ("What could you two do so you get it?",),
    9: ("What would you look after yourself?", "So it isn’t all on %(name)s."),
    11: ("Saved at %(moment)s. Only you can see it.",),
    12: ("I’m ready to open our pages",),
    13: ("Your page is folded", "You’ll open both at the same moment."),
    14: ("Both pages are ready", "Open them when you’re both sitting comfortably."),
    15: ("Read first. Nothing needs deciding tonight.",),
    16: ("%(name)s didn’t write about this one. You could ask about it.",),
    17: (
        "%(name)s suggests a change",
        "Nothing changes until you’ve both said yes. No reply is due.",
    ),
    18: ("Talk about it first",),
    19: ("Type your name to say: I mean this today, and I’ll tell you if it changes.",),
    20: ("Not signed yet. There’s no deadline.",),
    21: ("A few minutes, when it suits you",),
    22: ("Open it somewhere comfortable. It takes about a minute.",),
    23: ("Your page for this week is open.", "If this isn’t the week for it, that’s fine too."),
    24: ("Still open until %(moment)s",),
    25: ("Your page closes on %(moment)s (%(zone)s time).", "This is the only reminder."),
    26: (
        "Your answers are in",
        "You’ll see the week together on %(day)s at %(clock)s, if you’ve both shared.",
    ),
    27: ("Kept to yourself", "%(name)s sees an empty week, like any skipped one."),
    28: ("No answer this week", "The next one is on %(day)s."),
    29: ("Nothing opened this week", "What you wrote is still with you."),
    30: (
        "Your last answers are lower than your usual",
        "Would you like to note why, just for you, or bring it to the talk?",
    ),
    31: ("Your last answers are higher than your usual",),
    32: (
        "You see this one differently",
        "A difference isn’t a fault. Often one of you has seen something the other hasn’t had "
        "reason to notice.",
    ),
    33: ("“What does a good week look like for you here?”",),
    34: ("Your talk of %(day)s was called off. Pick another time?",),
    35: (
        "Take a break from check-ins",
        "%(name)s isn’t told. Your weeks look the same as any unanswered week.",
    ),
    36: (
        "You can leave alone, without a reason. You each keep your own words and a copy of what "
        "you both signed.",
    ),
    37: ("This link has ended. Your own pages are still here.",),
    38: (
        "In seven days",
        "you can keep your account at any time",
        "Your words go; in %(name)s’s copy they are replaced by “removed”.",
    ),
    39: ("That email and password don’t match. Check both, or set a new password.",),
    40: ("Add the part after the @, like maya@example.org",),
    41: ("Pick a number, or skip this one",),
    42: ("Not saved yet. What you typed is still on this page, and is tried again by itself.",),
    43: ("Too many tries for now", "You can try again at %(time)s."),
    44: ("This page was open a long time", "Your words are still here. Send again."),
    45: ("This link has been used or has run out.", "We can send a new one."),
}


@cache
def everything_said() -> str:
    """Every sentence that goes through the translator, one a line."""
    said: list[str] = []
    for path in (HOME / "templates").rglob("*.*"):
        said += words.sentences(path.read_text(encoding="utf-8"))
    for folder in ("couples", "tasks"):
        for path in (HOME / folder).rglob("*.py"):
            said += words.texts(path.read_text(encoding="utf-8"))
    return "\n".join(said)


@cache
def everything_said_in_german() -> str:
    """Every sentence of the German translation, one a line."""
    with (HOME / "couples/translations/de/LC_MESSAGES/messages.po").open("rb") as file:
        book = read_po(file)
    return "\n".join(one for message in book for one in words.forms(message))


@pytest.mark.parametrize(("rule", "text"), (SHOUTED | SAID_IN_ENGLISH).items())
def test_guide_3_english_says_no_such_thing(rule: str, text: str) -> None:
    assert rule in set(manners(text)), text


@pytest.mark.parametrize(("rule", "text"), (SHOUTED | SAID_IN_GERMAN).items())
def test_guide_3_german_says_no_such_thing(rule: str, text: str) -> None:
    assert rule in set(manners(text, "de")), text


def test_guide_3_headings_are_written_like_sentences() -> None:
    assert "title case" in set(manners("How We Talk To Each Other"))
    assert not list(manners("How we talk. Settings, on Sunday"))


def test_every_manner_has_a_reason_and_a_planted_fault() -> None:
    assert set(EVERYWHERE) == set(SHOUTED)
    assert set(ENGLISH) == set(SAID_IN_ENGLISH)
    assert set(GERMAN) == set(SAID_IN_GERMAN)
    assert all(one.why for table in (EVERYWHERE, ENGLISH, GERMAN) for one in table.values())
    assert all((FINE_ENGLISH | FINE_GERMAN).values())


@pytest.mark.parametrize("language", NEVER)
def test_C8_D5_each_language_has_what_is_never_said_and_a_planted_fault(language: str) -> None:
    assert set(NEVER[language]) == set(words.SAID[language])
    for rule, text in NEVER[language].items():
        assert rule in set(words.said(text, language)), text


@pytest.mark.parametrize("text", TELLING)
def test_D6_a_title_that_tells_is_known_in_each_language(text: str) -> None:
    assert tells(text)


def test_D6_what_tells_nothing_may_be_a_title() -> None:
    assert not tells("Ein paar Minuten, wann es dir passt")
    assert not tells("Lieber später, ehe es eilt")


def test_C7_only_those_who_asked_for_it_get_a_plain_subject() -> None:
    subjects = [one.read_text("utf-8") for one in (HOME / "templates/email").glob("*/subject.txt")]
    said = {one for text in subjects for one in words.sentences(text)}
    assert {one for one in said if tells(one)} == words.PLAIN
    assert not words.PLAIN & words.at_a_glance()
    assert not list(words.in_book(BOOK.format("Your check-in is open", "Dein Check-in ist offen")))


def test_no_language_is_offered_whose_words_nobody_looks_at() -> None:
    offered = {base_of(one) for one in WRITTEN_AS}
    assert offered <= set(TABLES) == set(TOLD) == set(words.SAID) == set(NEVER)
    looks = {look.keywords["language"] for _, _, look in words.voices()}
    assert looks == set(hints.LANGUAGES)


def test_english_is_english_in_every_region() -> None:
    assert list(manners("Great job", "en-US")) == list(manners("Great job")) == ["praise"]


def test_what_is_fine_once_is_not_fine_everywhere() -> None:
    assert not list(manners("Saved. Only you can see it."))
    assert list(manners("Only two of you answered. Only you can see it."))
    assert not list(manners("What you typed is still on this page."))
    assert list(manners("Jonas is still not here."))


@pytest.mark.parametrize("pattern", [*FINE_ENGLISH, *FINE_GERMAN])
def test_what_is_fine_is_said_somewhere(pattern: str) -> None:
    asked = (HOME / "couples/talks/prompts/en.json").read_text(encoding="utf-8").replace('"', "")
    said = everything_said() + asked if pattern in FINE_ENGLISH else everything_said_in_german()
    assert re.search(pattern, said, re.IGNORECASE | re.MULTILINE), "nobody says it: take it out"


@pytest.mark.parametrize(("_what", "look", "text"), PLANTED)
def test_every_place_that_speaks_is_looked_at(_what: str, look: words.Look, text: str) -> None:
    assert list(look(text)), text


@pytest.mark.parametrize("moment", sorted(MOMENTS))
def test_guide_3_each_moment_is_said(moment: int) -> None:
    for sentence in MOMENTS[moment]:
        assert sentence in everything_said(), f"moment {moment} of the guide: {sentence}"


def test_guide_10_the_hint_says_how_it_can_sound_and_that_nobody_else_sees_it() -> None:
    told = (HOME / "couples/hints/voices_english.py").read_text(encoding="utf-8")
    assert "QUOTE can sound like a verdict." in told
    assert "Perhaps start from how it was for you" in told
    assert 'YOURS = "Only you see this."' in told


def test_guide_3_no_moment_is_left_out() -> None:
    assert set(MOMENTS) | {10} == set(range(1, 46))
