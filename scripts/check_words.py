"""Words the house never says: no promise it can't keep, no blame, nothing that tells a title.

Looked for in every sentence that goes through the translator, in titles and in paths (C8, B4, D5,
D6, J10), in their translations by the words of each language, and in what is said elsewhere: open
questions, hints, help lines. How the house speaks, language by language, is in manners.py; what a
page makes of it is looked at in the browser by tests/journeys/watching.py, what a letter makes of
it by tests/mail/test_every_letter.py. The browser's own stores and writing into the page as HTML
are looked for in our scripts (D7, ASVS 3.2.2).
"""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from manners import manners, tells

from couples.languages import base_of

HOME = Path(__file__).resolve().parent.parent
SAID = {
    "en": {
        "blame (C8)": r"\bbreach|violat|\boverdue\b|non-?complian|\bpenalt|score of your partner",
        "points (C8)": r"\bstreaks?\b|\bscores?\b|\bpoints\b|\branking\b",
        "what the other did (B4, B5)": r"\d of 2\b|one of two\b|waiting for|"
        r"has answered|last seen",
        "a promise (D5, J10)": r"untraceable|anonymous|end-to-end|cannot be seen|"
        r"completely private|\b(?:is|are|keeps?|kept|perfectly|totally) (?:safe|secure)\b|military|"
        r"unhackable",
        "shouting": r"[A-Za-z]!(?:\s|$)",
    },
    "de": {
        "blame (C8)": r"verst[oö]ß|verletzung|überfällig|in verzug|\bstrafe|bestraf|"
        r"\b(?:ge)?mahn(?:t|ung)|\bgebrochen|wortbr[uü]ch|nicht (?:ein)?gehalten",
        "points (C8)": r"\bpunkten?\b|punkt(?:zahl|e?stand)|\bserien?\b|rangliste|gesamtnote|"
        r"\brekorde?\b|\bstreaks?\b|\bscores?\b",
        "what the other did (B4, B5)": r"\d von 2\b|\beine[rs]? von (?:zwei|euch beiden)\b|"
        r"\bhat (?:schon |bereits |noch nicht |nicht )?geantwortet|zuletzt (?:gesehen|online)|"
        r"\bwart(?:e[nt]?|est) auf %\(|\bwart(?:e[nt]?|est) auf (?:dein|das) gegenüber",
        "a promise (D5, J10)": r"anonym|ende-zu-ende|end-to-end|verfolgbar|unsichtbar|unknackbar|"
        r"militär|(?:nicht|niemandem) gesehen werden|niemand (?:kann|wird) \w+ (?:je )?sehen|"
        r"(?:völlig|ganz|absolut|vollkommen|komplett|total) (?:privat|sicher|vertraulich|geheim)|"
        r"\b(?:ist|sind|bleibt|bleiben) sicher\b|(?<!ob es )\bsicher (?:ist|sind)\b",
    },
}
# Subjects of those who chose that letters say what they are (C7).
PLAIN = {
    "A date you set: your agreement",
    "Your check-in has closed",
    "Your check-in is open",
    "Your check-in is open until %(moment)s",
    "Your weekly check-in is open",
}
SCRIPTS = {
    "a store of the browser (D7)": r"localStorage|sessionStorage|indexedDB|serviceWorker|caches\.",
    "HTML out of text": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Func",
    "a cookie set by script": r"document\.cookie",
    "another host": r"[\"'`](?:https?:)?//[a-z]",
}
# Sentences that say such a word in order to say no to it, that quote a published scale, or that
# name a time one has proposed oneself, which both see; and labels of one's own export.
ALLOWED = (
    "No points, no streaks, no overall score, no advice on whether to stay.",
    "No scores, no streaks.",
    "Scores in this range are often reported by people who feel unhappy in the relationship.",
    "Waiting for a yes. No reply is due.",
    "Waiting for the review",
    "Points",
)
SENTENCE = re.compile(r"(?<![\w.])(?:_|_l|gettext)\(\s*(['\"])(.+?)(?<!\\)\1", re.DOTALL)
PLURAL = re.compile(r"ngettext\(\s*(['\"])(.+?)(?<!\\)\1,\s*(['\"])(.+?)(?<!\\)\3", re.DOTALL)
# What stands in a tab, or beside a letter's subject before it is opened.
TITLE = re.compile(
    r"block (?:title|preheader)[ -]*%\}(.*?)\{%-? *endblock|<title>(.*?)</title>", re.DOTALL
)
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)
Look = Callable[[str], Iterator[str]]
SPOKEN = {"_", "_l", "gettext", "lazy_gettext", "ngettext", "_n"}
ROUTES = {"get", "post", "put", "delete", "route"}


def said(text: str, language: str = "en", source: str = "") -> Iterator[str]:
    """Give what is wrong with one sentence, or with the translation of a source."""
    if (source or text) not in ALLOWED:
        never = SAID.get(base_of(language), {})
        yield from (one for one, bad in never.items() if re.search(bad, text, re.IGNORECASE))
    yield from manners(text, language)


def sentences(template: str) -> list[str]:
    """Return every sentence of a template that goes through the translator."""
    many = [one for found in PLURAL.finditer(template) for one in found.group(2, 4)]
    return [found[2] for found in SENTENCE.finditer(template)] + many


def titles(template: str) -> list[str]:
    """Return what a template puts into a title or a preheader, the names of values left out."""
    found = [first or second for first, second in TITLE.findall(template)]
    return [re.sub(r"\{%.*?%\}|, *\w+=[\w.]+", " ", one) for one in found]


def in_template(text: str) -> Iterator[str]:
    """Give what is wrong with one template."""
    yield from (f"{bad}: {one}" for one in sentences(text) for bad in said(one))
    yield from (f"a title that tells (D6): {one}" for one in titles(text) if tells(one))
    # As a value in one's own file "Yes" is an answer; as a button it asks to be guessed.
    for one in {"Yes", "No"}.intersection(sentences(text)):
        yield f"a button that doesn’t say: {one}"


def in_subject(text: str) -> Iterator[str]:
    """Give the subjects of one letter that tell what this is, but those somebody asked for."""
    told = {one for one in sentences(text) if tells(one)} - PLAIN
    yield from (f"a subject that tells (C7): {one}" for one in sorted(told))


@lru_cache(maxsize=1)
def at_a_glance() -> frozenset[str]:
    """Return every sentence that a title, a preheader or a subject nobody asked for holds."""
    found: set[str] = set()
    for path in (HOME / "templates").rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        found.update(one for title in titles(text) for one in sentences(title))
        found.update(set(sentences(text)) - PLAIN if path.name == "subject.txt" else ())
    return frozenset(found)


@lru_cache(maxsize=1)
def nodes(source: str) -> list[ast.AST]:
    """Return all of one file of code, flat."""
    return list(ast.walk(ast.parse(source)))


def called(source: str, names: set[str]) -> Iterator[list[str]]:
    """Give the strings every call of one of these names is given."""
    for node in nodes(source):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        given = [one.value for one in node.args if isinstance(one, ast.Constant)]
        if name in names:
            yield [one for one in given if isinstance(one, str)]


def texts(source: str) -> list[str]:
    """Return every sentence of code that goes through the translator."""
    return [one for given in called(source, SPOKEN) for one in given]


def in_python(source: str) -> Iterator[str]:
    """Give what is wrong with the sentences and the paths of one file of code."""
    yield from (f"{bad}: {one}" for one in texts(source) for bad in said(one))
    paths = [one for given in called(source, ROUTES) for one in given if one.startswith("/")]
    yield from (f"a path that tells (D6): {one}" for one in paths if tells(one))


def in_script(text: str) -> Iterator[str]:
    """Give what is wrong with one script."""
    code = COMMENT.sub(" ", text)
    yield from (name for name, bad in SCRIPTS.items() if re.search(bad, code))


def in_prompts(text: str) -> Iterator[str]:
    """Give what is wrong with one language's open questions."""
    told = json.loads(text)
    asked = [one for several in told["questions"].values() for one in several]
    yield from (f"{bad}: {one}" for one in asked for bad in manners(one, told["language"]))


def in_voices(source: str, language: str) -> Iterator[str]:
    """Give what is wrong with what hints say; what they offer to write is the writer's own."""
    calls = [one for one in nodes(source) if isinstance(one, ast.Call)]
    for call in calls:
        if not (isinstance(call.func, ast.Name) and call.func.id == "Voice"):
            continue
        for given in call.args[1:3]:
            parts = [one.value for one in ast.walk(given) if isinstance(one, ast.Constant)]
            text = "".join(one for one in parts if isinstance(one, str))
            yield from (f"{bad}: {text}" for bad in manners(text, language))


def in_help_lines(text: str) -> Iterator[str]:
    """Give what is wrong with what is said beside the help lines; their names are their own."""
    for line in tomllib.loads(text).get("line", []):
        for language, one in {"en": line.get("country", ""), **line.get("country_in", {})}.items():
            yield from (f"{bad}: {one}" for bad in manners(one, language))


def in_book(text: str) -> Iterator[str]:
    """Give what is wrong with one language's translations."""
    book = read_po(text.encode("utf-8").splitlines(keepends=True))
    language = str(book.locale or "")
    for message in book:
        source = message.id if isinstance(message.id, str) else message.id[0]
        for one in forms(message):
            yield from (f"{bad}: {one}" for bad in said(one, language, source))
            if source in at_a_glance() and tells(one):
                yield f"a title or subject that tells (D6, C7): {one}"


def forms(message: Message) -> list[str]:
    """Return what one sentence is in another language: one for one, one for many."""
    if not message.id:
        return []
    return [message.string] if isinstance(message.string, str) else [*(message.string or ())]


def voices() -> Iterator[tuple[str, str, partial[Iterator[str]]]]:
    """Give a look for the hints of each language, which their file's name says in English."""
    tags = {name.lower(): tag for tag, name in Locale("en").languages.items()}
    for path in sorted((HOME / "couples/hints").glob("voices_*.py")):
        language = tags[path.stem.removeprefix("voices_")]
        yield "couples/hints", path.name, partial(in_voices, language=language)


LOOKS: tuple[tuple[str, str, Look], ...] = (
    ("templates", "*.*", in_template),
    ("templates/email", "subject.txt", in_subject),
    ("couples", "*.py", in_python),
    ("tasks", "*.py", in_python),
    ("couples/talks/prompts", "*.json", in_prompts),
    *voices(),
    ("couples", "help_lines.toml", in_help_lines),
    ("couples/translations", "*.po", in_book),
    ("couples/static", "*.js", in_script),
)


def main() -> int:
    """Look through all that speaks; name what is forbidden."""
    found = []
    for folder, pattern, look in LOOKS:
        for path in sorted((HOME / folder).rglob(pattern)):
            text = path.read_text(encoding="utf-8")
            found += [f"{path.relative_to(HOME)}: {problem}" for problem in look(text)]
    print(*found, f"{len(found)} problems", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
