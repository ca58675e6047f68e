"""Words the house never says: no promise it can't keep, no blame, nothing that tells a title.

Looked for in every sentence that goes through the translator, in titles and in paths (C8, B4, D5,
D6, J10); what a page makes of them is looked at in the browser by tests/journeys/watching.py, what
a letter makes of them by tests/mail/test_every_letter.py. The browser's own stores and writing into
the page as HTML are looked for in our scripts (D7, ASVS 3.2.2).
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
SAID = {
    "blame (C8)": r"\bbreach|violat|\boverdue\b|non-?complian|\bpenalt|score of your partner",
    "points (C8)": r"\bstreaks?\b|\bscores?\b|\bpoints\b|\branking\b",
    "what the other did (B4, B5)": r"\d of 2\b|one of two\b|waiting for|has answered|last seen",
    "a promise (D5, J10)": r"untraceable|anonymous|end-to-end|cannot be seen|completely private|"
    r"\b(?:is|are|keeps?|kept|perfectly|totally) (?:safe|secure)\b|military|unhackable",
    "shouting": r"[A-Za-z]!(?:\s|$)",
}
TOLD = r"couple|partner|relationship|intim|\bsex|satisf|\blove|agreement|survey|check-?in"
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
TITLE = re.compile(r"block title[ -]*%\}(.*?)\{%-? *endblock|<title>(.*?)</title>", re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)
ROUTES = {"get", "post", "put", "delete", "route"}


def said(text: str) -> Iterator[str]:
    """Give what is wrong with one sentence."""
    if text in ALLOWED:
        return
    for name, pattern in SAID.items():
        if re.search(pattern, text, re.IGNORECASE):
            yield name


def sentences(template: str) -> list[str]:
    """Return every sentence of a template that goes through the translator."""
    return [found[2] for found in SENTENCE.finditer(template)]


def titles(template: str) -> list[str]:
    """Return what a template puts into the title of its page, the names of values left out."""
    found = [first or second for first, second in TITLE.findall(template)]
    return [re.sub(r"\{%.*?%\}|, *\w+=[\w.]+", " ", one) for one in found]


def in_template(text: str) -> Iterator[str]:
    """Give what is wrong with one template."""
    yield from (f"{bad}: {one}" for one in sentences(text) for bad in said(one))
    yield from (f"a title that tells (D6): {one}" for one in titles(text) if tells(one))


def tells(text: str) -> bool:
    """Whether words tell somebody who looks over a shoulder what this is."""
    return bool(re.search(TOLD, text, re.IGNORECASE))


def in_python(source: str) -> Iterator[str]:
    """Give what is wrong with the sentences and the paths of one file of code."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        given = [one.value for one in node.args if isinstance(one, ast.Constant)]
        texts = [one for one in given if isinstance(one, str)]
        if name in {"_", "_l", "gettext", "lazy_gettext", "ngettext", "_n"}:
            yield from (f"{bad}: {one}" for one in texts for bad in said(one))
        elif name in ROUTES:
            paths = [one for one in texts if one.startswith("/")]
            yield from (f"a path that tells (D6): {one}" for one in paths if tells(one))


def in_script(text: str) -> Iterator[str]:
    """Give what is wrong with one script."""
    code = COMMENT.sub(" ", text)
    yield from (name for name, bad in SCRIPTS.items() if re.search(bad, code))


def main() -> int:
    """Look through templates, code and scripts; name what is forbidden."""
    found = []
    for folder, pattern, look in (
        ("templates", "*.*", in_template),
        ("couples", "*.py", in_python),
        ("couples/static", "*.js", in_script),
    ):
        for path in sorted((HOME / folder).rglob(pattern)):
            text = path.read_text(encoding="utf-8")
            found += [f"{path.relative_to(HOME)}: {problem}" for problem in look(text)]
    print(*found, f"{len(found)} problems", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
