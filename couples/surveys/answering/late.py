"""What was chosen on a page that came too late, so that it can be read once more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask_babel import gettext as _

from couples.surveys.answering.services_week import RoundPage
from couples.surveys.fields import NUMBERS, points_name, scale_sent
from couples.surveys.scales.items import Scale

Line = tuple[str, str]


def typed_answers(page: RoundPage, typed: Mapping[str, str]) -> list[Line]:
    """Return what was chosen, each with what it answers."""
    names = [_("Overall"), *(topic.name for topic in page.topics)]
    chosen = [(name, typed.get(f"q{place}", "")) for place, name in enumerate(names)]
    numbers = [(name, number) for name, number in chosen if number in NUMBERS]
    scale = scale_sent(page.scale_asked, typed)
    return [*numbers, *(_typed_items(scale, typed) if scale else ())]


def _typed_items(scale: Scale, typed: Mapping[str, str]) -> Iterator[Line]:
    for item in scale.items:
        labels = {str(points): label for label, points in item.choices}
        if label := labels.get(typed.get(points_name(item.key), "")):
            yield item.words, label
