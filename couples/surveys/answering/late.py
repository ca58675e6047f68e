"""What was chosen on a page that came too late, so that it can be read once more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flask_babel import gettext as _

from couples.surveys.answering.services_week import RoundPage
from couples.surveys.fields import NUMBERS, points_name, scale_sent
from couples.surveys.scales.items import LANGUAGE, Scale


class Line(NamedTuple):
    """What was asked, what was chosen, and the language both are in where it isn't the reader's."""

    asked: str
    chosen: str
    language: str = ""


def typed_answers(page: RoundPage, typed: Mapping[str, str]) -> list[Line]:
    """Return what was chosen, each with what it answers."""
    names = [_("Overall"), *(topic.name for topic in page.topics)]
    chosen = [Line(name, typed.get(f"q{place}", "")) for place, name in enumerate(names)]
    numbers = [line for line in chosen if line.chosen in NUMBERS]
    scale = scale_sent(page.scale_asked, typed)
    return [*numbers, *(_typed_items(scale, typed) if scale else ())]


def _typed_items(scale: Scale, typed: Mapping[str, str]) -> Iterator[Line]:
    for item in scale.items:
        labels = {str(points): label for label, points in item.choices}
        if label := labels.get(typed.get(points_name(item.key), "")):
            yield Line(item.words, label, LANGUAGE)
