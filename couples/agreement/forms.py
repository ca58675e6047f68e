"""What a person may submit about needs and signing, and the fields that all forms share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from couples.agreement.listed import LISTED
from couples.agreement.needs.services import Heading
from couples.agreement.rules import LEAST_MATTERS, MOST_MATTERS, NeedWords
from couples.autosave import RevisionField
from couples.hints.forms import HintedForm
from couples.text import clean, clean_line


class Longest:
    """At most so many characters; says how many there are."""

    def __init__(self, most: int) -> None:
        """Remember the limit."""
        self.most = most

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse longer text; the page comes back with all of it."""
        over = len(field.data or "") - self.most
        if over > 0:
            raise ValidationError(
                ngettext(
                    "This holds %(most)s characters. Yours is one longer.",
                    "This holds %(most)s characters. Yours is %(num)s longer.",
                    over,
                    most=self.most,
                )
            )


def text_field(label: Any, most: int, *validators: Any, hint: Any = "") -> TextAreaField:
    """Declare a field for several lines."""
    return TextAreaField(label, [*validators, Longest(most)], filters=[clean], description=hint)


def choices(named: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Return what can be chosen: values and how they read."""
    return [SelectChoice(str(value), name) for value, name in named]


def to_matters(value: Any) -> int | None:
    """Read one to five; anything else is no answer."""
    found = {str(number): number for number in range(LEAST_MATTERS, MOST_MATTERS + 1)}
    return found.get(str(value))


class NewNeedForm(FlaskForm):  # type: ignore[misc]
    """What a new need is about."""

    listed = RadioField(
        _l("Topics"),
        choices=choices((key, topic.name) for key, topic in LISTED.items()),
        validate_choice=False,
    )
    own_words = StringField(_l("In your own words"), [Longest(80)], filters=[clean_line])
    topic = StringField()

    def validate_own_words(self, field: StringField) -> None:
        """Ask for one of the two."""
        if not (field.data or self.topic.data or self.listed.data in LISTED):
            raise ValidationError(_l("Use your own words, or choose a topic"))

    @property
    def heading(self) -> Heading:
        """The topic; own words win over a choice."""
        if self.topic.data:
            return Heading(topic_id=self.topic.data)
        if self.own_words.data:
            return Heading(own_words=self.own_words.data)
        return Heading(listed=self.listed.data)


class NeedForm(HintedForm):
    """The three questions, and how much it matters."""

    before = text_field(
        _l("What did you feel you weren’t getting before?"),
        2000,
        hint=_l("Tell it as it was for you."),
    )
    request = text_field(
        _l("What could you two do so you get it?"),
        2000,
        hint=_l("A request, small enough to picture."),
    )
    own_part = text_field(_l("What would you look after yourself?"), 2000)
    matters = RadioField(
        _l("How much does it matter to you?"),
        choices=choices(
            [
                (1, _l("1, a little")),
                (2, _l("2")),
                (3, _l("3")),
                (4, _l("4")),
                (5, _l("5, very much")),
            ]
        ),
        coerce=to_matters,
        validate_choice=False,
    )
    revision = RevisionField()

    @property
    def words(self) -> NeedWords:
        """What was written."""
        return NeedWords(self.before.data, self.request.data, self.own_part.data, self.matters.data)


class SignForm(FlaskForm):  # type: ignore[misc]
    """One's own name under the text that was read."""

    typed_name = StringField(
        _l("Your name"),
        [DataRequired(_l("Type your name to sign")), Longest(120)],
        filters=[clean_line],
    )
    read_hash = StringField(filters=[clean_line])
