"""What a person may submit about the terms: rhythm, talks, review date."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from couples import formats
from couples.accounts.choices import zones
from couples.agreement import rhythm as rhythms
from couples.agreement.document import wording
from couples.agreement.forms import choices, text_field
from couples.agreement.rhythm import Rhythm
from couples.agreement.rules import Terms, may_review_on
from couples.autosave import RevisionField
from couples.text import to_number


class DayField(DateField):  # type: ignore[misc]
    """A date, with our own sentence where it is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the first value as a date."""
        try:
            super().process_formdata(valuelist)
        except ValueError as problem:
            raise ValueError(_l("Write a day, a month and a year")) from problem


WRONG = {
    rhythms.BadPeriod: ("every_weeks", _l("Choose every week, every two or every four weeks")),
    rhythms.BadWeekday: ("opens_weekday", _l("Choose a weekday for the opening and the closing")),
    rhythms.BadHour: ("opens_hour", _l("Choose an hour for the opening and the closing")),
    rhythms.UnknownZone: ("zone", _l("Choose a time zone from the list")),
    rhythms.BadWindow: (
        "closes_weekday",
        _l("Let it stay open for one day at least, and six days at most"),
    ),
}


class TermsForm(FlaskForm):  # type: ignore[misc]
    """How often, when, how to talk, and when to read it again."""

    every_weeks = RadioField(
        _l("How often?"),
        choices=choices(
            [(1, _l("Every week")), (2, _l("Every two weeks")), (4, _l("Every four weeks"))]
        ),
        coerce=to_number,
        validate_choice=False,
    )
    opens_weekday = SelectField(_l("Opens on"), coerce=to_number, validate_choice=False)
    opens_hour = SelectField(_l("Opens at"), coerce=to_number, validate_choice=False)
    closes_weekday = SelectField(_l("Closes on"), coerce=to_number, validate_choice=False)
    closes_hour = SelectField(_l("Closes at"), coerce=to_number, validate_choice=False)
    zone = SelectField(_l("On the clocks of"), validate_choice=False)
    talk_plan = text_field(
        _l("How you’ll talk"),
        300,
        hint=_l("For example: a talk on the second Sunday of the month."),
    )
    review_on = DayField(_l("Read it again on"))
    revision = RevisionField()

    def __init__(self, today: date, **values: Any) -> None:
        """Offer weekdays, hours and zones in the reader's language."""
        super().__init__(data=values)
        self.today = today
        days = choices(formats.weekdays().items())
        hours = choices((hour, wording.hour_name(hour)) for hour in range(24))
        self.opens_weekday.choices = self.closes_weekday.choices = days
        self.opens_hour.choices = self.closes_hour.choices = hours
        self.zone.choices = [
            SelectChoice(name, shown, {}, region)
            for region, name, shown in zones(values.get("zone") or "")
        ]

    def validate_review_on(self, field: DayField) -> None:
        """Ask for a date ahead."""
        if field.errors:
            return
        if field.data is None or not may_review_on(field.data, self.today):
            raise ValidationError(_l("Choose a day after today, within two years"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and then whether the rhythm can be kept."""
        fits = bool(super().validate(extra_validators))
        try:
            self.rhythm.check()
        except rhythms.BadRhythm as problem:
            name, sentence = WRONG[type(problem)]
            self[name].errors = [*self[name].errors, sentence]
            return False
        return fits

    @property
    def rhythm(self) -> Rhythm:
        """What was chosen, which may not be possible."""
        return Rhythm(
            self.every_weeks.data or 0,
            self.opens_weekday.data,
            self.opens_hour.data,
            self.closes_weekday.data,
            self.closes_hour.data,
            self.zone.data or "",
        )

    @property
    def terms(self) -> Terms:
        """What was chosen, once it is valid."""
        return Terms(self.rhythm, self.talk_plan.data, self.review_on.data)
