"""The shapes of wording help: a hint, the rule that finds one, and how much a field wants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["words", "need", "request"]
Tier = Literal["phrase", "nudge", "structure", "vague", "care"]


@dataclass(frozen=True, slots=True, repr=False)
class Hint:
    """One gentle hint for the person who writes; "care" has no words, only the help link."""

    key: str
    tier: Tier
    quote: str
    lead: str
    text: str
    starters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """What a family of rules says; QUOTE in the lead stands for the writer's words."""

    key: str
    lead: str
    text: str
    starters: tuple[str, ...]
    tier: Tier = "phrase"


@dataclass(frozen=True, slots=True)
class Rule:
    """One family's phrases, one a line, and what excuses a sentence from them.

    A rule looks at a sentence without its covered clauses, unless it is `bare`; a `begin` rule
    only where a clause begins. How a line is written stands in `english_words`.
    """

    family: str
    lines: str
    unless: str = ""
    bare: bool = False
    begin: bool = False
