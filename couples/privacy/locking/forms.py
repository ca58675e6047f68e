"""What locking and opening notes ask for."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, PasswordField
from wtforms.validators import InputRequired

from couples.accounts.forms import ADD_PASSWORD


class OpenForm(FlaskForm):  # type: ignore[misc]
    """The password, and which note was wanted."""

    wanted = HiddenField()
    current_password = PasswordField(_l("Your password"), [InputRequired(ADD_PASSWORD)])


class LockForm(FlaskForm):  # type: ignore[misc]
    """The password that opens the notes from now on, and that the loss was read."""

    understood = BooleanField(
        _l("I know that nobody can open my notes without this password"),
        [InputRequired(_l("Tick this once you’ve read what you could lose"))],
    )
    current_password = PasswordField(_l("Your password"), [InputRequired(ADD_PASSWORD)])


class UnlockForm(FlaskForm):  # type: ignore[misc]
    """The password that opens the notes."""

    current_password = PasswordField(
        _l("The password that opens your notes"), [InputRequired(ADD_PASSWORD)]
    )


class OlderForm(FlaskForm):  # type: ignore[misc]
    """The password from before, and today's."""

    older_password = PasswordField(
        _l("The password you had before"), [InputRequired(_l("Add the password you had before"))]
    )
    current_password = PasswordField(_l("Your password now"), [InputRequired(ADD_PASSWORD)])


class DeleteLockedForm(FlaskForm):  # type: ignore[misc]
    """That the notes may go for good."""

    understood = BooleanField(
        _l("Delete my locked notes for good"), [InputRequired(_l("Tick this to delete them"))]
    )
