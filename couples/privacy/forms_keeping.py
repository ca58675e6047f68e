"""For how long what one kept to oneself stays."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

# By option: the months, the option's words, and how the settings say what is chosen.
LENGTHS = {
    "always": (
        None,
        _l("Always, until I erase my account"),
        _l("In check-ins it stays until you erase your account."),
    ),
    "24": (24, _l("For two years"), _l("In check-ins it goes after two years.")),
    "12": (12, _l("For a year"), _l("In check-ins it goes after a year.")),
    "6": (6, _l("For half a year"), _l("In check-ins it goes after half a year.")),
}


class KeepingForm(FlaskForm):  # type: ignore[misc]
    """One choice."""

    length = RadioField(
        _l("What I kept to myself in check-ins stays"),
        [InputRequired(_l("Choose one"))],
        choices=[SelectChoice(value, label) for value, (_months, label, _said) in LENGTHS.items()],
        invalid_choice_message=_l("Choose one"),
    )

    @property
    def months(self) -> int | None:
        """The months that were chosen."""
        return LENGTHS[self.length.data][0]


def chosen(months: int | None) -> str:
    """Return the option that stands for so many months."""
    return "always" if months is None else str(months)
