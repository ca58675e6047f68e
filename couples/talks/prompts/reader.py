"""Reading the lists of open questions, and finding one; each has its place, none is drawn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from flask import Flask, current_app

from couples.agreement.listed import LISTED
from couples.languages import base_of
from couples.settings import BadSetting
from couples.surveys.rules import OVERALL

HERE = Path(__file__).parent
# Every list has at least one question for each of these.
GENERAL, STEP = "general", "step"
GROUPS = (OVERALL, *LISTED, GENERAL, STEP)
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Prompt:
    """One open question, the language it is written in, and its place among those like it."""

    words: str
    lang: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Prompts:
    """One list: its language, and its questions by topic."""

    language: str
    questions: Mapping[str, tuple[str, ...]]

    def at(self, key: str | None, place: int) -> Prompt:
        """Return a question about a topic; counting on past the last one begins again."""
        found = self.questions.get(key or GENERAL) or self.questions[GENERAL]
        place %= len(found)
        return Prompt(found[place], self.language, place)


@dataclass(frozen=True, slots=True)
class Library:
    """The bundled lists by language, or the operator's one for every language."""

    by_language: Mapping[str, Prompts]
    own: Prompts | None = None

    def list_for(self, locale: Locale | str | None) -> Prompts:
        """Return the list of a language; a language without one gets the English list."""
        tag = str(locale or "").replace("-", "_")
        names = (tag, base_of(tag), "en")
        return self.own or next(
            self.by_language[name] for name in names if name in self.by_language
        )


def read(path: Path) -> Prompts:
    """Read one list; raise ValueError, with the reason in one line, where it cannot be used."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Prompts(_language(found["language"]), _questions(found["questions"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as problem:
        reason = " ".join(str(problem).split())
        raise ValueError(f"{type(problem).__name__}, {reason}") from problem


def _language(name: Any) -> str:
    """Return a language as pages name it."""
    if not isinstance(name, str):
        raise TypeError("language must be a text")
    try:
        Locale.parse(name, sep="-")
    except UnknownLocaleError as problem:
        raise ValueError(f"language must be one that is known, like en, not {name}") from problem
    return name


def _questions(groups: Any) -> dict[str, tuple[str, ...]]:
    """Return the questions by topic: every topic has some, and no other is named."""
    if not isinstance(groups, dict):
        raise TypeError("questions must be given by topic")
    unlike = sorted(set(groups) ^ set(GROUPS))
    if unlike:
        raise ValueError(f"the topics must be {', '.join(GROUPS)}; look at {', '.join(unlike)}")
    return {key: _group(key, groups[key]) for key in GROUPS}


def _group(key: str, questions: Any) -> tuple[str, ...]:
    if not isinstance(questions, list) or not questions:
        raise ValueError(f"{key} must hold at least one question")
    for words in questions:
        if not isinstance(words, str) or not _is_question(words):
            raise ValueError(f"{key} must hold questions of one line, each ending with “?”")
    return tuple(questions)


def _is_question(words: str) -> bool:
    """Whether it is one line, not too long to be added as it is, that ends as a question does."""
    # A question mark of other scripts is one too.
    return words.isprintable() and len(words) <= LONGEST and words.endswith(("?", "؟", "？"))


def start(app: Flask, own: Path | None) -> None:
    """Read all lists once, at the start; BadSetting where the operator's cannot be used."""
    bundled = {path.stem: read(path) for path in sorted(HERE.glob("*.json"))}
    try:
        app.extensions["prompts"] = Library(bundled, read(own) if own else None)
    except ValueError as problem:
        raise BadSetting(f"PROMPTS_FILE cannot be used: {problem}.") from problem


def prompts_for(locale: Locale | str | None) -> Prompts:
    """Return all open questions for a reader of this language."""
    library: Library = current_app.extensions["prompts"]
    return library.list_for(locale)


def prompt_for(topic_key: str | None, place: int, locale: Locale | str | None) -> Prompt:
    """Return one open question about a listed topic, or about any.

    `place` counts from none: how many talks came before, and how often another was asked for.
    """
    return prompts_for(locale).at(topic_key, place)
