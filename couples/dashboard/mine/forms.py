"""What a person may submit in their own view."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import AnyOf

from couples.dashboard.cards.rules import SCALE
from couples.surveys.rules import OVERALL


class UsualForm(FlaskForm):  # type: ignore[misc]
    """Of which question a new usual is taken, or the first one counts again."""

    about = StringField(validators=[AnyOf((OVERALL, SCALE))])
    then = StringField()

    @property
    def goes_back(self) -> bool:
        """Whether the usual counts from the first answer again."""
        return bool(self.then.data == "back")
