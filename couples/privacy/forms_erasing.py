"""The one thing erasing an account asks for: when."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired


class EraseForm(FlaskForm):  # type: ignore[misc]
    """At once, or in seven days."""

    when = RadioField(
        _l("When?"),
        [InputRequired(_l("Choose when"))],
        choices=[SelectChoice("now", _l("At once")), SelectChoice("later", _l("In seven days"))],
        invalid_choice_message=_l("Choose when"),
    )
