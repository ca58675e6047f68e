"""What a person may set about the letters that go by the clock."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField

from couples import formats
from couples.surveys.letters.services import LettersView, Wishes

HOUR_OFFERED = 18


class LettersForm(FlaskForm):  # type: ignore[misc]
    """Day, hour, wording, reminder and look-in."""

    when = RadioField(_l("When"), validate_choice=False)
    weekday = RadioField(_l("Day"), validate_choice=False)
    hour = SelectField(_l("Time"), validate_choice=False)
    wording = RadioField(_l("Wording"), validate_choice=False)
    reminder = BooleanField(
        _l("One reminder"),
        description=_l("A day before it closes, if you haven’t answered. Off unless you want it."),
    )
    look_in = BooleanField(
        _l("A weekly note to look in"),
        description=_l("Always the same words, whatever there is to see."),
    )

    def __init__(self, letters: LettersView) -> None:
        """Show what is chosen, in the reader's language."""
        super().__init__(data=_values(letters))
        self.when.choices = [("open", _("When it opens")), ("own", _("At a day and time of mine"))]
        self.weekday.choices = [(str(day), name) for day, name in formats.weekdays().items()]
        self.hour.choices = [(str(hour), formats.hour(hour)) for hour in range(24)]
        self.wording.choices = [("discreet", _("Discreet")), ("plain", _("Plain"))]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a day where the person wants one of their own."""
        fine: bool = super().validate(extra_validators)
        if self.when.data == "own" and self.weekday.data not in set("0123456"):
            self.weekday.errors = [_("Pick a day")]
            fine = False
        if self.when.data == "own" and self.hour.data not in {str(hour) for hour in range(24)}:
            self.hour.errors = [_("Pick a time")]
            fine = False
        return fine

    def wishes(self) -> Wishes:
        """Return what the person set."""
        own = self.when.data == "own"
        return Wishes(
            weekday=int(self.weekday.data) if own else None,
            hour=int(self.hour.data) if own else None,
            plain_wording=self.wording.data == "plain",
            reminder=self.reminder.data,
            look_in=self.look_in.data,
        )


def short_days() -> dict[str, str]:
    """Return the weekdays' short names by value, in the reader's language."""
    return {str(day): name for day, name in formats.weekdays("abbreviated").items()}


def _values(letters: LettersView) -> dict[str, Any]:
    return {
        "when": "open" if letters.weekday is None else "own",
        "weekday": None if letters.weekday is None else str(letters.weekday),
        "hour": str(HOUR_OFFERED if letters.hour is None else letters.hour),
        "wording": "plain" if letters.plain_wording else "discreet",
        "reminder": letters.reminder,
        "look_in": letters.look_in,
    }
