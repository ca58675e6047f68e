"""What a person may submit about an invite."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import ValidationError

from couples.accounts.forms import AddressField
from couples.pairing import rules
from couples.press_field import PressField


class MailForm(FlaskForm):  # type: ignore[misc]
    """The address an invite is mailed to."""

    address = AddressField(_l("Their email"))
    draft = PressField()


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A code typed from a slip of paper."""

    code = StringField(_l("Code"))

    def validate_code(self, field: StringField) -> None:
        """Refuse what can be no code."""
        if rules.code_from(field.data or "") is None:
            raise ValidationError(_l("A code has twelve letters and digits, like K7Q2-9MXD-4T0B"))
