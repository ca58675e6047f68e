"""What a person may submit about topics themselves: where one goes, and which comes first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.validators import ValidationError

from couples.agreement.forms import choices, text_field
from couples.agreement.topics.services import Proposal
from couples.agreement.topics.shapes import Target
from couples.text import clean_line


class MoveForm(FlaskForm):  # type: ignore[misc]
    """Put a topic aside, or make it part of another, with a note."""

    kind = RadioField(
        _l("What do you suggest?"),
        choices=choices(
            [
                ("retire", _l("Put this topic aside")),
                ("merge", _l("Make it part of another topic")),
            ]
        ),
        validate_choice=False,
    )
    into = RadioField(_l("Part of which topic?"), validate_choice=False)
    note = text_field(_l("A note beside it"), 500)
    seen = StringField(filters=[clean_line])

    def offer(self, targets: Iterable[Target]) -> None:
        """Offer the other topics."""
        self.into.choices = choices((each.topic.id, each.topic.name) for each in targets)

    def validate_kind(self, field: RadioField) -> None:
        """Ask for one of the two."""
        if field.data not in {"retire", "merge"}:
            raise ValidationError(_l("Choose one of the two"))

    def validate_into(self, field: RadioField) -> None:
        """Ask for the other topic, where it is to be part of one."""
        offered = {choice.value for choice in field.choices}
        if self.kind.data == "merge" and field.data not in offered:
            raise ValidationError(_l("Choose the topic it becomes part of"))

    @property
    def proposal(self) -> Proposal:
        """What was chosen, once it is valid."""
        return Proposal(
            self.kind.data,
            self.into.data if self.kind.data == "merge" else "",
            self.note.data,
            self.seen.data or "",
        )


class OrderForm(FlaskForm):  # type: ignore[misc]
    """Which topic goes up or down by one, and the order it was read in."""

    up = StringField(filters=[clean_line])
    down = StringField(filters=[clean_line])
    seen = StringField(filters=[clean_line])

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for one of the two."""
        fits = bool(super().validate(extra_validators))
        if fits and not (self.up.data or self.down.data):
            self.form_errors = [_l("Choose a topic to move up or down")]
            return False
        return fits

    @property
    def step(self) -> int:
        """One place towards the end, or towards the beginning."""
        return -1 if self.up.data else 1
