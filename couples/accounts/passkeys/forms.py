"""What a person may submit about a passkey."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import ValidationError

from couples.accounts.passkeys import rules
from couples.text import clean_line


class LabelForm(FlaskForm):  # type: ignore[misc]
    """What a passkey is called by its person."""

    label = StringField(
        _l("Name of the passkey"),
        filters=[clean_line],
        description=_l("Such as the device it is on. Only you see it."),
    )

    def validate_label(self, field: StringField) -> None:
        """Ask for a name of at most sixty characters."""
        if not field.data:
            raise ValidationError(_l("Add a name you’ll know this passkey by"))
        if len(field.data) > rules.LABEL_LONGEST:
            raise ValidationError(_l("Use 60 characters or fewer"))
