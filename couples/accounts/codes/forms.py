"""What a person types for the second step."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired

from couples.accounts.forms import CodeFields


class CodeForm(CodeFields, FlaskForm):  # type: ignore[misc]
    """A code, by the time or from paper."""


class FirstCodeForm(FlaskForm):  # type: ignore[misc]
    """The first code an app shows: it proves that the app has the secret."""

    code = StringField(
        _l("Code from your app"),
        [InputRequired(_l("Add the six digits your app shows"))],
        description=_l("Six digits."),
    )
