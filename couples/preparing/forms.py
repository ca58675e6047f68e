"""What a person may write before an agreement."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length, ValidationError

from couples.autosave import RevisionField
from couples.hints.forms import HintedForm
from couples.preparing.services_reflection import Answers
from couples.text import clean

ROOM_FOR_ANSWER = 4000
ROOM_FOR_WORDS = 2000


def text_field(label: Any, most: int, hint: Any) -> TextAreaField:
    """Declare a field for several lines that says how much is too much."""
    sentence = _l(
        "%(length)d characters are more than there is room for: %(max)d. "
        "Nothing is lost; shorten it and save again."
    )
    room = Length(max=most, message=sentence)
    return TextAreaField(label, [room], filters=[clean], description=hint)


class ReflectionForm(FlaskForm):  # type: ignore[misc]
    """The two questions."""

    motives = text_field(
        _l("What do you hope will be different this time?"),
        ROOM_FOR_ANSWER,
        _l("And what draws you to it? As honestly as you can."),
    )
    own_part = text_field(
        _l("What was your own part in how it was?"),
        ROOM_FOR_ANSWER,
        _l("Your share of it, neither more nor less."),
    )
    revision = RevisionField(default="0")

    @property
    def answers(self) -> Answers:
        """What was written."""
        return Answers(self.motives.data, self.own_part.data)


class AirForm(HintedForm):
    """What one owns up to."""

    words = text_field(
        _l("What I own up to"),
        ROOM_FOR_WORDS,
        _l("Your own part, from “I”: what you did or left undone. Nothing about the other."),
    )
    revision = RevisionField(default="0")

    @property
    def is_ready(self) -> bool:
        """Whether the words are to be folded once they are kept."""
        return bool(self.then.data == "ready")

    def validate_words(self, field: TextAreaField) -> None:
        """Ask for words where they are said to be ready."""
        if self.is_ready and not field.data:
            raise ValidationError(_l("Write at least one line first"))
