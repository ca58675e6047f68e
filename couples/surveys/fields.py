"""The fields of a round's page that the library does not have."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from couples.surveys.scales.items import Item, Scale

SKIP = "skip"
NUMBERS = tuple("1234567")
CHOICES = frozenset({*NUMBERS, SKIP})


class ScaleField(Field):  # type: ignore[misc]
    """1 to 7, or skipped; choosing nothing is fine too."""

    choices = CHOICES
    wrong = _l("Pick a number, or skip this one")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Count as radio buttons, which is how it is drawn."""
        super().__init__(*args, **kwargs)
        self.type = "RadioField"

    def process_formdata(self, values: list[str]) -> None:
        """Take the first of doubled values, and nothing for none."""
        self.data: str | None = (values[0] or None) if values else None

    def pre_validate(self, form: Any) -> None:
        """Refuse anything but the buttons there are."""
        if self.data is not None and self.data not in self.choices:
            self.data = None
            raise ValidationError(self.wrong)

    @property
    def answer(self) -> int | None:
        """The number, or none for a skip."""
        return int(self.data) if self.data in self.choices - {SKIP} else None


class PointsField(ScaleField):
    """The points of one item of a published scale, or skipped; a chosen 0 is an answer."""

    wrong = _l("Pick an answer, or skip this one")

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        """Take the points that its item can be given."""
        super().__init__(*args, **kwargs)
        self.item = item
        self.choices = frozenset({SKIP, *map(str, item.points)})


def as_answer(shown: str) -> int | None:
    """Return the answer that a page's value stands for."""
    return None if shown == SKIP else int(shown)


def as_shown(answer: int | None) -> str:
    """Return the value that stands for an answer on a page."""
    return SKIP if answer is None else str(answer)


def points_name(key: str) -> str:
    """Return how the field of one item of the scale is called."""
    return f"s{key}"


def scale_sent(asked: Scale | None, sent: Container[str]) -> Scale | None:
    """Return the scale a round asks where the page that was sent showed it, whoever reads it now.

    Its reader may have changed the language since: what was chosen in English is not lost.
    """
    names = [points_name(item.key) for item in asked.items] if asked else []
    return asked if any(name in sent or f"was_{name}" in sent for name in names) else None


class DecisionField(Field):  # type: ignore[misc]
    """Which of the two buttons was pressed; there is no default (rule C4)."""

    def process_formdata(self, values: list[str]) -> None:
        """Take the button's value."""
        self.data: str | None = values[0] if values else None

    def pre_validate(self, form: Any) -> None:
        """Ask for one of the two."""
        if self.data not in {"share", "keep"}:
            raise ValidationError(_("Press one of the two buttons at the end"))
