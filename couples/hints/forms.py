"""Forms whose fields are looked at for gentler words: a press looks and stores nothing."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField


class HintedForm(FlaskForm):  # type: ignore[misc]
    """A form with hinted fields; without JavaScript its look button brings the page back."""

    # Which button was pressed.
    then = StringField()

    @property
    def looked(self) -> bool:
        """Whether the press asked for hints, and for nothing else."""
        return bool(self.is_submitted() and self.then.data == "look")

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Say no to a look: the page is rendered again, and nothing is wrong with it."""
        return not self.looked and bool(super().validate_on_submit(extra_validators))
