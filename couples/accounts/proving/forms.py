"""What proves who sits here."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired

from couples.accounts.forms import ADD_PASSWORD


class ProveForm(FlaskForm):  # type: ignore[misc]
    """The password once more."""

    current_password = PasswordField(_l("Your password"), [InputRequired(ADD_PASSWORD)])
