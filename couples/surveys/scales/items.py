"""The items of a published scale, as its data file holds them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

from couples.languages import base_of

Name = Literal["csi4", "csi16"]
# Items are asked in the language they were published in: there is no unofficial translation.
LANGUAGE = "en"


@dataclass(frozen=True)  # no slots: what a page asks hundreds of times is found out once
class Item:
    """One item: its number in the long form, and the answers in the order they are printed.

    A pair has no words of its own: its answers are numbers between two words.
    """

    key: str
    words: str
    choices: tuple[tuple[str, int], ...]
    pair: tuple[str, str] | None = None

    @cached_property
    def points(self) -> frozenset[int]:
        """The points that can be given."""
        return frozenset(points for _label, points in self.choices)

    def label(self, points: int | None) -> str:
        """Return an answer in the scale's own words, or nothing for a skip."""
        return next((label for label, worth in self.choices if worth == points), "")


@dataclass(frozen=True, slots=True)
class Group:
    """Items under one leading sentence, which may be empty."""

    lead: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Scale:
    """A published scale; scores below `below` are under its published cut."""

    name: Name
    title: str
    citation: str
    notice: str
    lowest: int
    highest: int
    below: float
    groups: tuple[Group, ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item in order."""
        return tuple(item for group in self.groups for item in group.items)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The number of every item."""
        return frozenset(item.key for item in self.items)

    @cached_property
    def allowed(self) -> Mapping[str, frozenset[int]]:
        """The points that can be given, by item."""
        return {item.key: item.points for item in self.items}


@cache
def scale(name: Name) -> Scale:
    """Return a scale from its data file."""
    text = files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    held: dict[str, Any] = json.loads(text)
    return Scale(**{**held, "groups": tuple(_groups(held["groups"]))})


def _groups(groups: Iterable[Mapping[str, Any]]) -> Iterable[Group]:
    for group in groups:
        yield Group(group["lead"], tuple(_item(item) for item in group["items"]))


def _item(item: Mapping[str, Any]) -> Item:
    if "pair" not in item:
        return Item(item["item"], item["words"], tuple((one, n) for one, n in item["choices"]))
    left, right = item["pair"]
    numbers = tuple((str(points), points) for points in item["points"])
    return Item(item["item"], f"{left} – {right}", numbers, (left, right))


def is_asked_in(language: str) -> bool:
    """Whether a reader of this language is asked at all."""
    return base_of(language) == LANGUAGE
