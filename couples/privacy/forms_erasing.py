"""The one thing erasing an account asks for."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired

from couples.accounts.forms import ADD_PASSWORD


class EraseForm(FlaskForm):  # type: ignore[misc]
    """A fresh proof of who presses."""

    current_password = PasswordField(_l("Your password"), [InputRequired(ADD_PASSWORD)])
