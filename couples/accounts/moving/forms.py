"""What a person may submit about another address."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import ValidationError

from couples.accounts.addresses import index_of
from couples.accounts.forms import AddressField
from couples.press_field import PressField


class NewAddressForm(FlaskForm):  # type: ignore[misc]
    """The address that letters go to from then on."""

    address = AddressField(_l("New email address"))
    draft = PressField()

    def __init__(self, present: str) -> None:
        """Know the address the account has."""
        super().__init__()
        self.present = present

    def validate_address(self, field: AddressField) -> None:
        """Refuse the address the account has already."""
        if field.data and index_of(field.data) == index_of(self.present):
            raise ValidationError(
                _l("That’s the address your account has. Type another, or keep this one")
            )
